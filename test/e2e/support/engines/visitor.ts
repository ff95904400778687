/** How a person comes to a page. */
export interface Visit {
	/** Of the page's own area, in pixels. */
	width: number;
	height: number;
	/** Whether scripts are switched on. */
	script: boolean;
}

/** Somebody with a browser of their own, in which one page is open. */
export interface Visitor {
	open(url: string): Promise<void>;
	/** The value of an expression in the page. */
	evaluate<T>(expression: string): Promise<T>;
	/** Types a text into whatever has the focus. */
	type(text: string): Promise<void>;
	press(key: 'Tab' | 'Enter' | 'Space'): Promise<void>;
	/** Clicks what a CSS selector finds first. */
	click(selector: string): Promise<void>;
	/** Takes a picture of the page, as a PNG. */
	photograph(file: string): Promise<void>;
	close(): Promise<void>;
}

/** An engine of browsers, on this machine or not. */
export interface Engine {
	name: string;
	/** What has to be installed; undefined where it is there. */
	missing(): string | undefined;
	visit(visit: Visit): Promise<Visitor>;
}

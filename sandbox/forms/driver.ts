/** A page of an n8n form, as a person sees it. */
export interface FormPage {
	/** The heading. */
	title: string;
	/** What stands under the heading, as plain text. */
	text: string;
	/** Whether something is to be filled in; else it is the last page. */
	isForm: boolean;
}

/** What a person enters, by the labels of the fields. For checkboxes and radio buttons: what they tick. */
export type Answers = Record<string, string | string[] | File>;

/** Somebody who fills in an n8n form, page after page. */
export interface FormDriver {
	/** Opens a page by its address. */
	open(url: string): Promise<FormPage>;
	/** Opens the page anew that is open. */
	reload(): Promise<FormPage>;
	/**
	 * Fills in the page that is open, submits it and waits for the next one.
	 * @throws Error when the page has no field of a label, or no next page comes
	 */
	submit(answers: Answers): Promise<FormPage>;
	/** The address of the page that is open. */
	readonly address: string;
	close(): Promise<void>;
}

/** One reason why something was not done, as the page is told. */
export interface PageReason {
	code: string;
	/** As an error item names it: `address.postal_code`. */
	field: string | null;
	/** Of the page's own fields only: all else may name what is no stranger's business. */
	message?: string;
}

export interface PageError {
	/** What did not happen: "The Stamps account was not registered". */
	message: string;
	errors: PageReason[];
}

/** What the step *Answer Page* tells the page, as JSON. */
export type PageAnswer =
	/** A registration has arrived, and nobody says more. */
	| { stage: 'received' }
	/** There is an account, and its phone has to be confirmed. */
	| {
			stage: 'code';
			/** The token of the link with which the page goes on. */
			link: string;
			/** The last digits of the phone. */
			phone_end: string;
			/** Whether a text message was sent; null where that is not known. */
			texted: boolean | null;
			/** Of an account that was there before, nothing was used of what was sent: this page may have opened it. */
			existing: 'own' | 'other' | null;
			/** Whether this page may say that the phone is another one. */
			can_change_phone: boolean;
	  }
	/** The phone is confirmed. */
	| { stage: 'ready' }
	/** `refusal` shows that no account was opened. */
	| { error: PageError; refusal?: string };

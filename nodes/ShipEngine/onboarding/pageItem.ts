import type { IDataObject } from 'n8n-workflow';

/** The outputs of the trigger, in their order: what a person has sent. */
export const STAGES = ['registration', 'newCode', 'code'] as const;

export type Stage = (typeof STAGES)[number];

/** What each item of the trigger has beside what the person has sent. */
export interface PageItem extends IDataObject {
	/** The page's path, as the trigger has it. */
	page_path: string;
	/** Its whole address. */
	page_url: string;
	/** The `kid` of its card seal: what is sealed with another one, the page cannot read. */
	page_seal: string;
	/** The ID of its pass. */
	page_pass: string;
	/** Its language (BCP 47): a text message to its person may be in it too. */
	page_language: string;
	/** The ID of the invitation that opened it, if one did: then the nickname is the owner's word. */
	page_invitation?: string;
	/** By the server's clock (ISO 8601). */
	received_at: string;
}

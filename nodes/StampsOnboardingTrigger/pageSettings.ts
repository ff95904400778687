import type { Language, Words } from './words';

/** The fields that a page may ask for or not, by the API's names. */
export const OPTIONAL_FIELDS = [
	'company_name',
	'address_line2',
	'address_residential_indicator',
] as const;

export type OptionalField = (typeof OPTIONAL_FIELDS)[number];

/** What a page needs to send, which goes out of date. */
export interface Admission {
	/** The key that the card is sealed to (RFC 7517). */
	publicJwk: { kty: string; crv: string; x: string; y: string; kid: string };
	language: Language;
	/** The server's time when it made the page, in seconds since 1970: a payer's clock may be wrong. */
	now: number;
	/** What the page sends along: without it, nothing is taken. */
	pass: string;
	/** What the card is sealed together with, beside its person. */
	passId: string;
	termsText: string;
	/** An http or https address, or '' for none. */
	termsUrl: string;
}

/** What the trigger tells the script of the page, as JSON in the page. Everybody may read it. */
export interface PageSettings extends Admission {
	/** The token of the link by which the page was opened; '' for none. */
	link: string;
	/** What stands in the form beforehand, by the API's names: of an invitation. */
	filledIn?: { name: string; company_name: string };
	/** Whether somebody in n8n listens for a test: for one call. */
	isTest: boolean;
	asksForCard: boolean;
	/** Of the optional fields, those that are asked for. */
	asksFor: OptionalField[];
	/** Where the owner says what happens with the data: an http or https address, or '' for none. */
	privacyUrl: string;
	/** Every text of the page, in its language. */
	words: Words;
	/** Where the page leads on to: an http or https address, or '' for nowhere. */
	redirectUrl: string;
}

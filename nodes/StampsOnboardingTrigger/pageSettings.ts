/** The fields that a page may ask for or not, by the API's names. */
export const OPTIONAL_FIELDS = [
	'company_name',
	'address_line2',
	'address_residential_indicator',
] as const;

export type OptionalField = (typeof OPTIONAL_FIELDS)[number];

/** What the trigger tells the script of the page, as JSON in the page. Everybody may read it. */
export interface PageSettings {
	/** The key that the card is sealed to (RFC 7517). */
	publicJwk: { kty: string; crv: string; x: string; y: string; kid: string };
	/** The server's time when it made the page, in seconds since 1970: a payer's clock may be wrong. */
	now: number;
	/** What shows that the page was given to somebody who knew the password. */
	token?: string;
	/** Of the optional fields, those that are asked for. */
	asksFor: OptionalField[];
	termsText: string;
	/** An http or https address, or '' for none. */
	termsUrl: string;
	buttonLabel: string;
	endTitle: string;
	endText: string;
	/** Where the page leads on to: an http or https address, or '' for nowhere. */
	redirectUrl: string;
}

/** To which API what a credential holds may be sent. */
export interface OnlyTo {
	/** The credential, as n8n's editor names its type. */
	credential: string;
	/** Its *Base URL*. */
	baseUrl: unknown;
}

/** How often a secret stands where n8n keeps things, beyond what n8n itself stores. */
export interface Found {
	database: number;
	log: number;
}

/**
 * Counts secrets in texts and in the bytes of files, spread with spaces, line ends and dashes or not.
 */
export class SecretCounter {
	private readonly close: string;

	constructor(private readonly text: string) {
		this.close = without(text);
	}

	/** How often it stands there, in whatever way it is spread. */
	count(secret: string): number {
		return occurrences(this.close, without(secret));
	}

	/**
	 * How often it stands there otherwise than as a JSON string of its own, which is how n8n stores a
	 * field of an item and a parameter: spread, or with something else behind it in the same string,
	 * as in a message or in a request's body. (That a secret ends such a string cannot be told from
	 * bytes, since the page of a database may begin anywhere; what is stored now is read in full.)
	 */
	embedded(secret: string): number {
		const spread = this.count(secret) - occurrences(this.text, secret);
		const goesOn = new RegExp(`${secret}(?=[ !#-~])`, 'g');
		return spread + (this.text.match(goesOn) ?? []).length;
	}
}

const without = (text: string) => text.replace(/[\s-]+/g, '');

const occurrences = (text: string, part: string) => text.split(part).length - 1;

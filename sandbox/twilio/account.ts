import { createHash } from 'node:crypto';

/** The one account that the stand-in knows. It is not an account of anybody. */
export class Account {
	/** Two letters and 32 hexadecimal digits, as all of Twilio's identifiers (documented). */
	readonly sid = `AC${'0'.repeat(32)}`;

	readonly authToken = 'sandbox-auth-token';

	/** Whether it answers 503 to all that it would otherwise do. */
	isDown = false;

	private count = 0;

	/** A new identifier, the same in every run. */
	newSid(prefix: string): string {
		this.count += 1;
		const digest = createHash('sha256').update(`${prefix} ${this.count}`).digest('hex');
		return prefix + digest.slice(0, 32);
	}

	/** Whether a request is signed in to it, by HTTP's Basic scheme (documented). */
	mayEnter(authorization: string | undefined): boolean {
		const expected = Buffer.from(`${this.sid}:${this.authToken}`).toString('base64');
		return authorization === `Basic ${expected}`;
	}
}

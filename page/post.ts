/** What an address has answered. */
export interface Answered {
	status: number;
	text: string;
}

/** In milliseconds. Whatever comes later, nobody waits for any more. */
const PATIENCE = 60_000;

/** Posts to the address of this page; undefined where no answer came. */
export async function post(body: object): Promise<Answered | undefined> {
	try {
		// As plain text: a browser asks first, before a page without an origin may send JSON.
		const response = await fetch(location.origin + location.pathname, {
			method: 'POST',
			body: JSON.stringify(body),
			credentials: 'omit',
			redirect: 'manual',
			signal: AbortSignal.timeout(PATIENCE),
		});
		return { status: response.status, text: await response.text() };
	} catch {
		return undefined;
	}
}

/** Posts to the address of this page; undefined where no answer came. */
export async function post(body: object): Promise<{ status: number; text: string } | undefined> {
	try {
		// As plain text: a browser asks first, before a page without an origin may send JSON.
		const response = await fetch(location.origin + location.pathname, {
			method: 'POST',
			body: JSON.stringify(body),
			credentials: 'omit',
			redirect: 'manual',
		});
		return { status: response.status, text: await response.text() };
	} catch {
		return undefined;
	}
}

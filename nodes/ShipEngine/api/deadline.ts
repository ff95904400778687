/**
 * The result of a request, as long as its time is not up. n8n's own timeout alone does not end every
 * wait: it begins anew with each byte, and axios forgets an answer whose compression is broken.
 *
 * @param duration - whole milliseconds
 * @throws whatever the request does, and an error when its time is up
 */
export async function within<T>(duration: number, request: Promise<T>): Promise<T> {
	const late = AbortSignal.timeout(duration);
	let end = () => {};
	const timeUp = new Promise<never>((_resolve, reject) => {
		end = () => reject(new Error('No answer in time'));
	});
	late.addEventListener('abort', end);
	try {
		return await Promise.race([request, timeUp]);
	} finally {
		late.removeEventListener('abort', end);
	}
}

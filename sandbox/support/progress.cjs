/**
 * Plain progress lines, the same on a terminal and in a log: what is under way, how far, for how long.
 */

const EVERY_MS = process.stderr.isTTY ? 5_000 : 10_000;

/**
 * Runs `work`, saying on standard error that it began, every few seconds how far it is, and how
 * long it took. Nothing is said of work that ends within a second.
 * @template T
 * @param {string} title what is done, as in 'Installing n8n 2.41.1'
 * @param {(report: (howFar: string) => void) => Promise<T>} work calls `report` as it gets on
 * @returns {Promise<T>} what `work` returns; it throws what `work` throws
 */
async function withProgress(title, work) {
	const began = Date.now();
	const elapsed = () => `${Math.round((Date.now() - began) / 1000)} s`;
	const say = (/** @type {string} */ text) => process.stderr.write(`${title}: ${text}\n`);
	let howFar = 'under way';
	const opening = setTimeout(() => say(howFar), 1_000);
	const beat = setInterval(() => say(`${howFar}, ${elapsed()}`), EVERY_MS);
	try {
		const result = await work((text) => (howFar = text));
		if (Date.now() - began > 1_000) say(`done in ${elapsed()}`);
		return result;
	} catch (error) {
		say(`stopped after ${elapsed()}`);
		throw error;
	} finally {
		clearTimeout(opening);
		clearInterval(beat);
	}
}

module.exports = { withProgress };

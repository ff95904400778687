/** The clock of this process, which tests put forward: what is counted by time is so forgotten. */

export const A_MINUTE = 60;

export const A_DAY = 86_400;

/** Lets so many seconds pass at once. */
export function letPass(seconds: number): void {
	const before = Date.now;
	Date.now = () => before() + seconds * 1000;
}

/** Lets so many seconds pass, and then none by themselves. */
export function stopAfter(seconds: number): void {
	const then = Date.now() + seconds * 1000;
	Date.now = () => then;
}

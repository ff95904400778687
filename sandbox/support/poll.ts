import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer.
 * @param what what is waited for, for the message
 * @param ask gives undefined as long as there is no answer; what it throws ends the waiting
 * @param seconds how long to wait at most
 * @throws Error when there is no answer in time
 */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined>,
	seconds: number,
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} seconds in vain for ${what}`);
		await pause(100);
	}
}

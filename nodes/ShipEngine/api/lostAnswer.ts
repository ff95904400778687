import { LOOK_PAUSES } from './policy';
import type { Waits } from './waits';

/**
 * Finds out what became of a request whose answer was lost.
 *
 * @param look - gives what shows that it was carried out; undefined where nothing does yet
 * @returns undefined where it cannot be told: also where nothing more is to be asked, since what was
 * sent before may have been carried out all the same
 */
export async function whatBecame<T>(
	waits: Waits,
	look: () => Promise<T | undefined>,
): Promise<T | undefined> {
	for (const pause of LOOK_PAUSES) {
		const found = await waits
			.pause(pause)
			.then(look)
			.catch(() => undefined);
		if (found !== undefined) return found;
	}
	return undefined;
}

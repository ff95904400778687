import { Mistake, type MistakeCode } from './mistakes';
import { type Check, isNothing } from './validation';

/** A number, from one or from text that is one, as an expression such as `=7` gives it; else undefined. */
export function numberOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && !isNothing(value) ? Number(value) : value;
	return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

/**
 * A number above zero.
 *
 * @param code - of the mistake if it is none, or more than `most`
 */
export const numberUpTo =
	(most: number, code: MistakeCode): Check<number> =>
	(value) => {
		const number = numberOf(value);
		return number !== undefined && number > 0 && number <= most ? number : new Mistake(code);
	};

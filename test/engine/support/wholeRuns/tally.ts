import type { Told } from './told';

const counts = new Map<string, number>();

/** Counts what items were told, so that a file of tests can show that it has met all of it. */
export function tally(told: Told): void {
	const { kind } = told;
	const how =
		kind === 'done'
			? ['existing', 'recovered'].find((key) => told.output[key] === true)
			: undefined;
	const name = how ?? kind;
	counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** How often items were told something. */
export const tallied = () => Object.fromEntries(counts);

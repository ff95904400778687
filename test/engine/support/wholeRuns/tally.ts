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

/** Fewer items do not have to have met everything. */
const ENOUGH = 300;

/** Fails unless items were told all of this, at least a few times; then begins anew. */
export function expectMet(...names: string[]): void {
	const met = Object.fromEntries(counts);
	const total = [...counts.values()].reduce((sum, each) => sum + each, 0);
	counts.clear();
	if (total < ENOUGH) return;
	for (const name of names) expect([met, met[name]]).toEqual([met, expect.any(Number)]);
}

import fc from 'fast-check';
import { type NodeJson, replace } from '../engine';

/** What stands between two steps: pages that replace each item, filters, and splits into two. */
export type Between = { kind: 'page' } | { kind: 'filter'; drops: number[] } | { kind: 'split' };

export const between: fc.Arbitrary<Between[]> = fc.array(
	fc.oneof(
		fc.constant<Between>({ kind: 'page' }),
		fc.constant<Between>({ kind: 'split' }),
		fc
			.uniqueArray(fc.nat(5), { maxLength: 3 })
			.map((drops): Between => ({ kind: 'filter', drops })),
	),
	{ maxLength: 2 },
);

/** The nodes, one after another; a filter has a page before it that says what to drop. */
export const nodesBetween = (all: Between[], name: string): NodeJson[] =>
	all.flatMap((each, place): NodeJson[] => {
		const own = `${name} ${place}`;
		if (each.kind === 'page') return [replace(own, { thanks: true })];
		if (each.kind === 'split') return [{ name: own, type: 'test.split' }];
		return [
			replace(
				`Choice ${own}`,
				`={{ { drop: ${JSON.stringify(each.drops)}.includes($itemIndex) } }}`,
			),
			{ name: own, type: 'test.filter' },
		];
	});

/** What becomes of items on their way. */
export const passed = <T>(all: Between[], items: T[]): T[] =>
	all.reduce(
		(left, each) =>
			each.kind === 'filter'
				? left.filter((_item, index) => !each.drops.includes(index))
				: each.kind === 'split'
					? left.flatMap((item) => [item, item])
					: left,
		items,
	);

import fc from 'fast-check';

/** How many runs all properties have together, and from which seed: `RUNS=20000 SEED=7 npx jest …` looks longer. */
const RUNS = Number(process.env.RUNS ?? 2_000);
const SEED = Number(process.env.SEED ?? 20_261_122);

/** How many cases are under way at a time: most of their time they wait. */
const SIDE_BY_SIDE = 16;

/** How long the search for a smaller case may take, in milliseconds. */
const SEARCH = 150_000;

/**
 * Holds a property for a share of the runs, many side by side. Then the first case that fails is
 * run alone, and the smallest one like it is searched for.
 */
export async function holdsFor<T>(
	cases: fc.Arbitrary<T>,
	share: number,
	property: (value: T) => Promise<void>,
): Promise<void> {
	const numRuns = Math.max(1, Math.round(RUNS * share));
	const next = fc.sample(cases, { seed: SEED, numRuns }).entries();
	const failures: Array<{ index: number; value: T; cause: unknown }> = [];
	const one = async ([index, value]: [number, T]) =>
		await property(value).catch((cause: unknown) => failures.push({ index, value, cause }));
	const worker = async () => {
		for (const each of next) {
			if (failures.length > 0) return;
			await one(each);
		}
	};
	// One alone, which loads what n8n loads late; meanwhile a timeout is nothing but that.
	const { value: first } = next.next();
	if (first) await one(first);
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));

	const [failure] = failures;
	if (!failure) return;
	await fc.assert(fc.asyncProperty(cases, property), {
		seed: SEED,
		path: String(failure.index),
		numRuns: 1,
		interruptAfterTimeLimit: SEARCH,
	});
	const { index, value, cause } = failure;
	throw new Error(
		`Case ${index} failed beside others, and not alone: ${fc.stringify(value)}\n${String(cause)}`,
		{ cause },
	);
}

/** Longer than the properties of one file and a search take. */
export const LONGEST = 600_000;

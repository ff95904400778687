import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_KEY, type SeenRequest } from '../../../sandbox/api';
import { type Outcome, chain, held, type step } from './engine';
import { VISA, useApi } from './fixtures';
import { SUB_ACCOUNT_ID, expectErrorItem, hasFailed, watchPrototypes } from './hostile';

export const CONTINUE = { onError: 'continueRegularOutput' } as const;

/** The headers that a request of the node has, and no others. */
const HEADERS = [
	...['accept', 'accept-encoding', 'api-key', 'connection', 'content-length', 'content-type'],
	...['host', 'on-behalf-of', 'user-agent'],
];

/** A stand-in for a file of tests, and what every run of hostile items has to hold. */
export function useHostileRuns() {
	const sandbox = useApi();
	watchPrototypes();

	/** Runs one step over items of any kind. */
	async function runOver(data: IDataObject[], node: ReturnType<typeof step>): Promise<Outcome> {
		const outcome = await sandbox.run({
			nodes: [held('Trigger', data), node],
			connections: chain('Trigger', 'Step'),
		});
		expect(outcome.error).toBeUndefined();
		expect(outcome.items('Step')).toHaveLength(data.length);
		return outcome;
	}

	/** Fails unless a request went to one of the operation's own paths, with no header of anyone else's. */
	function expectOwn({ method, path, headers, rawHeaders }: SeenRequest, own: RegExp): void {
		expect(`${method} ${path}`).toMatch(own);
		expect(HEADERS).toEqual(expect.arrayContaining(Object.keys(headers)));
		// None is there twice.
		expect(rawHeaders).toHaveLength(Object.keys(headers).length);
		expect(headers.host).toBe(new URL(sandbox.api.url).host);
		expect(headers['api-key']).toBe(SANDBOX_KEY);
		expect(headers['on-behalf-of'] ?? 'se-1').toMatch(SUB_ACCOUNT_ID);
	}

	return { sandbox, runOver, expectOwn };
}

/** As many items as one run takes. */
export const many = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 40, maxLength: 60 });

/** Puts a good item before, between and after the others; gives all, and which are good. */
export function mixed(hostile: IDataObject[], good: () => IDataObject) {
	const data = [
		good(),
		...hostile.flatMap((item, index) => (index % 20 ? [item] : [item, good()])),
	];
	data.push(good());
	const isHostile = new Set(hostile);
	return { data, isGood: (index: number) => !isHostile.has(data[index]!) };
}

/** Fails unless each item came to what it has to: a good one to `good`, another to that or an error item. */
export function expectItems(
	outcome: Outcome,
	isGood: (index: number) => boolean,
	good: object,
	secretsOf: (index: number) => string[] = () => [],
) {
	outcome.items('Step').forEach((item, index) => {
		if (isGood(index)) {
			expect(item).toEqual({ json: expect.objectContaining(good), pairedItem: { item: index } });
		} else if (hasFailed(item)) {
			expectErrorItem(item, index, [VISA, ...secretsOf(index)]);
		} else {
			expect(item.pairedItem).toEqual({ item: index });
		}
	});
}

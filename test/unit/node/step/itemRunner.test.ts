import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Run } from '../../../../nodes/ShipEngine/step/run';
import { node, refusal } from './runner';
import { errorOf } from '../support';

/** Something that happens when it is told to. */
function event() {
	let happen = () => {};
	const happened = new Promise<void>((resolve) => (happen = resolve));
	return { happen: () => happen(), happened };
}

/** Something that the items of a run share. */
function sharing() {
	const made = jest.fn();
	const closed = jest.fn();
	class Shared {
		constructor(run: Run) {
			made(run);
		}

		close(): void {
			closed();
		}
	}
	return { Shared, made, closed };
}

describe.each([true, false])('items that all work (continue: %p)', (continueOnFail) => {
	test('come to one output each, in their order and linked to them', async () => {
		const { run } = node({ continueOnFail });
		expect(await run()).toEqual([
			[0, 1, 2].map((item) => ({ json: { carrier_id: `se-${item}` }, pairedItem: { item } })),
		]);
	});

	test('keep their order, whichever is done first', async () => {
		const late = event();
		const { run, log } = node({
			continueOnFail,
			act: async (itemIndex) => {
				if (itemIndex === 0) await late.happened;
				if (itemIndex === 2) late.happen();
				return { carrier_id: `se-${itemIndex}` };
			},
		});
		const [output] = await run();
		expect(output?.map(({ json }) => json.carrier_id)).toEqual(['se-0', 'se-1', 'se-2']);
		expect(log.filter((line) => line.startsWith('end')).at(-1)).toBe('end 0');
	});

	test('are none where there are none', async () => {
		expect(await node({ continueOnFail, items: 0 }).run()).toEqual([[]]);
	});

	test.each([
		[5, undefined],
		[1, 1],
		[3, 3],
		[7, 50],
	])('are worked on %i at a time, where Max Concurrency is %p', async (width, maxConcurrency) => {
		let [now, most] = [0, 0];
		const { run, log } = node({
			continueOnFail,
			items: 7,
			parameters: { 'options.maxConcurrency': maxConcurrency },
			act: async () => {
				most = Math.max(most, (now += 1));
				await new Promise((resolve) => setImmediate(resolve));
				now -= 1;
				return {};
			},
		});
		await run();
		expect(most).toBe(width);
		expect(log.filter((line) => line.startsWith('begin'))).toEqual(
			[0, 1, 2, 3, 4, 5, 6].map((item) => `begin ${item}`),
		);
	});

	test('share one run, which is closed at the end, and not before', async () => {
		const { Shared, closed, made } = sharing();
		const { run, runs } = node({
			continueOnFail,
			act: async (_itemIndex, run) => {
				run.share(Shared);
				expect(closed).not.toHaveBeenCalled();
				return {};
			},
		});
		await run();
		expect(runs).toHaveLength(1);
		expect(made.mock.calls).toEqual([[runs[0]]]);
		expect(closed).toHaveBeenCalledTimes(1);
	});
});

describe('where the node goes on after a failure', () => {
	test('a failed item is an error item, linked by a number, and the others are done', async () => {
		const { run } = node({
			continueOnFail: true,
			prepare: (itemIndex) => {
				if (itemIndex === 0) throw refusal('Wrong');
			},
			act: async (itemIndex) => {
				if (itemIndex === 2) throw refusal('Refused');
				return {};
			},
		});
		const error = (message: string) => ({
			message,
			description: 'Look.',
			http_status: 400,
			request_id: null,
			errors: [],
		});
		expect(await run()).toEqual([
			[
				{ json: { error: error('Wrong') }, pairedItem: 0 },
				{ json: {}, pairedItem: { item: 1 } },
				{ json: { error: error('Refused') }, pairedItem: 2 },
			],
		]);
	});

	test('whatever an item throws is told of that item', async () => {
		const { run } = node({
			continueOnFail: true,
			prepare: (itemIndex) => {
				if (itemIndex === 1) throw new Error('Bad expression');
			},
		});
		const [output] = await run();
		expect(output?.[1]?.json).toMatchObject({ error: { message: 'Bad expression' } });
		expect(output).toHaveLength(3);
	});

	test.each([
		[
			'an operation that there is none of',
			{ operation: 'other' },
			'This step has no such operation',
		],
		['an expression that breaks', { operation: new Error('Bad expression') }, 'Bad expression'],
		[
			'an option that breaks',
			{ 'options.maxConcurrency': new Error('Bad expression') },
			'Bad expression',
		],
	])('%s fails each item, without its input', async (_name, parameters, message) => {
		const { run, log } = node({ continueOnFail: true, items: 2, parameters });
		const [output] = await run();
		expect(output).toMatchObject([
			{ json: { error: { message } }, pairedItem: 0 },
			{ json: { error: { message } }, pairedItem: 1 },
		]);
		expect(JSON.stringify(output)).not.toContain('4111');
		expect(log).toEqual([]);
	});
});

describe('where the node stops at a failure', () => {
	test('all items are read before the first request', async () => {
		const { run, log } = node({});
		await run();
		expect(log.slice(0, 4)).toEqual(['read 0', 'read 1', 'read 2', 'begin 0']);
	});

	test('nothing is begun where one is wrong, and all that are wrong are named', async () => {
		const { run, log } = node({
			items: 5,
			prepare: (itemIndex) => {
				if (itemIndex % 2 === 1) throw refusal(`Wrong ${itemIndex}`);
			},
		});
		const error = await errorOf(run());
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'Wrong 1 [item 1]',
			description: 'Look.<br>Correct these items too: 3.',
			context: { itemIndex: 1 },
		});
		expect(log).toEqual([0, 1, 2, 3, 4].map((item) => `read ${item}`));
	});

	test('only one that is wrong is all there is to tell', async () => {
		const { run } = node({
			prepare: (itemIndex) => {
				if (itemIndex === 0) throw new Error('Bad expression');
			},
		});
		const error = await errorOf(run());
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'Bad expression [item 0]',
			description: "Check this step's parameters and expressions.",
		});
	});

	test('nothing more is sent, what is under way is waited for, and what was done before is told', async () => {
		const slow = event();
		const { run, runs } = node({
			items: 6,
			parameters: { 'options.maxConcurrency': 3 },
			act: async (itemIndex, { api }) => {
				if (itemIndex === 1) {
					setImmediate(slow.happen);
					throw refusal('Refused');
				}
				if (itemIndex === 0) await slow.happened;
				if (itemIndex === 2) await api.waits.until(new Promise(() => {}), 3_600_000);
				// An earlier try of n8n has done the last one; the others would be sent now.
				if (itemIndex > 2 && itemIndex < 5) api.waits.refuseIfOver();
				return { carrier_id: `se-${itemIndex}` };
			},
		});
		const error = await errorOf(run());
		expect(error).toMatchObject({
			message: 'Refused [item 1]',
			description: expect.stringMatching(/^Look\.<br>Already completed: [^.]*\. Leave these out/),
			context: { itemIndex: 1 },
		});
		const { done } = (error as unknown as { context: { data: { done: object[] } } }).context.data;
		expect(done).toHaveLength(2);
		expect(done).toEqual(
			expect.arrayContaining([
				{ item: 0, carrier_id: 'se-0' },
				{ item: 5, carrier_id: 'se-5' },
			]),
		);
		expect(() => runs[0]?.api.waits.refuseIfOver()).toThrow('Another item failed');
	});

	test('what failed first is told, and of the others what may have been done', async () => {
		const first = event();
		const { run } = node({
			items: 4,
			act: async (itemIndex) => {
				if (itemIndex === 2) {
					setImmediate(first.happen);
					throw refusal('First');
				}
				await first.happened;
				if (itemIndex === 0) throw refusal('Lost', { isUnknown: true });
				if (itemIndex === 1) throw refusal('Refused');
				return {};
			},
		});
		const error = await errorOf(run());
		expect(error).toMatchObject({
			message: 'First [item 2]',
			context: { data: { unknown: [{ item: 0, message: 'Lost' }], done: [{ item: 3 }] } },
		});
		expect((error as NodeApiError).description).toMatch(/<br>Item 0: Lost\.$/);
		expect((error as NodeApiError).description).not.toMatch(/Refused|First/);
	});

	test('a failed run is closed too', async () => {
		const { Shared, closed } = sharing();
		const { run } = node({
			act: async (_itemIndex, run) => {
				run.share(Shared);
				throw refusal('Refused');
			},
		});
		await errorOf(run());
		expect(closed).toHaveBeenCalledTimes(1);
	});

	test('an operation that there is none of is an error of the node, and of no item', async () => {
		const error = await errorOf(node({ parameters: { operation: 'other' } }).run());
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'This step has no such operation',
			description:
				"Open the step and choose its 'Operation' again. If n8n runs on several machines, each of them needs the same version of n8n-nodes-shipengine.",
			node: { parameters: {} },
		});
		expect((error as NodeOperationError).context.itemIndex).toBeUndefined();
	});
});

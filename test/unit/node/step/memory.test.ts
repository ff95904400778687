import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Node, REFUSED, UNKNOWN, account, code, failure, text } from './remembering';

const DONE = { carrier_id: 'se-1' };
const AGAIN = { carrier_id: 'se-2' };

describe('what was done', () => {
	test('is not done again by a retry: it gives the same output', async () => {
		const node = new Node();
		expect(await node.run()(0, account(), DONE)).toEqual(DONE);
		expect(await node.run()(0, account(), AGAIN)).toEqual(DONE);
		expect(node.acts).toHaveLength(1);
	});

	test('is a text message, or a code, like any other', async () => {
		for (const wish of [text(), code('123456')]) {
			const node = new Node();
			await node.run()(0, wish, DONE);
			expect(await node.run()(0, wish, AGAIN)).toEqual(DONE);
		}
	});

	test('counts for its own item', async () => {
		const node = new Node();
		const run = node.run();
		await run(0, account('One'), DONE);
		expect(await run(1, account('One'), AGAIN)).toEqual(AGAIN);
		expect(await node.run()(2, account('One'), { carrier_id: 'se-3' })).toMatchObject({
			carrier_id: 'se-3',
		});
		expect(await node.run()(1, account('One'), DONE)).toEqual(AGAIN);
	});

	test('counts for its own run: a loop may want the same once more', async () => {
		const node = new Node();
		await node.run({ runIndex: 0 })(0, account(), DONE);
		expect(await node.run({ runIndex: 1 })(0, account(), AGAIN)).toEqual(AGAIN);
		expect(await node.run({ runIndex: 1 })(0, account(), DONE)).toEqual(AGAIN);
	});

	test('counts for an execution that a person retries', async () => {
		const node = new Node();
		await node.run({ executionId: '7' })(0, account(), DONE);
		expect(await node.run({ executionId: '8' })(0, account(), AGAIN)).toEqual(DONE);
	});

	test('counts for a retry with another nickname, which its expression made anew', async () => {
		const node = new Node();
		await node.run()(0, account('Shop 1'), DONE);
		expect(await node.run()(0, account('Shop 2'), AGAIN)).toEqual(DONE);
	});

	test.each([
		['another email address', account('Shop', { email: 'c@d.co' })],
		['another phone', account('Shop', { phone: '5124854283' })],
		['a sub-account', account('Shop', { on_behalf_of: 'se-9' })],
		['something that may not be made anew', { ...account('Shop 2'), madeAnew: undefined }],
	])('is another thing than %s', async (_name, other) => {
		const node = new Node();
		await node.run()(0, account(), DONE);
		expect(await node.run()(0, other, AGAIN)).toEqual(AGAIN);
		// The place is the new one's now.
		expect(await node.run()(0, other, DONE)).toEqual(AGAIN);
	});

	test('is another thing for another sub-account', async () => {
		const node = new Node();
		await node.run()(0, account('Shop', { on_behalf_of: 'se-1' }), DONE);
		expect(await node.run()(0, account('Shop', { on_behalf_of: 'se-2' }), AGAIN)).toEqual(AGAIN);
	});

	test('is told from what failed and left nothing', async () => {
		const node = new Node();
		for (const nothing of [failure(), REFUSED]) {
			expect(await node.run()(0, account(), nothing)).toBe(nothing);
		}
		expect(await node.run()(0, account(), DONE)).toEqual(DONE);
		expect(node.acts).toHaveLength(3);
	});
});

describe('what may have been done', () => {
	test('is not sent again by a retry: it fails as before', async () => {
		const node = new Node();
		expect(await node.run()(0, account(), UNKNOWN)).toBe(UNKNOWN);
		const again = await node.run()(0, account(), DONE);
		expect(again).toBeInstanceOf(Failure);
		expect((again as Failure).details).toEqual(UNKNOWN.details);
		expect(await node.run()(0, account(), DONE)).toMatchObject({ details: UNKNOWN.details });
		expect(node.acts).toHaveLength(1);
	});

	test('is found out by a retry, with the failure and what it was about', async () => {
		const node = new Node();
		await node.run()(0, account('Shop 1'), UNKNOWN);
		const settle = jest.fn(async () => DONE);
		expect(await node.run()(0, account('Shop 2'), AGAIN, settle)).toEqual(DONE);
		expect(settle.mock.calls).toEqual([
			[expect.objectContaining({ details: UNKNOWN.details }), account('Shop 1').subject],
		]);
		expect(node.acts).toHaveLength(1);
	});

	test('is done, once it was found out', async () => {
		const node = new Node();
		await node.run()(0, account('Shop 1'), UNKNOWN);
		await node.run()(0, account('Shop 2'), AGAIN, async () => DONE);
		expect(await node.run()(0, account('Shop 3'), AGAIN)).toEqual(DONE);
		expect(JSON.parse(node.kept)).toMatchObject({ lost: [] });
	});

	test('stays what it is where it cannot be found out', async () => {
		const node = new Node();
		await node.run()(0, account(), UNKNOWN);
		const other = failure({ message: 'The list cannot be had' });
		const settle = async () => {
			throw other;
		};
		expect(await node.run()(0, account(), DONE, settle)).toMatchObject({
			details: UNKNOWN.details,
		});
		expect(await node.run()(0, account(), DONE)).toMatchObject({ details: UNKNOWN.details });
		expect(node.acts).toHaveLength(1);
	});

	test('is kept as it is known by now', async () => {
		const node = new Node();
		await node.run()(0, account(), UNKNOWN);
		const newer = failure({ ...UNKNOWN.details, notOwn: ['se-2'] });
		const settle = jest.fn(async () => {
			throw newer;
		});
		for (const known of [UNKNOWN, newer]) {
			expect(await node.run()(0, account(), DONE, settle)).toMatchObject({
				details: newer.details,
			});
			expect(settle).toHaveBeenLastCalledWith(
				expect.objectContaining({ details: known.details }),
				account().subject,
			);
		}
	});

	test('may be sent again by a person, who retries the whole execution', async () => {
		const node = new Node();
		await node.run({ executionId: '7' })(0, account(), UNKNOWN);
		expect(await node.run({ executionId: '8' })(0, account(), DONE)).toEqual(DONE);
		expect(node.acts).toHaveLength(2);
	});

	test('is not sent again where a loop comes back with it', async () => {
		const node = new Node();
		await node.run({ runIndex: 0 })(3, account(), UNKNOWN);
		for (const runIndex of [1, 2, 10]) {
			const again = await node.run({ runIndex })(0, account(), DONE);
			expect(again).toMatchObject({ details: UNKNOWN.details });
		}
		expect(node.acts).toHaveLength(1);
	});

	test('is another thing where a loop comes back with another nickname', async () => {
		const node = new Node();
		await node.run({ runIndex: 0 })(0, account('Shop 1'), UNKNOWN);
		expect(await node.run({ runIndex: 1 })(0, account('Shop 2'), DONE)).toEqual(DONE);
	});

	test('is another thing for another item of the same run', async () => {
		const node = new Node();
		await node.run({ runIndex: 1 })(0, account(), UNKNOWN);
		expect(await node.run({ runIndex: 1 })(1, account(), DONE)).toEqual(DONE);
		// The twelfth run is not the second.
		const other = new Node();
		await other.run({ runIndex: 11 })(0, account(), UNKNOWN);
		await other.run({ runIndex: 1 })(1, account(), DONE);
		expect(other.acts).toHaveLength(1);
	});

	test('is another thing for another sub-account', async () => {
		const node = new Node();
		await node.run()(0, account('Shop', { on_behalf_of: 'se-1' }), UNKNOWN);
		const other = account('Shop', { on_behalf_of: 'se-2' });
		expect(await node.run()(0, other, DONE)).toEqual(DONE);
		expect(await node.run({ runIndex: 1 })(0, account(), DONE)).toEqual(DONE);
	});

	test('is a text message that a retry does not send, and a loop may', async () => {
		const node = new Node();
		await node.run()(0, text(), UNKNOWN);
		expect(await node.run()(0, text(), DONE)).toMatchObject({ details: UNKNOWN.details });
		expect(await node.run()(1, text(), DONE)).toEqual(DONE);
		expect(await node.run({ runIndex: 1 })(0, text(), AGAIN)).toEqual(AGAIN);
		expect(node.acts).toHaveLength(3);
	});

	test('is that of several items, each on its own', async () => {
		const node = new Node();
		const run = node.run();
		for (const index of [0, 1, 2]) await run(index, account(`Shop ${index}`), UNKNOWN);
		const settled: unknown[] = [];
		for (const index of [2, 0, 1]) {
			await node.run()(index, account('made anew'), DONE, async (_lost, { nickname }) => {
				settled.push(nickname);
				return { carrier_id: `se-${index}` };
			});
		}
		expect(settled).toEqual(['Shop 2', 'Shop 0', 'Shop 1']);
		expect(node.acts).toHaveLength(3);
	});

	test('found out by two items at once, does not make another one be forgotten', async () => {
		const node = new Node();
		const before = node.run({ runIndex: 0 });
		await before(0, account('One'), UNKNOWN);
		await before(1, account('Two'), UNKNOWN);
		const run = node.run({ runIndex: 1 });
		const settle = async () => DONE;
		await Promise.all([
			run(0, account('One'), AGAIN, settle),
			run(1, account('One'), AGAIN, settle),
		]);
		expect(await node.run({ runIndex: 2 })(0, account('Two'), DONE)).toMatchObject({
			details: UNKNOWN.details,
		});
		expect(node.acts).toEqual([expect.stringContaining('One'), expect.stringContaining('Two')]);
	});
});

describe('a refusal that uses something up', () => {
	test('is not asked for again by a retry', async () => {
		const node = new Node();
		expect(await node.run()(0, code('111111'), REFUSED)).toBe(REFUSED);
		expect(await node.run()(0, code('111111'), DONE)).toMatchObject({ details: REFUSED.details });
		expect(node.acts).toHaveLength(1);
	});

	test('is no reason not to try another code at the same place, and the first one never again', async () => {
		const node = new Node();
		await node.run()(0, code('111111'), REFUSED);
		expect(await node.run()(0, code('222222'), REFUSED)).toBe(REFUSED);
		expect(await node.run()(0, code('111111'), DONE)).toMatchObject({ details: REFUSED.details });
		expect(await node.run()(0, code('333333'), DONE)).toEqual(DONE);
		expect(node.acts).toHaveLength(3);
	});

	test('is no reason not to try the code for another verification', async () => {
		const node = new Node();
		await node.run()(0, code('111111', 'vfn_1'), REFUSED);
		expect(await node.run()(0, code('111111', 'vfn_2'), DONE)).toEqual(DONE);
	});

	test('may be asked for again by a loop: a person has typed it again', async () => {
		const node = new Node();
		await node.run()(0, code('111111'), REFUSED);
		expect(await node.run({ runIndex: 1 })(0, code('111111'), DONE)).toEqual(DONE);
	});

	test('is told from what nobody refused', async () => {
		const node = new Node();
		for (let tries = 0; tries < 2; tries++) await node.run()(0, code('111111'), failure());
		expect(node.acts).toHaveLength(2);
	});

	test('is asked for again where it used nothing up', async () => {
		const node = new Node();
		for (const wish of [account(), text()]) {
			for (let tries = 0; tries < 2; tries++) await node.run()(0, wish, REFUSED);
		}
		expect(node.acts).toHaveLength(4);
	});
});

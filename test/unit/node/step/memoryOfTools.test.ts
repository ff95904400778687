import type { INode } from 'n8n-workflow';
import { Node, REFUSED, UNKNOWN, type Where, account, code, text } from './remembering';

// n8n takes each call of an agent's tool for a run of the node of its own, each retry too; calls that
// an agent makes side by side share one.
const DONE = { carrier_id: 'se-1' };
const AGAIN = { carrier_id: 'se-2' };

/** A try of a call: the run of this number. */
const call = (runIndex: number, settings: Partial<INode> = {}): Where => ({
	runIndex,
	isTool: true,
	settings,
});

describe('a call that worked', () => {
	test('is no other call, though it shares its place', async () => {
		const node = new Node();
		expect(await node.run(call(0))(0, account('Shop 1'), DONE)).toEqual(DONE);
		expect(await node.run(call(0))(0, account('Shop 2'), AGAIN)).toEqual(AGAIN);
		expect(node.acts).toHaveLength(2);
	});

	test('is not done again where the agent itself is tried again', async () => {
		const node = new Node();
		await node.run(call(0))(0, account('Shop 1'), DONE);
		await node.run(call(1))(0, account('Shop 2'), AGAIN);
		expect(await node.run(call(2))(0, account('Shop 1'), AGAIN)).toEqual(DONE);
		expect(node.acts).toHaveLength(2);
	});

	test('sent a text message: another may be wanted', async () => {
		const node = new Node();
		expect(await node.run(call(0))(0, text(), DONE)).toEqual(DONE);
		expect(await node.run(call(1))(0, text(), AGAIN)).toEqual(AGAIN);
	});
});

describe('a call of which nobody knows what became', () => {
	test('is not sent again, neither by a retry nor by the agent', async () => {
		const node = new Node();
		await node.run(call(0))(0, account(), UNKNOWN);
		for (const runIndex of [0, 1, 2, 3, 4, 5, 6]) {
			expect(await node.run(call(runIndex))(0, account(), DONE)).toMatchObject({
				details: UNKNOWN.details,
			});
		}
		expect(node.acts).toHaveLength(1);
	});

	test('is another call with another nickname, also where it shares the place', async () => {
		const node = new Node();
		await node.run(call(0))(0, account('Shop 1'), UNKNOWN);
		expect(await node.run(call(0))(0, account('Shop 2'), DONE)).toEqual(DONE);
		expect(await node.run(call(1))(0, account('Shop 3'), DONE)).toEqual(DONE);
	});

	test('is found out by the next', async () => {
		const node = new Node();
		await node.run(call(0))(0, account(), UNKNOWN);
		expect(await node.run(call(1))(0, account(), AGAIN, async () => DONE)).toEqual(DONE);
		expect(node.acts).toHaveLength(1);
	});
});

describe('a text message that may have been sent', () => {
	const THREE = { retryOnFail: true, maxTries: 3 };

	/** How many calls of a tool it takes until the same is sent once more. */
	async function triesUntilSentAgain(settings: Partial<INode>): Promise<number> {
		const node = new Node();
		for (let runIndex = 0; runIndex < 20; runIndex++) {
			await node.run(call(runIndex, settings))(0, text(), UNKNOWN);
			if (node.acts.length === 2) return runIndex;
		}
		return Infinity;
	}

	test.each<[string, Partial<INode>, number]>([
		['no retry', {}, 1],
		['tries that are not used', { retryOnFail: false, maxTries: 5 }, 1],
		['three tries', THREE, 3],
		['as many as n8n makes by default', { retryOnFail: true }, 3],
		['two', { retryOnFail: true, maxTries: 2 }, 2],
		['one, of which n8n makes two', { retryOnFail: true, maxTries: 1 }, 2],
		['none, of which n8n makes two', { retryOnFail: true, maxTries: 0 }, 2],
		['five', { retryOnFail: true, maxTries: 5 }, 5],
		['nine, of which n8n makes five', { retryOnFail: true, maxTries: 9 }, 5],
	])('is sent again by another call, with %s', async (_name, settings, tries) => {
		expect(await triesUntilSentAgain(settings)).toBe(tries);
	});

	test('fails each retry as it failed the call', async () => {
		const node = new Node();
		await node.run(call(0, THREE))(0, text(), UNKNOWN);
		for (const runIndex of [1, 2]) {
			expect(await node.run(call(runIndex, THREE))(0, text(), DONE)).toMatchObject({
				details: UNKNOWN.details,
			});
		}
		expect(await node.run(call(3, THREE))(0, text(), DONE)).toEqual(DONE);
	});

	test('is another one to another phone', async () => {
		const node = new Node();
		await node.run(call(0, THREE))(0, text('5124854282'), UNKNOWN);
		expect(await node.run(call(1, THREE))(0, text('5124854283'), DONE)).toEqual(DONE);
	});

	test('is sent by no call of another execution', async () => {
		const node = new Node();
		await node.run({ ...call(0, THREE), executionId: '7' })(0, text(), UNKNOWN);
		expect(await node.run({ ...call(1, THREE), executionId: '8' })(0, text(), DONE)).toEqual(DONE);
	});
});

describe('a code that the API refused', () => {
	const TWO = { retryOnFail: true, maxTries: 2 };

	test('is not tried by the retries of its call, and by another call', async () => {
		const node = new Node();
		await node.run(call(0, TWO))(0, code('111111'), REFUSED);
		expect(await node.run(call(1, TWO))(0, code('111111'), DONE)).toMatchObject({
			details: REFUSED.details,
		});
		expect(await node.run(call(2, TWO))(0, code('111111'), REFUSED)).toBe(REFUSED);
		expect(node.acts).toHaveLength(2);
	});

	test('is no other code', async () => {
		const node = new Node();
		await node.run(call(0, TWO))(0, code('111111'), REFUSED);
		expect(await node.run(call(1, TWO))(0, code('222222'), DONE)).toEqual(DONE);
		expect(node.kept).not.toMatch(/111111|222222/);
	});
});

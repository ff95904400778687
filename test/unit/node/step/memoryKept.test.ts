import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Node, REFUSED, UNKNOWN, account, code, failure } from './remembering';

// What one run of the node leaves to the next.
const DONE = { carrier_id: 'se-1' };
const AGAIN = { carrier_id: 'se-2' };

describe('what a run finds of earlier ones', () => {
	test('is what was done, and what may have been', async () => {
		const node = new Node();
		const run = node.run();
		await run(0, account('One'), DONE);
		await run(1, account('Two'), UNKNOWN);
		await run(2, account('Three'), REFUSED);
		const { deeds, losses } = node.memory();
		const place = { executionId: '7', run: 0 };
		expect(deeds).toEqual([{ ...place, item: 0, subject: account('One').subject, output: DONE }]);
		expect(losses).toEqual([
			{
				...place,
				item: 1,
				subject: account('Two').subject,
				failure: expect.objectContaining({ details: UNKNOWN.details }),
			},
		]);
		expect(losses[0]?.failure).toBeInstanceOf(Failure);
	});

	test('is nothing at first', () => {
		const { deeds, losses } = new Node().memory();
		expect([deeds, losses]).toEqual([[], []]);
	});

	test('is not what may have been done in another execution: a person has looked', async () => {
		const node = new Node();
		await node.run({ executionId: '7' })(0, account('One'), UNKNOWN);
		expect(node.memory({ executionId: '8' }).losses).toEqual([]);
		expect(node.memory({ executionId: '7' }).losses).toHaveLength(1);
	});
});

describe('what n8n keeps in plain text', () => {
	test('holds no code, neither of what was refused nor of what is unknown', async () => {
		const node = new Node();
		await node.run()(0, code('111111'), REFUSED);
		await node.run()(1, code('222222'), UNKNOWN);
		await node.run()(2, code('333333'), DONE);
		expect(node.kept).toContain('vfn_1');
		expect(node.kept).not.toMatch(/111111|222222|333333/);
	});

	test('holds of a failure what is told of it, and nothing else', async () => {
		const node = new Node();
		const lost = failure({ isUnknown: true });
		lost.cause = new Error('4111111111111111');
		await node.run()(0, account(), lost);
		expect(JSON.parse(node.kept)).toEqual({
			done: {},
			lost: [
				{
					place: '0:0',
					executionId: '7',
					subject: account().subject,
					failure: lost.details,
					tries: 1,
				},
			],
		});
	});

	test('is filled by the first run, and left as it is by the next', async () => {
		const node = new Node();
		await node.run()(0, account(), DONE);
		expect(JSON.parse(node.kept)).toEqual({
			done: { '0:0': { subject: account().subject, output: DONE } },
			lost: [],
		});
		await node.run({ runIndex: 1 })(0, account(), AGAIN);
		expect(Object.keys((JSON.parse(node.kept) as { done: object }).done)).toEqual(['0:0', '1:0']);
	});
});

import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { errorItem, nodeError } from '../../../../nodes/ShipEngine/failures/n8nErrors';
import { LEAST, MOST, NODE } from './failures';

describe('what else became of the items', () => {
	const unknown = new Failure({ ...MOST, message: 'It may have been made', isUnknown: true });
	const refused = new Failure({ ...LEAST, message: 'It was refused' });
	const error = (others: Parameters<typeof nodeError>[3]) =>
		nodeError(new Failure(LEAST), NODE, 3, others);
	const own = errorItem(new Failure(LEAST), 3).json.error;

	test('is not spoken of where there is nothing to tell', () => {
		for (const others of [
			undefined,
			{},
			{ done: new Map(), failed: new Map(), wrong: [] },
			{ failed: new Map([[1, refused]]) },
		]) {
			expect(error(others).description).toBe(LEAST.description);
			expect(error(others).context.data).toStrictEqual(own);
		}
	});

	test('what was done is named with its carrier, and stands in the data', () => {
		const done = new Map([
			[0, { carrier_id: 'se-1', nickname: 'One' }],
			[2, { carrier_id: 'se-2', nickname: 'Two' }],
		]);
		const { description, context } = error({ done });
		expect(description).toBe(
			`${LEAST.description}<br>Already completed: item 0 (se-1), item 2 (se-2). Leave these out when you run the rest again.`,
		);
		expect(context.data).toStrictEqual({
			...own,
			done: [
				{ item: 0, carrier_id: 'se-1', nickname: 'One' },
				{ item: 2, carrier_id: 'se-2', nickname: 'Two' },
			],
		});
	});

	test('what may have been done is told, each on a line; what was refused is not', () => {
		const failed = new Map([
			[4, unknown],
			[5, refused],
			[6, unknown],
		]);
		const { description, context } = error({ failed });
		expect(description).toBe(
			[LEAST.description, 'Item 4: It may have been made.', 'Item 6: It may have been made.'].join(
				'<br>',
			),
		);
		const body = errorItem(unknown, 0).json.error;
		expect(context.data).toStrictEqual({
			...own,
			unknown: [
				{ item: 4, ...body },
				{ item: 6, ...body },
			],
		});
	});

	test('what has to be corrected too is named', () => {
		const { description, context } = error({ wrong: [4, 7] });
		expect(description).toBe(`${LEAST.description}<br>Correct these items too: 4, 7.`);
		expect(context.data).toStrictEqual(own);
	});

	test('is all told, in this order', () => {
		const { description } = error({
			done: new Map([[0, { carrier_id: 'se-1' }]]),
			failed: new Map([[4, unknown]]),
			wrong: [7],
		});
		expect(String(description).split('<br>')).toEqual([
			LEAST.description,
			expect.stringMatching(/^Correct/),
			expect.stringMatching(/^Already completed/),
			expect.stringMatching(/^Item 4/),
		]);
	});
});

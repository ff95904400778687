import { outcomeOf } from '../../../../nodes/ShipEngine/api/answer';
import { ENVELOPE, ERROR, REASON, REQUEST_ID, body, outcome, parse } from './answers';

/** Bodies in which nothing can be found. */
const EMPTY_BODIES: Array<[string, unknown]> = [
	['nothing', ''],
	['a space', ' '],
	['HTML', '<html><body><h1>502 Bad Gateway</h1></body></html>'],
	['text', 'upstream connect error'],
	['a number', '42'],
	['a string', '"se-1"'],
	['true', 'true'],
	['null', 'null'],
	['an empty list', '[]'],
	['a list', '[{"carrier_id":"se-1"}]'],
	['an empty object', '{}'],
	['truncated JSON', '{"carrier_id":"se-1"'],
	['two objects', '{"carrier_id":"se-1"}{"carrier_id":"se-2"}'],
	['JavaScript', "{carrier_id: 'se-1'}"],
	['a prototype', '{"__proto__":{"carrier_id":"se-1"}}'],
	['a constructor', '{"constructor":{"prototype":{"carrier_id":"se-1"}}}'],
	['an object nested too deep to be one', '['.repeat(100_000)],
];

describe('what an answer came to, by its status', () => {
	const SITUATIONS: Array<[situation: string, statuses: number[]]> = [
		['unusable', [200, 201, 202, 204, 206, 207]],
		['unsendable', [407]],
		['redirected', [300, 301, 302, 303, 304, 307, 308]],
		['refused', [400, 401, 402, 403, 404, 405, 409, 413, 415, 418, 422, 425, 451]],
		['throttled', [429]],
		['interrupted', [408, 499, 500, 501, 502, 503, 504, 520, 524, 529, 599]],
	];
	const ROWS = SITUATIONS.flatMap(([situation, statuses]) =>
		statuses.map((status): [number, string] => [status, situation]),
	);

	test.each(ROWS)('%i without anything: %s', (status, situation) => {
		for (const [, empty] of EMPTY_BODIES) {
			expect(outcome(status, empty)).toEqual({
				situation,
				status,
				reasons: [],
				requestId: undefined,
				source: undefined,
				carrierId: undefined,
				retryAfter: undefined,
			});
		}
	});

	test.each(ROWS.filter(([status]) => status >= 300))(
		'%i with an envelope: %s, for the reasons given',
		(status, situation) => {
			expect(outcome(status, ENVELOPE)).toMatchObject({
				situation,
				status,
				reasons: [REASON],
				requestId: REQUEST_ID,
			});
		},
	);

	test.each(ROWS.filter(([status]) => status >= 300))(
		'%i is no success even with what was asked for: %s',
		(status, situation) => {
			expect(outcome(status, { carrier_id: 'se-1' })).toMatchObject({ situation });
			expect(outcome(status, { carrier_id: 'se-1' }, {}, true)).toMatchObject({ situation });
		},
	);
});

describe('2xx', () => {
	test.each([
		['alone', { carrier_id: 'se-1' }],
		['with no errors', { carrier_id: 'se-1', errors: [] }],
		['with errors that are null', { carrier_id: 'se-1', errors: null }],
		['with other fields', { carrier_id: 'se-1', request_id: REQUEST_ID, more: { x: [1] } }],
	])('with what was asked for, %s: the value', (_name, json) => {
		for (const status of [200, 201, 202]) {
			expect(outcome(status, json)).toEqual({ value: 'se-1' });
		}
	});

	test.each(EMPTY_BODIES)('with %s: never an empty success', (_name, json) => {
		for (const acceptsErrors of [false, true]) {
			expect(outcome(200, json, {}, acceptsErrors)).toMatchObject({ situation: 'unusable' });
		}
	});

	test.each([200, 201, 207])('%i with errors: refused', (status) => {
		expect(outcome(status, ENVELOPE)).toMatchObject({ situation: 'refused', reasons: [REASON] });
	});

	test('with errors beside what was asked for: unusable, since nobody knows what was done', () => {
		expect(outcome(201, { ...ENVELOPE, carrier_id: 'se-1' })).toMatchObject({
			situation: 'unusable',
			reasons: [REASON],
			carrierId: 'se-1',
		});
	});

	test.each([
		['a list of text', ['Card declined']],
		['text', 'Card declined'],
		['an object', ERROR],
		['a list of lists', [['Card declined']]],
	])('with errors in a shape of their own, %s: no success', (_name, errors) => {
		expect(outcome(200, { carrier_id: 'se-1', errors })).not.toHaveProperty('value');
	});

	test('with errors, where they are fine: the value', () => {
		expect(outcome(207, { carrier_id: 'se-1', errors: [ERROR] }, {}, true)).toEqual({
			value: 'se-1',
		});
		expect(outcome(207, { errors: [ERROR] }, {}, true)).toMatchObject({
			situation: 'unusable',
			reasons: [REASON],
		});
	});

	test.each([['se-1'], [''], [0], [false]])(
		'takes whatever the operation finds, also %p',
		(value) => {
			const answer = { status: 200, headers: {}, body: '{}' };
			expect(outcomeOf(answer, () => value)).toEqual({ value });
		},
	);

	test.each(['', '<html>', '42', '"se-1"', 'true', 'null'])(
		'with %j: what it holds is looked for in an empty object',
		(text) => {
			const answer = { status: 200, headers: {}, body: text };
			expect(outcomeOf(answer, (json) => json)).toEqual({ value: {} });
		},
	);

	test.each(['[]', '["se-1"]', '[{"carrier_id":"se-1"}]'])('with %j: has it as a list', (text) => {
		const answer = { status: 200, headers: {}, body: text };
		expect(outcomeOf(answer, (json) => json)).toEqual({ value: { list: JSON.parse(text) } });
	});

	test('is asked for what it holds with its status: 204 has no body', () => {
		const answer = { status: 204, headers: {}, body: '' };
		expect(outcomeOf(answer, (_json, status) => status)).toEqual({ value: 204 });
	});

	test('is not asked for what it holds before it is fine', () => {
		const find = jest.fn();
		outcomeOf({ status: 400, headers: {}, body: '{}' }, find, () => true);
		expect(find).not.toHaveBeenCalled();
	});
});

describe('an error beside what was asked for', () => {
	const others = { ...ERROR, carrier_code: 'ups' };
	const own = { ...ERROR, carrier_code: 'stamps_com' };

	/** What a list with these errors came to, where only another company's are fine. */
	const listed = (errors: unknown) =>
		outcomeOf(
			{ status: 207, headers: {}, body: body({ carrier_id: 'se-1', errors }) },
			parse,
			({ carrierCode }) => carrierCode === 'ups',
		);

	test('is fine or not by the carrier that it is about', () => {
		expect(listed([others])).toEqual({ value: 'se-1' });
		expect(listed(others)).toEqual({ value: 'se-1' });
		expect(listed([own])).toMatchObject({ situation: 'unusable', reasons: [REASON] });
	});

	test.each([
		['is about no carrier', ERROR],
		['is about a carrier of another type', { ...ERROR, carrier_code: ['ups'] }],
		['is about a carrier of spaces', { ...ERROR, carrier_code: ' ' }],
		['is bare text', 'ups'],
		['is nothing', null],
	])('that %s is judged as one that names none', (_name, error) => {
		const asked = jest.fn(() => false);
		outcomeOf({ status: 207, headers: {}, body: body({ errors: [error] }) }, parse, asked);
		expect(asked.mock.calls).toEqual([[{ carrierCode: undefined }]]);
	});

	test('is not fine where another is not, whichever comes first, and all are told', () => {
		for (const errors of [
			[own, others],
			[others, own],
		]) {
			expect(listed(errors)).toMatchObject({ situation: 'unusable', reasons: [REASON, REASON] });
		}
	});

	test('is never fine where nobody says so', () => {
		const answer = {
			status: 207,
			headers: {},
			body: body({ carrier_id: 'se-1', errors: [others] }),
		};
		expect(outcomeOf(answer, parse)).toMatchObject({ situation: 'unusable' });
	});
});

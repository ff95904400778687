import type { IDataObject } from 'n8n-workflow';
import { outcomeOf } from '../../../nodes/ShipEngine/shared/answer';

const parse = ({ carrier_id: id }: IDataObject) => (typeof id === 'string' ? id : undefined);

const body = (json: unknown) => (typeof json === 'string' ? json : JSON.stringify(json));

/** What an answer came to. */
const outcome = (
	status: number,
	json: unknown,
	headers: Record<string, unknown> = {},
	acceptsErrors = false,
) => outcomeOf({ status, headers, body: body(json) }, parse, acceptsErrors);

/** The same, of an answer that is no success. */
function unsuccessful(...answer: Parameters<typeof outcome>) {
	const result = outcome(...answer);
	if ('value' in result) throw new Error(`A success: ${result.value}`);
	return result;
}

const ERROR = {
	error_source: 'shipengine',
	error_type: 'validation',
	error_code: 'invalid_field_value',
	message: 'The card number is wrong',
	field_name: 'credit_card.number',
};

const REASON = {
	code: 'invalid_field_value',
	field: 'credit_card.number',
	message: 'The card number is wrong',
};

const REQUEST_ID = 'aa3d8e8e-462b-4476-9618-72db7f7b7009';

const ENVELOPE = { request_id: REQUEST_ID, errors: [ERROR] };

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
		['redirected', [300, 301, 302, 303, 304, 307, 308]],
		['refused', [400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 418, 422, 425, 451, 499]],
		['throttled', [429]],
		['interrupted', [500, 501, 502, 503, 504, 520, 524, 529, 599]],
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
			expect(outcomeOf(answer, () => value, false)).toEqual({ value });
		},
	);

	test('is not asked for what it holds before it is fine', () => {
		const find = jest.fn();
		outcomeOf({ status: 400, headers: {}, body: '{}' }, find, true);
		expect(find).not.toHaveBeenCalled();
	});
});

describe('the reasons', () => {
	test('are all that are given, in their order', () => {
		const errors = ['a', 'b', 'c'].map((message) => ({ ...ERROR, message }));
		expect(unsuccessful(400, { errors }).reasons).toEqual(
			['a', 'b', 'c'].map((message) => ({ ...REASON, message })),
		);
		const many = Array.from({ length: 10_000 }, () => ERROR);
		expect(unsuccessful(400, { errors: many }).reasons).toHaveLength(10_000);
	});

	test('hold nothing but code, field and message', () => {
		const errors = [{ ...ERROR, card: '4111111111111111', request: { body: 'x' } }];
		expect(unsuccessful(400, { errors }).reasons).toEqual([REASON]);
	});

	test('may be long', () => {
		const message = 'x'.repeat(5_000_000);
		expect(unsuccessful(400, { errors: [{ ...ERROR, message }] }).reasons[0]?.message).toBe(
			message,
		);
	});

	const UNSAID = {
		code: 'unspecified',
		field: null,
		message: 'The API gave no further words',
	};

	test.each([
		['without anything', {}],
		['of nulls', { error_code: null, field_name: null, message: null }],
		['of numbers', { error_code: 1, field_name: 2, message: 3 }],
		['of booleans', { error_code: true, field_name: false, message: true }],
		['of lists', { error_code: ['a'], field_name: ['b'], message: ['c'] }],
		['of objects', { error_code: {}, field_name: {}, message: { text: 'c' } }],
		['of empty text', { error_code: '', field_name: '', message: '' }],
		['of spaces', { error_code: ' ', field_name: ' ', message: ' \n' }],
	])('an error %s still counts', (_name, error) => {
		expect(unsuccessful(400, { errors: [error] }).reasons).toEqual([UNSAID]);
	});

	test.each([
		['a number', 5],
		['text', 'wrong'],
		['an object', { 0: ERROR }],
		['true', true],
		['null', null],
	])('errors that are %s do not break anything', (_name, errors) => {
		expect(unsuccessful(400, { errors })).toMatchObject({ situation: 'refused', status: 400 });
	});

	test('junk between errors hides none of them', () => {
		const errors = [null, 1, ERROR, true];
		expect(unsuccessful(400, { errors }).reasons).toContainEqual(REASON);
	});

	test('bare text is the message of an error', () => {
		expect(unsuccessful(400, { errors: ['Card declined'] }).reasons).toEqual([
			{ code: 'unspecified', field: null, message: 'Card declined' },
		]);
	});

	test('a prototype in the envelope is not looked into', () => {
		const answer = '{"__proto__":{"errors":[{"message":"x"}],"request_id":"y"}}';
		expect(unsuccessful(400, answer)).toMatchObject({ reasons: [], requestId: undefined });
		expect(({} as IDataObject).errors).toBeUndefined();
	});
});

describe('the request ID', () => {
	test.each([
		['text', REQUEST_ID, REQUEST_ID],
		['missing', undefined, undefined],
		['null', null, undefined],
		['a number', 5, undefined],
		['a list', [REQUEST_ID], undefined],
		['empty', '', undefined],
	])('%s', (_name, given, requestId) => {
		expect(unsuccessful(400, { request_id: given }).requestId).toBe(requestId);
	});

	test('is kept of an answer that lacks what was asked for', () => {
		expect(unsuccessful(200, { request_id: REQUEST_ID }).requestId).toBe(REQUEST_ID);
	});
});

describe('the carrier that an answer names', () => {
	test.each([
		['an ID', 'se-1', 'se-1'],
		['something else', 'x', undefined],
		['a card', '4111111111111111', undefined],
		['a list', ['se-1'], undefined],
		['nothing', undefined, undefined],
	])('%s', (_name, given, carrierId) => {
		for (const status of [400, 500]) {
			expect(unsuccessful(status, { carrier_id: given }).carrierId).toBe(carrierId);
		}
	});
});

describe('Retry-After, in milliseconds', () => {
	beforeEach(() => jest.useFakeTimers({ now: new Date('2028-07-31T12:00:00Z') }));
	afterEach(() => jest.useRealTimers());

	test.each([
		['seconds', '30', 30_000],
		['seconds, as a number', 30, 30_000],
		['one second, not one millisecond', '1', 1_000],
		['none', '0', 0],
		['a fraction', '0.5', 500],
		['spaces around', ' 30 ', 30_000],
		['an hour', '3600', 3_600_000],
		['a list of one, as some servers make of it', ['30'], 30_000],
		['a date', 'Mon, 31 Jul 2028 12:00:30 GMT', 30_000],
		['a date that is past', 'Mon, 31 Jul 2028 11:59:30 GMT', 0],
		['a date of now', 'Mon, 31 Jul 2028 12:00:00 GMT', 0],
		['missing', undefined, undefined],
		['null', null, undefined],
		['empty', '', undefined],
		['a word', 'soon', undefined],
		['seconds with their unit', '30s', undefined],
		['a negative number', '-5', undefined],
		['a sign', '+5', undefined],
		['two numbers', '12, 13', undefined],
		['a power of ten', '1e3', undefined],
		['Infinity', 'Infinity', undefined],
		['a fraction without its zero', '.5', undefined],
	])('%s', (_name, header, milliseconds) => {
		expect(unsuccessful(429, '', { 'retry-after': header }).retryAfter).toBe(milliseconds);
	});

	test('more digits than a number holds are still a pause', () => {
		const { retryAfter } = unsuccessful(429, '', { 'retry-after': '9'.repeat(400) });
		expect(retryAfter).toBe(Number.POSITIVE_INFINITY);
	});
});

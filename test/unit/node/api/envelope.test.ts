import type { IDataObject } from 'n8n-workflow';
import { ERROR, REASON, REQUEST_ID, unsuccessful } from './answers';

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
		message: 'The API gave no details',
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
		['of the method', { message: 'POST' }],
		['of words that say nothing', { message: 'Error: null' }],
		['of an object as text', { message: '[object Object]' }],
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

describe('who speaks in the first error', () => {
	test.each([
		['the API', [ERROR], 'shipengine'],
		['a carrier', [{ ...ERROR, error_source: 'carrier' }, ERROR], 'carrier'],
		['nobody', [{ ...ERROR, error_source: null }, ERROR], undefined],
		['bare text', ['shipengine'], undefined],
		['no error at all', [], undefined],
	])('%s', (_name, errors, source) => {
		expect(unsuccessful(429, { errors }).source).toBe(source);
	});
});

describe('the carrier that an answer names', () => {
	test.each([
		['an ID', 'se-1', 'se-1'],
		// In whatever form: a carrier that may have been made must not get lost.
		['an ID of another form', 'x', 'x'],
		['a list', ['se-1'], undefined],
		['a number', 5, undefined],
		['spaces', '  ', undefined],
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

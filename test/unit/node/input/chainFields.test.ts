import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { fromItemOrEarlierStep } from '../../../../nodes/ShipEngine/input/chainFields';
import { snakeCase } from '../../../../nodes/ShipEngine/input/field';
import { AS_DROPPED, DEFAULT, WITH_CODE, locator, read, values } from './readingChain';
import { NOTHING } from '../support';

test.each([
	['carrierId', 'carrier_id'],
	['verificationId', 'verification_id'],
	['addressLine1', 'address_line1'],
	['phone', 'phone'],
	['cardExpirationYear', 'card_expiration_year'],
])('%s is %s at the API', (name, key) => {
	expect(snakeCase(name)).toBe(key);
});

describe('what the item gives', () => {
	test('is taken, and no earlier step is asked', () => {
		const entered = { carrierId: locator('se-1'), phone: 5124854282 };
		expect(read({ entered, found: values({ carrier_id: 'se-2', phone: '1' }) })).toEqual({
			values: { carrierId: 'se-1', phone: '5124854282' },
			secrets: [],
			mistakes: [],
			codes: [],
			asked: [],
		});
	});

	test('is taken of a locator that n8n has resolved to its value already', () => {
		expect(read({ entered: { carrierId: 'se-1', phone: '1' } }).values).toEqual({
			carrierId: 'se-1',
			phone: '1',
		});
	});

	test('is taken from its field of a like name, before any earlier step', () => {
		const item = { 'Carrier ID': 'se-1', PHONE: '5', 'verification-code': '123456' };
		const found = values({ carrier_id: 'se-2', phone: '1' });
		expect(read({ fields: WITH_CODE, item, found })).toMatchObject({
			values: { carrierId: 'se-1', phone: '5', verificationCode: '123456' },
			asked: [],
		});
	});

	test('is not taken from a field of a like name where the field itself gives something', () => {
		const entered = { carrierId: locator('se-1'), phone: '1' };
		const item = { 'Carrier ID': 'se-2', Phone: '2' };
		expect(read({ entered, item }).values).toEqual({ carrierId: 'se-1', phone: '1' });
	});

	test('is checked wherever it comes from, and nothing else is taken for it', () => {
		const found = values({ carrier_id: 'se-2', phone: '1' });
		const wrong = { carrierId: locator({ id: 1 }), phone: ['5124854282'] };
		const alike = { 'Carrier ID': { id: 1 }, Phone: ['5124854282'] };
		for (const given of [{ entered: wrong }, { item: alike }]) {
			expect(read({ ...given, found })).toEqual({
				values: {},
				secrets: [],
				mistakes: ["'Carrier' must be text", "'Phone' must be text"],
				codes: [
					['carrier_id', 'not_text'],
					['phone', 'not_text'],
				],
				asked: [],
			});
		}
	});
});

describe('where a default gives nothing', () => {
	test.each(NOTHING)(
		'such as %s, the earlier steps are asked for all at once',
		(_name, nothing) => {
			const entered = { carrierId: locator(nothing), phone: nothing };
			const item = { carrier_id: nothing, phone: nothing };
			const found = values({ carrier_id: 'se-2', phone: '1' });
			expect(read({ entered, item, found })).toEqual({
				values: { carrierId: 'se-2', phone: '1' },
				secrets: [],
				mistakes: [],
				codes: [],
				asked: [{ keys: ['carrier_id', 'phone'], given: {} }],
			});
		},
	);

	test.each([
		['as n8n stores it', AS_DROPPED],
		[
			'as n8n fills it in, without __rl',
			{ carrierId: { mode: 'id', value: fromItemOrEarlierStep('carrier_id') }, phone: DEFAULT },
		],
		[
			'as older workflows have it',
			{ carrierId: locator('={{ $json.carrier_id }}'), phone: '={{ $json.phone }}' },
		],
	])('a default is one %s', (_name, set) => {
		const found = values({ carrier_id: 'se-2', phone: '1' });
		expect(read({ set, found }).values).toEqual({ carrierId: 'se-2', phone: '1' });
		expect(read({ set, found, entered: {} }).values).toEqual({ carrierId: 'se-2', phone: '1' });
	});

	test('the earlier steps are told the IDs that are given, and are asked for the rest', () => {
		const found = values({ carrier_id: 'se-2', phone: '1' });
		expect(read({ entered: { carrierId: locator('se-1') }, found })).toMatchObject({
			values: { carrierId: 'se-1', phone: '1' },
			asked: [{ keys: ['phone'], given: { carrier_id: 'se-1' } }],
		});
		// Also by an expression of the user's own, or from a field of a like name.
		const set = { ...AS_DROPPED, carrierId: locator('={{ $json.id }}') };
		expect(read({ set, entered: { carrierId: locator('se-1') } }).asked).toEqual([
			{ keys: ['phone'], given: { carrier_id: 'se-1' } },
		]);
		expect(read({ item: { carrierid: 'se-1' } }).asked).toEqual([
			{ keys: ['phone'], given: { carrier_id: 'se-1' } },
		]);
	});

	test('a value that is no ID says nothing of the step it has to come from', () => {
		const found = values({ carrier_id: 'se-2' });
		expect(read({ entered: { phone: '1' }, found })).toMatchObject({
			values: { carrierId: 'se-2', phone: '1' },
			asked: [{ keys: ['carrier_id'], given: {} }],
		});
	});

	test('what a step gives is checked too', () => {
		const found = values({ carrier_id: ['se-2'], phone: '1' });
		expect(read({ found })).toMatchObject({
			values: { phone: '1' },
			mistakes: ["'Carrier' must be text"],
		});
	});

	test('and no earlier step knows it, both are said, and who provides it', () => {
		expect(read({})).toMatchObject({
			values: {},
			mistakes: [
				"'Carrier' is empty: the item has no field 'carrier_id', and no earlier step gave one for it. It comes from Register Stamps Account",
				"'Phone' is empty: the item has no field 'phone', and no earlier step gave one for it. It comes from Register Stamps Account",
			],
			codes: [
				['carrier_id', 'not_in_item_or_step'],
				['phone', 'not_in_item_or_step'],
			],
		});
	});

	test('and the step failed that should have given it, that is said', () => {
		expect(read({ found: { values: {}, failedStep: 'Send 2' } }).mistakes).toEqual([
			"'Carrier' is empty: 'Send 2' failed for this item",
			"'Phone' is empty: 'Send 2' failed for this item",
		]);
	});
});

describe('what only the item can give', () => {
	const entered = { carrierId: locator('se-1'), phone: '1' };

	test('is asked of no step', () => {
		const found = values({ verification_code: '999999' });
		expect(read({ fields: WITH_CODE, entered, found })).toMatchObject({
			values: { carrierId: 'se-1', phone: '1' },
			asked: [],
		});
		expect(read({ fields: WITH_CODE, found }).asked).toEqual([
			{ keys: ['carrier_id', 'phone'], given: {} },
		]);
	});

	test('is not taken from a step that was asked for something else', () => {
		const found = values({ carrier_id: 'se-2', phone: '1', verification_code: '999999' });
		expect(read({ fields: WITH_CODE, found })).toMatchObject({
			values: { carrierId: 'se-2', phone: '1' },
			codes: [['verification_code', 'not_in_item']],
		});
	});

	test('is told as such where it is not there, whatever became of a step', () => {
		for (const found of [values({}), { values: {}, failedStep: 'Send' }]) {
			expect(read({ fields: WITH_CODE, entered, found }).mistakes).toEqual([
				"'Verification Code' is empty: the item has no field 'verification_code'. It comes from the form",
			]);
			expect(read({ fields: WITH_CODE, found }).mistakes).toContain(
				"'Verification Code' is empty: the item has no field 'verification_code'. It comes from the form",
			);
		}
	});
});

test.each(['', '  '])('a field of the item that holds nothing (%j) is told as such', (nothing) => {
	const item = { 'Verification code': nothing, phone: nothing };
	const { mistakes } = read({ fields: WITH_CODE, item, found: values({ carrier_id: 'se-1' }) });
	expect(mistakes).toEqual([
		"'Phone' is empty: the item's field 'phone' has nothing in it, and no earlier step gave one for it. It comes from Register Stamps Account",
		"'Verification Code' is empty: the item's field 'Verification code' has nothing in it. It comes from the form",
	]);
});

describe('what the user has set is never replaced', () => {
	test.each([
		['set to spaces', '  ', '  '],
		['cleared', '', ''],
		['another expression', '={{ $json.phone_number }}', undefined],
		['the expression, spaced otherwise', '={{$json.phone}}', undefined],
		['the expression and something behind it', `${DEFAULT}x`, null],
	])('%s', (_name, set, entered) => {
		const result = read({
			set: { carrierId: locator(set), phone: set },
			entered: { carrierId: locator(entered), phone: entered },
			item: { carrier_id: 'se-3', 'Carrier ID': 'se-3', Phone: '3' },
			found: { values: { carrier_id: 'se-2', phone: '1' }, failedStep: 'Register' },
		});
		expect(result).toEqual({
			values: {},
			secrets: [],
			mistakes: [
				"'Carrier' is empty: what it is set to gave nothing for this item",
				"'Phone' is empty: what it is set to gave nothing for this item",
			],
			codes: [
				['carrier_id', 'no_value_for_item'],
				['phone', 'no_value_for_item'],
			],
			asked: [],
		});
	});

	test('a list in which nothing is chosen', () => {
		const carrierId = locator('', 'list');
		const found = values({ carrier_id: 'se-2' });
		expect(
			read({ set: { ...AS_DROPPED, carrierId }, entered: { carrierId, phone: '1' }, found }),
		).toMatchObject({ values: { phone: '1' }, asked: [] });
	});

	test('a list in which nothing is chosen, while another field is asked for', () => {
		const carrierId = locator('', 'list');
		const found = values({ carrier_id: 'se-2', phone: '1' });
		expect(
			read({ set: { ...AS_DROPPED, carrierId }, entered: { carrierId }, found }),
		).toMatchObject({
			values: { phone: '1' },
			asked: [{ keys: ['phone'], given: {} }],
		});
	});

	test('a value that is chosen from the list', () => {
		const carrierId = locator('se-7', 'list');
		const set = { ...AS_DROPPED, carrierId };
		expect(read({ set, entered: { carrierId, phone: '1' } }).values).toEqual({
			carrierId: 'se-7',
			phone: '1',
		});
	});
});

test('only the secret ones are kept from the messages of the API, as they are sent', () => {
	const item = { verification_code: ' 123456 ' };
	const entered = { carrierId: locator('se-1'), phone: '1' };
	expect(read({ fields: WITH_CODE, entered, item }).secrets).toEqual(['123456']);
});

test('earlier steps that contradict each other stop the item', () => {
	const failure = new Failure({ message: 'Two steps', description: 'Choose.', reasons: [] });
	const found = {
		get values(): IDataObject {
			throw failure;
		},
	};
	expect(() => read({ found })).toThrow(failure);
});

import { chainProperty } from '../../../../nodes/ShipEngine/input/chainFields';
import { snakeCase } from '../../../../nodes/ShipEngine/input/field';
import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import { WITH_CODE, locator, read } from './readingChain';
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

test('the panel says what happens to a field that is left empty', () => {
	const { phone, verificationCode } = WITH_CODE;
	expect(chainProperty(phone!, true)).toEqual({
		...phone!.property,
		hint: 'Empty: from the item, or from an earlier ShipEngine step',
	});
	expect(chainProperty(phone!).hint).toBe("Empty: the item's 'phone'");
	expect(chainProperty(verificationCode!, true).hint).toBe("Empty: the item's 'verification_code'");
});

const FOUND = { carrier_id: 'se-2', phone: '1' };

describe('what the user set', () => {
	const set = { carrierId: locator('se-7'), phone: '7' };

	test('is used, whatever the item and the steps have', () => {
		expect(read({ set, item: { carrier_id: 'se-3', phone: '3' }, found: FOUND })).toEqual({
			values: { carrierId: 'se-7', phone: '7' },
			secrets: [],
			mistakes: [],
			codes: [],
			asked: [],
		});
	});

	test('is used where n8n has resolved a locator to its value', () => {
		const dragged = { carrierId: locator('={{ $json.id }}'), phone: '={{ $json.tel }}' };
		expect(read({ set: dragged, given: { carrierId: 'se-8', phone: '8' } }).values).toEqual({
			carrierId: 'se-8',
			phone: '8',
		});
	});

	test.each(NOTHING)('fails the item if it gives %s', (_name, nothing) => {
		const dragged = { carrierId: locator('={{ $json.carrier_id }}'), phone: '={{ $json.phone }}' };
		const given = { carrierId: locator(nothing), phone: nothing };
		const item = { carrier_id: nothing, 'Carrier ID': 'se-3', Phone: '3' };
		expect(read({ set: dragged, given, item, found: FOUND })).toMatchObject({
			values: {},
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

	test('is checked, and nothing else is taken for it', () => {
		const given = { carrierId: locator({ id: 1 }), phone: ['5124854282'] };
		expect(read({ set: given, found: FOUND })).toMatchObject({
			values: {},
			mistakes: ["'Carrier' must be text", "'Phone' must be text"],
			asked: [],
		});
	});
});

describe('a field that is left empty', () => {
	test.each(['', '  ', '=', undefined, null])('at %j, takes the item’s own value', (left) => {
		const set = { carrierId: locator(left), phone: left };
		expect(read({ set, item: { carrier_id: 'se-1', phone: 5124854282 }, found: FOUND })).toEqual({
			values: { carrierId: 'se-1', phone: '5124854282' },
			secrets: [],
			mistakes: [],
			codes: [],
			asked: [],
		});
	});

	test('takes it from a field of a like name', () => {
		const item = { 'Carrier ID': 'se-1', PHONE: '5', 'verification-code': '123456' };
		expect(read({ fields: WITH_CODE, item, found: FOUND })).toMatchObject({
			values: { carrierId: 'se-1', phone: '5', verificationCode: '123456' },
			asked: [],
		});
	});

	test.each(NOTHING)(
		'takes it from an earlier step where the item has %s, all at once',
		(_name, nothing) => {
			const item = { carrier_id: nothing, phone: nothing };
			expect(read({ item, found: FOUND })).toMatchObject({
				values: { carrierId: 'se-2', phone: '1' },
				mistakes: [],
				asked: [{ keys: ['carrier_id', 'phone'], known: { carrier_id: nothing, phone: nothing } }],
			});
		},
	);

	test('takes from the step what the item has too, so that all is from one source', () => {
		const item = { phone: '1' };
		expect(read({ item, found: { carrier_id: 'se-2', phone: '+1' } })).toMatchObject({
			values: { carrierId: 'se-2', phone: '+1' },
			asked: [{ keys: ['carrier_id', 'phone'], known: { phone: '1' } }],
		});
	});

	test('goes by an ID that is set, and not by a phone', () => {
		const set = { carrierId: locator('se-1') };
		expect(read({ set, found: FOUND })).toMatchObject({
			values: { carrierId: 'se-1', phone: '1' },
			asked: [{ keys: ['phone'], known: { carrier_id: 'se-1' } }],
		});
		expect(read({ set: { phone: '7' }, found: FOUND })).toMatchObject({
			values: { carrierId: 'se-2', phone: '7' },
			asked: [{ keys: ['carrier_id'], known: {} }],
		});
	});

	test('tells the steps whose the item is, by its own names', () => {
		const item = { Nickname: 'Shop', email: 'a@example.com', other: 1, on_behalf_of: '5' };
		expect(read({ item, found: FOUND }).asked).toMatchObject([
			{ item: { nickname: 'Shop', email: 'a@example.com', on_behalf_of: '5' } },
		]);
		expect(read({ item: { 'On behalf of': 'Ann' } }).asked).toMatchObject([{ item: {} }]);
	});

	test('what a step gives is checked too', () => {
		expect(read({ found: { carrier_id: ['se-2'], phone: '1' } })).toMatchObject({
			values: { phone: '1' },
			mistakes: ["'Carrier' must be text"],
		});
	});

	test('is told as empty where nobody has it, with what provides it', () => {
		expect(read({}).mistakes[0]).toBe(
			"'Carrier' is empty: the item has no field 'carrier_id', and no earlier step gave one for it. It comes from Register Stamps Account",
		);
		expect(read({ item: { PHONE: ' ' } }).mistakes[1]).toBe(
			"'Phone' is empty: the item's field 'PHONE' has nothing in it, and no earlier step gave one for it. It comes from Register Stamps Account",
		);
	});

	test('is told why the steps do not give it', () => {
		const found = new Mistake('earlier_step_failed', { step: 'Send 2' });
		expect(read({ found, item: { phone: '1' } })).toMatchObject({
			values: { phone: '1' },
			mistakes: ["'Carrier' is empty: 'Send 2' failed for this item"],
		});
	});

	test('is told as such where the item is the error of a step', () => {
		expect(read({ item: { error: { message: 'No' } } }).mistakes[0]).toBe(
			"'Carrier' is empty: an earlier step failed for this item",
		);
	});
});

describe('an operation that looks nothing up', () => {
	test('asks no step, and says what to set', () => {
		const told = read({ looksBack: false, found: FOUND, nearest: 'Register' });
		expect(told).toMatchObject({ values: {}, asked: [] });
		expect(told.mistakes[0]).toBe(
			"'Carrier' is empty: the item has no 'carrier_id', and this operation takes it from no other step. Set it to {{ $('Register').item.json.carrier_id }}",
		);
	});

	test('where no step has it either, says where it comes from', () => {
		expect(read({ looksBack: false }).mistakes[0]).toBe(
			"'Carrier' is empty: the item has no field 'carrier_id'. It comes from Register Stamps Account",
		);
		expect(read({ looksBack: false, item: { carrier_id: '' } }).mistakes[0]).toBe(
			"'Carrier' is empty: the item's field 'carrier_id' has nothing in it. It comes from Register Stamps Account",
		);
	});
});

describe('what only the item can give', () => {
	test('is asked of no step, and not taken from one that was asked for something else', () => {
		const found = { ...FOUND, verification_code: '999999' };
		expect(read({ fields: WITH_CODE, found })).toMatchObject({
			values: FOUND_VALUES,
			codes: [['verification_code', 'not_in_item']],
			asked: [{ keys: ['carrier_id', 'phone'] }],
		});
		expect(read({ fields: WITH_CODE, item: FOUND, found }).asked).toEqual([]);
	});

	test('is told as such, whatever became of a step', () => {
		const found = new Mistake('earlier_step_failed', { step: 'Send' });
		expect(read({ fields: WITH_CODE, found }).mistakes).toContain(
			"'Verification Code' is empty: the item has no field 'verification_code'. It comes from the form",
		);
	});
});

const FOUND_VALUES = { carrierId: 'se-2', phone: '1' };

test('a tool takes nothing from what its agent says beside the fields, nor from steps', () => {
	const tool = { isOfTool: true, found: FOUND };
	expect(read({ ...tool, item: { carrier_id: 'se-3', phone: '3' } })).toMatchObject({
		values: {},
		codes: [
			['carrier_id', 'not_set_in_tool'],
			['phone', 'not_set_in_tool'],
		],
		asked: [],
	});
	expect(read({ ...tool, set: { carrierId: locator('se-1'), phone: '1' } }).values).toEqual({
		carrierId: 'se-1',
		phone: '1',
	});
});

test('only the secret ones are kept from the messages of the API, as they are sent', () => {
	const item = { ...FOUND, verification_code: ' 123456 ' };
	expect(read({ fields: WITH_CODE, item }).secrets).toEqual(['123456']);
});

import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';
import { Checklist } from '../../../nodes/ShipEngine/shared/checklist';
import { Failure } from '../../../nodes/ShipEngine/shared/failure';
import { readFields, snakeCase } from '../../../nodes/ShipEngine/shared/fields';
import type { Run } from '../../../nodes/ShipEngine/shared/run';
import { requiredText } from '../../../nodes/ShipEngine/shared/validation';
import { NOTHING } from './support';

const DEFAULT = '={{ $json.phone }}';

const PHONE: INodeProperties = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	default: DEFAULT,
};

const CARRIER: INodeProperties = {
	displayName: 'Carrier',
	name: 'carrierId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.carrier_id }}' },
};

const FIELDS = [CARRIER, PHONE, { ...PHONE, displayName: 'Other', name: 'other' }];

/**
 * Reads the two fields of item 3.
 *
 * @param set - the parameters as they stand in the workflow
 * @param given - what n8n makes of them for the item
 * @param earlier - what the earlier steps know, by key
 */
function read(set: IDataObject, given: IDataObject, earlier: IDataObject = {}) {
	const context = {
		getNode: () => ({ parameters: set as INodeParameters }),
		getNodeParameter: (name: string, itemIndex: number) =>
			itemIndex === 3 ? given[name] : 'of another item',
	} as unknown as IExecuteFunctions;
	const find = jest.fn((key: string, itemIndex: number) =>
		itemIndex === 3 ? earlier[key] : 'of another item',
	);
	const checklist = new Checklist();
	const values = readFields<{ carrierId: string; phone: string }>(
		context,
		3,
		{ earlierSteps: { find } } as unknown as Run,
		checklist,
		FIELDS,
		{
			carrierId: { check: requiredText, providedBy: 'Register Stamps Account' },
			phone: { check: requiredText, providedBy: 'Register Stamps Account' },
		},
	);
	return { values, mistakes: checklist.mistakes, asked: find.mock.calls.map(([key]) => key) };
}

const locator = (value: unknown, mode = 'id') => ({ __rl: true, mode, value });

const AS_DROPPED = { carrierId: locator('={{ $json.carrier_id }}'), phone: DEFAULT };

test.each([
	['carrierId', 'carrier_id'],
	['verificationId', 'verification_id'],
	['addressLine1', 'address_line1'],
	['phone', 'phone'],
	['cardExpirationYear', 'card_expiration_year'],
])('%s is %s at the API', (name, key) => {
	expect(snakeCase(name)).toBe(key);
});

test('what the item gives is taken, and no earlier step is asked', () => {
	const given = { carrierId: locator('se-1'), phone: 5124854282 };
	expect(read(AS_DROPPED, given, { carrier_id: 'se-2', phone: '1' })).toEqual({
		values: { carrierId: 'se-1', phone: '5124854282' },
		mistakes: [],
		asked: [],
	});
});

test.each(NOTHING)('where a default gives %s, the earlier step is asked', (_name, nothing) => {
	const given = { carrierId: locator(nothing), phone: nothing } as IDataObject;
	expect(read(AS_DROPPED, given, { carrier_id: 'se-2', phone: '1' })).toEqual({
		values: { carrierId: 'se-2', phone: '1' },
		mistakes: [],
		asked: ['carrier_id', 'phone'],
	});
});

test.each([
	['as n8n stores it', AS_DROPPED],
	[
		'as n8n fills it in, without __rl',
		{ carrierId: { mode: 'id', value: '={{ $json.carrier_id }}' }, phone: DEFAULT },
	],
])('a default is one %s', (_name, set) => {
	const { values } = read(set, {}, { carrier_id: 'se-2', phone: '1' });
	expect(values).toEqual({ carrierId: 'se-2', phone: '1' });
});

test('where no earlier step knows it either, both are said, and who provides it', () => {
	expect(read(AS_DROPPED, {})).toMatchObject({
		values: {},
		mistakes: [
			{
				code: 'field_value_required',
				field: 'carrier_id',
				message:
					"'Carrier' is empty: neither the item nor an earlier step has it. It comes from Register Stamps Account",
			},
			{
				code: 'field_value_required',
				field: 'phone',
				message:
					"'Phone' is empty: neither the item nor an earlier step has it. It comes from Register Stamps Account",
			},
		],
	});
});

describe('what the user has set is never replaced', () => {
	test.each([
		['a fixed text', 'se-9', ''],
		['cleared', '', ''],
		['another expression', '={{ $json.phone_number }}', undefined],
		['the expression, spaced otherwise', '={{$json.phone}}', undefined],
		['the expression and something behind it', `${DEFAULT}x`, null],
	])('%s', (_name, set, given) => {
		const earlier = { carrier_id: 'se-2', phone: '1' };
		const { values, mistakes, asked } = read(
			{ carrierId: locator(set), phone: set },
			{ carrierId: locator(given), phone: given },
			earlier,
		);
		expect(values).toEqual({});
		expect(asked).toEqual([]);
		expect(mistakes.map(({ code }) => code)).toEqual([
			'field_value_required',
			'field_value_required',
		]);
		expect(mistakes[0]?.message).toBe(
			"'Carrier' is empty: what it is set to gave nothing for this item",
		);
	});

	test('a list in which nothing is chosen', () => {
		const set = { ...AS_DROPPED, carrierId: locator('', 'list') };
		const { values, asked } = read(
			set,
			{ carrierId: locator('', 'list'), phone: '1' },
			{
				carrier_id: 'se-2',
			},
		);
		expect([values, asked]).toEqual([{ phone: '1' }, []]);
	});

	test('a value that is chosen from the list', () => {
		const set = { ...AS_DROPPED, carrierId: locator('se-7', 'list') };
		const { values } = read(set, { carrierId: locator('se-7', 'list'), phone: '1' });
		expect(values).toEqual({ carrierId: 'se-7', phone: '1' });
	});
});

test("what is wrong is noted, whoever gave it, and nobody else's value is taken for it", () => {
	const wrong = { carrierId: locator({ id: 1 }), phone: ['5124854282'] };
	expect(read(AS_DROPPED, wrong, { carrier_id: 'se-2', phone: '1' })).toEqual({
		values: {},
		mistakes: [
			{ code: 'invalid_field_value', field: 'carrier_id', message: "'Carrier' must be text" },
			{ code: 'invalid_field_value', field: 'phone', message: "'Phone' must be text" },
		],
		asked: [],
	});
	expect(read(AS_DROPPED, {}, { carrier_id: ['se-2'], phone: '1' }).mistakes).toHaveLength(1);
});

test('a locator that n8n has resolved to its value already is that value', () => {
	expect(read(AS_DROPPED, { carrierId: 'se-1', phone: '1' }).values).toEqual({
		carrierId: 'se-1',
		phone: '1',
	});
});

test('earlier steps that contradict each other stop the item', () => {
	const context = {
		getNode: () => ({ parameters: AS_DROPPED }),
		getNodeParameter: () => undefined,
	} as unknown as IExecuteFunctions;
	const failure = new Failure({ message: 'Two steps', description: 'Choose.', reasons: [] });
	const find = () => {
		throw failure;
	};
	expect(() =>
		readFields<{ phone: string }>(
			context,
			0,
			{ earlierSteps: { find } } as unknown as Run,
			new Checklist(),
			FIELDS,
			{ phone: { check: requiredText, providedBy: 'x' } },
		),
	).toThrow(failure);
});

import type { IExecuteFunctions } from 'n8n-workflow';
import { chainField } from '../../../../nodes/ShipEngine/input/chainFields';
import { choiceField } from '../../../../nodes/ShipEngine/input/choices';
import type { EarlierSteps } from '../../../../nodes/ShipEngine/input/earlierSteps';
import { Item } from '../../../../nodes/ShipEngine/input/item';
import { readFields } from '../../../../nodes/ShipEngine/input/readFields';
import { requiredText } from '../../../../nodes/ShipEngine/values/validation';

const source = (name: string) => ({
	property: { displayName: name, name, type: 'string' as const, default: '' },
	check: requiredText,
	providedBy: 'Register',
});

const choice = choiceField({
	displayName: 'If It Exists',
	name: 'ifItExists',
	type: 'options',
	default: 'fail',
	options: ['fail', 'returnExisting', 'registerAnother'].map((value) => ({ name: value, value })),
});

const FIELDS = {
	ifItExists: choice,
	phone: chainField(source('phone')),
	carrierId: chainField(source('carrierId')),
};

/** Reads the fields of an item whose parameters are these. */
async function read(parameters: Record<string, unknown>, needsBehalf = false) {
	const find = jest.fn(() => ({ phone: '5', carrier_id: 'se-1', on_behalf_of: '6' }));
	const context = {
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: string) => parameters[name],
	} as unknown as IExecuteFunctions;
	const item = new Item(context, 0, { find } as unknown as EarlierSteps, true);
	const behalf = needsBehalf ? { ...source('onBehalfOf'), key: 'on_behalf_of' } : undefined;
	const values = await readFields(item, FIELDS, behalf);
	return { values, find, mistakes: item.checklist.mistakes };
}

test('what the chain brings is asked for once, for all fields together, the sub-account too', async () => {
	const { values, find, mistakes } = await read({ ifItExists: 'fail' }, true);
	expect(find.mock.calls).toEqual([
		[{ keys: ['phone', 'carrier_id', 'on_behalf_of'], known: {}, item: {} }, 0],
	]);
	expect(values).toMatchObject({
		given: { ifItExists: 'fail', phone: '5', carrierId: 'se-1' },
		onBehalfOf: '6',
	});
	expect(mistakes).toEqual([]);
});

test('what is set is read by itself', async () => {
	const { values, find } = await read({ ifItExists: 'fail', phone: '7', carrierId: 'se-7' });
	expect(find).not.toHaveBeenCalled();
	expect(values).toEqual({
		given: { ifItExists: 'fail', phone: '7', carrierId: 'se-7' },
		onBehalfOf: undefined,
		found: {},
	});
});

test.each(['other', '', 'Fail', ['fail'], undefined, true])('%j is no choice', async (given) => {
	const { mistakes } = await read({ phone: '7', carrierId: 'se-7', ifItExists: given });
	expect(mistakes).toEqual([
		{
			code: 'not_a_choice',
			field: 'if_it_exists',
			message: "'If It Exists' must be 'fail', 'returnExisting' or 'registerAnother'",
		},
	]);
});

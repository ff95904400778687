import type { IExecuteFunctions } from 'n8n-workflow';
import {
	FROM_EARLIER_STEP,
	chainField,
	fromItemOrEarlierStep,
} from '../../../../nodes/ShipEngine/input/chainFields';
import { choiceField } from '../../../../nodes/ShipEngine/input/choices';
import type { EarlierSteps } from '../../../../nodes/ShipEngine/input/earlierSteps';
import { Item } from '../../../../nodes/ShipEngine/input/item';
import { readFields } from '../../../../nodes/ShipEngine/input/readFields';
import { requiredText } from '../../../../nodes/ShipEngine/values/validation';

const chained = (name: string, key: string) =>
	chainField({
		property: {
			displayName: name,
			name,
			type: 'string',
			default: fromItemOrEarlierStep(key),
		},
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
	phone: chained('phone', 'phone'),
	carrierId: chained('carrierId', 'carrier_id'),
};

/** Reads the fields of an item whose parameters are these. */
async function read(parameters: Record<string, unknown>) {
	const find = jest.fn(() => ({ values: { phone: '5', carrier_id: 'se-1' } }));
	const context = {
		getInputData: () => [{ json: {} }],
		// Without the field, n8n makes of the default what stands in it for that case.
		getNodeParameter: (name: string, _index: number, _fallback: unknown, raw?: object) =>
			!raw && String(parameters[name]).startsWith('=') ? FROM_EARLIER_STEP : parameters[name],
	} as unknown as IExecuteFunctions;
	const item = new Item(context, 0, { find } as unknown as EarlierSteps);
	const values = await readFields(item, FIELDS);
	return { values, find, mistakes: item.checklist.mistakes };
}

const LEFT = {
	phone: fromItemOrEarlierStep('phone'),
	carrierId: fromItemOrEarlierStep('carrier_id'),
};

test('what the chain brings is asked for once, for all fields together', async () => {
	const { values, find, mistakes } = await read({ ...LEFT, ifItExists: 'fail' });
	expect(find.mock.calls).toEqual([[{ keys: ['phone', 'carrier_id'], given: {} }, 0]]);
	expect(values).toEqual({ ifItExists: 'fail', phone: '5', carrierId: 'se-1' });
	expect(mistakes).toEqual([]);
});

test('what is set is read by itself', async () => {
	const { values, find } = await read({ ifItExists: 'fail', phone: '7', carrierId: 'se-7' });
	expect(find).not.toHaveBeenCalled();
	expect(values).toEqual({ ifItExists: 'fail', phone: '7', carrierId: 'se-7' });
});

test.each(['other', '', 'Fail', ['fail'], undefined, true])('%j is no choice', async (given) => {
	const { mistakes } = await read({ ...LEFT, ifItExists: given });
	expect(mistakes).toEqual([
		{
			code: 'not_a_choice',
			field: 'if_it_exists',
			message: "'If It Exists' must be 'fail', 'returnExisting' or 'registerAnother'",
		},
	]);
});

test('the panel shows their parameters', () => {
	const shown = Object.values(FIELDS).flatMap(({ properties }) => properties);
	expect(shown.map(({ name }) => name)).toEqual(['ifItExists', 'phone', 'carrierId']);
	expect(shown[1]?.default).toContain(FROM_EARLIER_STEP);
	expect(FROM_EARLIER_STEP).toMatch(/an earlier ShipEngine step/);
});

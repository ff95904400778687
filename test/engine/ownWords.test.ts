import type { IDataObject } from 'n8n-workflow';
import { carrierStep, going, step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

// What is set wrong is named as what it is, and not by what becomes of it further on.
const sandbox = useApi();

const errorsOf = (outcome: Awaited<ReturnType<typeof sandbox.runChain>>, name: string) =>
	outcome.json(name).map(({ error }) => (error as IDataObject).errors);

test.each([
	[
		'a source of the card that there is not',
		{ cardSource: '={{ "cash" }}' },
		'card_source',
		"'Card Source' must be 'credential', 'none', 'parameters' or 'sealed'",
	],
	[
		'a data mode that there is not',
		{ dataMode: '={{ "magic" }}' },
		'data_mode',
		"'Data Mode' must be 'defineBelow' or 'autoMapInputData'",
	],
	[
		'nothing where a source of the card has to be',
		{ cardSource: '={{ $json.nothing }}' },
		'card_source',
		"'Card Source' must be 'credential', 'none', 'parameters' or 'sealed'",
	],
])('%s', async (_name, parameters, field, message) => {
	const register = step('Register', 'register', { ...REGISTRATION, ...parameters }, going);
	const outcome = await sandbox.runChain([{}], register);
	expect(errorsOf(outcome, 'Register')).toEqual([[{ code: 'not_a_choice', field, message }]]);
	expect(sandbox.calls()).toEqual([]);
});

test.each([
	['Send', step('Then', 'sendVerification', { phone: '5124854282' }, going)],
	[
		'Add Funds, which takes nothing from other steps',
		carrierStep(
			'Then',
			'addFunds',
			{ amount: 10, maximumAmount: 10, confirmLiveCharge: true },
			going,
		),
	],
])('%s behind a Register that is disabled', async (_name, then) => {
	const register = { ...step('Register', 'register', REGISTRATION), disabled: true };
	const outcome = await sandbox.runChain([{}], register, then);
	expect(errorsOf(outcome, 'Then')).toEqual([
		[
			{
				code: 'step_disabled',
				field: 'carrier_id',
				message:
					"'Carrier' is empty: 'Register', which would give it, is disabled. Enable it, or set this by hand",
			},
		],
	]);
	expect(sandbox.calls()).toEqual([]);
});

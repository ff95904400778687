import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../nodes/ShipEngine/resources';
import { EFFECTS } from '../../nodes/ShipEngine/step/effects';
import { going, step } from './support/engine';
import { ACCOUNT, DOCUMENTED_BODY, useApi } from './support/fixtures';
import { toolOf } from './support/tool';

// n8n takes each call of an agent's tool for a run of the node of its own, each retry too.
const sandbox = useApi();
const REGISTRATION = {
	...ACCOUNT,
	cardSource: 'credential',
	ifNicknameExists: 'registerAnother',
};
const asId = (value: string) => ({ __rl: true, mode: 'id', value });
const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

const tool = (operation: string, parameters: IDataObject, settings = {}) =>
	toolOf(step('Tool', operation, parameters, settings), sandbox.credentials());
const answerOf = async (call: Promise<string>) => await call.catch((error: Error) => error.message);
const lose = (operation: 'register' | 'send' | 'confirm') =>
	sandbox.api.faults.add({ operation, kind: 'dropAfter' });

test('a registration whose answer was lost is not sent again by Retry On Fail', async () => {
	lose('register');
	const answer = await answerOf(tool('register', REGISTRATION, retried).call()({}));
	expect(answer).toContain('may or may not have been registered');
	expect(sandbox.calls()).toEqual(['POST /v1/registration/stamps_com']);
});

test('an agent that calls again after a lost answer opens no second account', async () => {
	lose('register');
	const register = tool('register', REGISTRATION);
	await answerOf(register.call()({}));
	expect(await answerOf(register.call()({}))).toContain('may or may not have been registered');
	expect(sandbox.calls()).toHaveLength(1);
});

test('with a look, the retry finds the account', async () => {
	lose('register');
	// Neither of the first try's looks shows it.
	sandbox.api.faults.add({
		operation: 'carriers',
		kind: 'replaceFields',
		fields: { carriers: [] },
		times: 3,
	});
	const register = tool('register', { ...REGISTRATION, ifNicknameExists: 'fail' }, retried);
	const answer = JSON.parse(await register.call()({})) as IDataObject[];
	expect(answer).toMatchObject([{ recovered: true }]);
	expect(sandbox.api.state.accounts).toHaveLength(1);
});

test('two calls that an agent makes side by side never get each other’s account as their own', async () => {
	// They share the run of the tool, so that n8n may give the second one the first one's parameters.
	const nickname = '={{ $fromAI("shop", "", "string") }}';
	const register = tool(
		'register',
		{ ...REGISTRATION, nickname, ifNicknameExists: 'fail' },
		retried,
	);
	const calls = [register.call(), register.call()];
	const answers = [];
	for (const [index, call] of calls.entries()) {
		answers.push(await answerOf(call({ shop: `Shop ${index}` })));
	}
	expect(answers[0]).toContain('"nickname":"Shop 0"');
	// Whichever it is told of, it is told whose it is.
	const [told] = JSON.parse(answers[1]!) as IDataObject[];
	const { accounts } = sandbox.api.state;
	const own = accounts.find(({ carrierId }) => carrierId === told!.carrier_id)!;
	expect(own.body).toMatchObject({ nickname: told!.nickname });
	expect(accounts.map(({ body }) => (body as IDataObject).nickname)).toEqual(
		own === accounts[0] ? ['Shop 0'] : ['Shop 0', 'Shop 1'],
	);
});

test('two shops of one owner come to two accounts', async () => {
	const nickname = '={{ $fromAI("shop", "", "string") }}';
	const register = tool('register', { ...REGISTRATION, nickname }, retried);
	for (const shop of ['Shop 0', 'Shop 1']) {
		expect(await answerOf(register.call()({ shop }))).toContain(`"nickname":"${shop}"`);
	}
	expect(sandbox.api.state.accounts).toHaveLength(2);
});

test('a text message whose answer was lost is sent again only by another call', async () => {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
	const parameters = {
		carrierId: asId(carrier_id),
		phone: '5124854282',
	};
	lose('send');
	const send = tool('sendVerification', parameters, retried);
	expect(await answerOf(send.call()({}))).toContain('may or may not have been sent');
	expect(sandbox.calls()).toHaveLength(1);

	expect(await answerOf(send.call()({}))).toContain('vfn_');
	expect(sandbox.calls()).toHaveLength(2);
});

test('another code is tried, whatever became of the one before', async () => {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
	await sandbox.runChain([{ carrier_id, phone: '5124854282' }], step('Send', 'sendVerification'));
	const [verification] = sandbox.api.state.verifications;
	const confirm = tool(
		'confirmVerification',
		{
			carrierId: asId(carrier_id),
			verificationId: verification!.id,
			verificationCode: '={{ $fromAI("code", "", "string") }}',
		},
		retried,
	);
	const wrong = verification!.code === '111111' ? '222222' : '111111';
	expect(await answerOf(confirm.call()({ code: wrong }))).toContain('was not verified');
	expect(await answerOf(confirm.call()({ code: verification!.code }))).toContain('"verified"');
	// The wrong one was tried once, though n8n tries a call three times.
	expect(sandbox.calls().filter((call) => call.startsWith('PUT'))).toHaveLength(2);
	expect(JSON.stringify(confirm.kept)).not.toContain(wrong);
});

describe('a person decides', () => {
	// Of the page, a tool has not even the resource: a link is a key.
	const ofPage = 'onboardingPage';
	const forPeople = resources.flatMap(({ value: resource, operations }) =>
		operations
			.filter(() => resource !== ofPage)
			.filter(({ does }) => EFFECTS[does].isForPeople)
			.map(({ value, does }): [string, string, string] => [resource, value, does]),
	);

	test.each(forPeople)(
		'%s, %s (%s) is refused, and nothing is sent',
		async (resource, operation) => {
			const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
			const parameters = {
				...{ resource, carrierId: asId(carrier_id), subAccountId: asId('se-1') },
				...{ amount: 10, maximumAmount: 50, confirmLiveCharge: true },
			};
			// Whatever the agent's model says, and once for each call.
			for (const said of [{}, { carrier_id, confirmLiveCharge: true }]) {
				const answer = await answerOf(tool(operation, parameters).call()(said));
				expect(answer).toContain(': an AI agent may not do this');
				expect(answer).toContain("'Call n8n Workflow'");
			}
			expect(sandbox.calls()).toEqual([]);
		},
	);

	test.each(['answer', 'createCodeLink', 'createInvitation'])(
		'the page’s %s is none of a tool',
		async (operation) => {
			const parameters = { resource: ofPage, carrier: 'se-1', phone: '5124854282' };
			const answer = await answerOf(tool(operation, parameters).call()({}));
			expect(answer).toMatch(/no such operation|an AI agent may not do this/);
			expect(answer).not.toContain('link=');
		},
	);

	test('of those, there is something of each effect', () => {
		const effects = Object.entries(EFFECTS).filter(
			([does, { isForPeople }]) => isForPeople && does !== 'makesLink',
		);
		expect(new Set(forPeople.map(([, , does]) => does))).toEqual(
			new Set(effects.map(([does]) => does)),
		);
	});

	test.each([
		['the model', '={{ $fromAI("terms", "", "boolean") }}'],
		['an expression', '={{ true }}'],
	])('the terms are not accepted by %s', async (_who, agreeToCarrierTerms) => {
		const register = tool('register', { ...REGISTRATION, agreeToCarrierTerms });
		const answer = await answerOf(register.call()({ terms: true }));
		expect(answer).toContain("'Agree to Carrier Terms' must be set by a person in the tool");
		expect(sandbox.calls()).toEqual([]);
	});

	test.each([
		['takes everything from what the model says', { dataMode: 'autoMapInputData' }, 'Data Mode'],
		['takes the card from what the model says', { cardSource: 'parameters' }, 'Card Source'],
		['opens a sealed card', { cardSource: 'sealed' }, 'Card Source'],
		['is told by the model', { cardSource: '={{ $fromAI("card", "") }}' }, 'Card Source'],
	])('no tool %s', async (_what, parameters, field) => {
		const register = tool('register', { ...REGISTRATION, ...parameters });
		const said = { ...DOCUMENTED_BODY, card: 'credential' };
		expect(await answerOf(register.call()(said))).toContain(`'${field}' must be`);
		expect(sandbox.calls()).toEqual([]);
	});
});

describe('what a model says unasked counts for nothing', () => {
	const carriers = () =>
		['Own', 'Other'].map((nickname) => sandbox.api.addCarrier({ nickname }).carrier_id);
	const checked = () => sandbox.bodies().map((body) => (body as IDataObject).carrier_ids);

	test('a carrier that is asked for, is', async () => {
		const [own] = carriers();
		const carrierId = asId('={{ $fromAI("carrier", "", "string") }}');
		await tool('check', { resource: 'carrier', carrierId }).call()({ carrier: own });
		expect(checked()).toEqual([[own]]);
	});

	test.each([
		'',
		'={{ $json.carrier_id }}',
		'={{ $input.item.json.carrier_id }}',
		'={{ $data.carrier_id }}',
	])('a carrier beside it, where the field is "%s"', async (value) => {
		const [, carrier_id] = carriers();
		const check = tool('check', { resource: 'carrier', carrierId: asId(value) });
		const answer = await answerOf(check.call()({ carrier_id }));
		expect(answer).toMatch(/is empty: set it in the tool|where a model can put anything/);
		expect(sandbox.calls()).toEqual([]);
	});

	test.each([{ onBehalfOf: '={{ $json.on_behalf_of }}' }, { timeout: '={{ $json.timeout }}' }])(
		'an option: %j',
		async (options) => {
			const [own] = carriers();
			const check = tool('check', { resource: 'carrier', carrierId: asId(own!), options });
			const answer = await answerOf(check.call()({ on_behalf_of: 'se-5', timeout: 1 }));
			expect(answer).toContain("'Options' has $json in it, where a model can put anything");
			expect(sandbox.calls()).toEqual([]);
		},
	);
});

test('a model is told all that is wrong, in the message: it sees nothing else', async () => {
	const parameters = { ...REGISTRATION, email: 'nobody', stateProvince: 'Texass', phone: '1' };
	const call = tool('register', parameters).call()({});
	const error = (await call.catch((thrown: Error) => thrown)) as Error;
	expect(error.message).toMatch(/'Email'.*'Phone'.*'State'/s);
	expect(error.message).not.toMatch(/<br>|\.\./);
});

test('after an unknown outcome, a model is told not to try it again', async () => {
	lose('register');
	const answer = await answerOf(tool('register', REGISTRATION).call()({}));
	expect(answer).toContain('Do not try it again before a person has looked.');
});

test('a tool that is set to continue gives the model the same, as data', async () => {
	lose('register');
	const answer = await tool('register', REGISTRATION, going).call()({});
	const [{ error }] = JSON.parse(answer) as [{ error: { message: string; errors: object[] } }];
	expect(error.message).toMatch(
		/^The Stamps account may or may not .*Do not try it again before a person has looked\.$/s,
	);
	expect(error.errors).toMatchObject([{ code: 'outcome_unknown' }]);
});

test('what an agent did is not done again where the agent itself is tried again', async () => {
	const register = tool('register', REGISTRATION);
	const first = await register.call()({});
	expect(await register.call()({})).toBe(first);
	expect(sandbox.api.state.accounts).toHaveLength(1);
});

import type { IDataObject } from 'n8n-workflow';
import { step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';
import { toolOf } from './support/tool';

// n8n takes each call of an agent's tool for a run of the node of its own, each retry too.
const sandbox = useApi();
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
	expect(answers[1]).toMatch(/"nickname":"Shop 1"|an account with the nickname 'Shop 0' exists/);
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
		carrierId: { __rl: true, mode: 'id', value: carrier_id },
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
			carrierId: { __rl: true, mode: 'id', value: carrier_id },
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

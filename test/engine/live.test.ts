import type { Fault } from '../../sandbox/api';
import type { SubAccount } from '../../sandbox/api/subAccountStore';
import { converse } from '../live/conversation';
import { KEY, api, below, codeOf, expectNoSecret, live, useStandIn, writes } from './support/live';

/** `npm run live`, with the stand-in in the place of the real API: as it is, and with something put in. */

useStandIn();

/** Each walk that asks for rates leaves one. */
const SHIPMENT = 'A shipment of which nothing is sent may be left in your sandbox.';

/** What the terminal says at the end may be left besides. */
const left = (asked: string[]) =>
	asked.filter((line) => line.endsWith('may be left in your sandbox.') && line !== SHIPMENT);

test('against the stand-in as it is, all steps come to the same', async () => {
	api.addCarrier({ nickname: 'There before' });
	const { report } = await live();
	expect(report).toContain('All 15 steps came to the same.');
	expect(report).not.toContain('Left out');
	expect(api.state.accounts).toMatchObject([
		{ body: { credit_card: { number: '4111111111111111' }, address: { postal_code: '75961' } } },
	]);
	expect(api.state.verifications).toMatchObject([{ phone: '5125550147', status: 'verified' }]);
	expect(api.state.labels).toMatchObject([{ voided_at: expect.any(String) }]);
	expect(api.state.carriers().map(({ nickname }) => nickname)).toEqual(['There before']);
});

test('with a partner’s key, all of it is done for a sub-account', async () => {
	const { report } = await live({ says: () => true });
	expect(report).toContain('All 17 steps came to the same.');
	const [subAccount] = api.state.subAccounts;
	const others = writes().filter(({ path }) => !path.startsWith('/v1/partners/accounts'));
	expect(others).toHaveLength(9);
	for (const { headers } of others) {
		expect(headers['on-behalf-of']).toBe(String(subAccount!.account_id));
	}
});

test('whoever says no to each step has sent nothing that writes', async () => {
	const { asked, report } = await live({ says: () => false });
	expect(writes()).toEqual([]);
	expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
		'GET /v1/carriers',
		'GET /v1/carriers',
		'GET /v1/carriers/se-1',
	]);
	expect(asked.filter((question) => question.endsWith('Go on?'))).toHaveLength(1);
	expect(report).toContain('All 3 steps came to the same.');
	expect(report).toContain('Left out: Register an account; ');
});

test('each write is asked for before it is sent', async () => {
	const before: number[] = [];
	const { asked } = await live({
		says(question) {
			if (!question.includes('Go on?')) return false;
			before.push(writes().length);
			return true;
		},
	});
	// Rates are asked for by a POST that changes nothing.
	const sent = writes().filter(({ path }) => path !== '/v1/rates/estimate').length;
	expect(sent).toBe(asked.filter((question) => question.includes('Go on?')).length);
	expect(new Set(before).size).toBe(before.length);
});

test('takes no key but one of the sandbox, and sends it nowhere without https', async () => {
	await expect(live({ key: 'a real key' })).rejects.toThrow('begins with TEST_');
	expect(api.requests).toEqual([]);
	const nobody = { secret: async () => KEY, text: async () => 'x', yes: async () => false };
	const { signal } = new AbortController();
	await expect(
		converse({ ...nobody, say: () => {} }, 'http://api.example.com', '0.0.0', signal),
	).rejects.toThrow("'Base URL'");
});

test('a step that is refused leaves out those that need it, and says why in the API’s words', async () => {
	api.faults.add({
		operation: 'register',
		kind: 'refusal',
		message: 'wilhelmina@quackenbush.example of 1738 PERSIMMON Terrace, +1 512.555.0147, is known',
		field: 'email',
	});
	const { report } = await live();
	expect(below(report, 'Register an account')).toEqual([
		'- came to: invalid_field_value, at the stand-in: done',
		'- POST /v1/registration/stamps_com: the status is 400, at the stand-in 200',
		expect.stringMatching(/^- POST \/v1\/registration\/stamps_com: its words: `.* is known`$/),
	]);
	expect(report).toContain('Left out: Look for the account in the list; Get the account;');
	expectNoSecret(report);
});

/** What is put in: the step where it shows, and what the report says of it. */
const DEVIATIONS: Array<[what: string, fault: Fault, step: string, lines: string[]]> = [
	[
		'an ID that is a number',
		{ operation: 'register', kind: 'replaceFields', fields: { carrier_id: 1238901 } },
		'Register an account',
		[
			'- POST /v1/registration/stamps_com: `/carrier_id` is a number, at the stand-in an ID like se-123',
			// The node has found the account that was opened all the same.
			'- GET /v1/carriers: it was sent 2 times, at the stand-in 1',
		],
	],
	[
		'another word, a field more, a field less',
		{
			operation: 'send',
			kind: 'replaceFields',
			fields: { verification_method: 'sms', expires_in: 300, phone: undefined },
		},
		'Send a text message',
		[
			'- POST /v1/connections/carriers/stamps_com/*/verification: `/verification_method` is “sms”, at the stand-in “sms/voice”',
			'- POST /v1/connections/carriers/stamps_com/*/verification: `/expires_in` is there (a number), and not at the stand-in',
			'- POST /v1/connections/carriers/stamps_com/*/verification: `/phone` is not there, and at the stand-in it is (ten digits)',
		],
	],
	[
		'another status of a confirmed phone',
		{ operation: 'confirm', kind: 'notVerified', status: 'approved', times: 9 },
		'Confirm the code',
		[
			'- came to: verification_failure, at the stand-in: done',
			'- PUT /v1/connections/carriers/stamps_com/*/verification/*: `/status` is “approved”, at the stand-in “verified”',
		],
	],
	[
		'another refusal of a carrier that there is not',
		{ operation: 'getCarrier', kind: 'refusal', message: 'There is none.' },
		'Ask for a carrier that there is not',
		[
			'- came to: invalid_field_value, at the stand-in: carrier_not_connected',
			'- GET /v1/carriers/*: the status is 400, at the stand-in 404',
			'- GET /v1/carriers/*: its words: `There is none.`',
		],
	],
	[
		'other types in a carrier',
		{
			operation: 'getCarrier',
			kind: 'replaceFields',
			fields: { balance: '0.00', account_number: null, services: [{ name: 7 }] },
		},
		'Get the account',
		[
			'- GET /v1/carriers/*: `/account_number` is null, at the stand-in text',
			'- GET /v1/carriers/*: `/balance` is text, at the stand-in a number',
			'- GET /v1/carriers/*: `/services/*/name` is a number, at the stand-in text',
		],
	],
	[
		'a page in place of JSON',
		{ operation: 'estimate', kind: 'badGatewayBefore', times: 3 },
		'Ask the account for rates',
		[
			'- came to: no_answer, at the stand-in: done',
			'- POST /v1/rates/estimate: the status is 502, at the stand-in 200',
			'- POST /v1/rates/estimate: the answer is text/html, at the stand-in application/json',
		],
	],
	[
		'a connection that breaks off',
		{ operation: 'buyLabel', kind: 'dropAfter' },
		'Buy a label',
		['- came to: no answer, at the stand-in: done', '- POST /v1/labels/rates/*: no answer came'],
	],
];

test.each(DEVIATIONS)('%s is told', async (_what, fault, step, lines) => {
	// A carrier that there is not is asked for first; the account itself is the second one.
	if (step === 'Get the account') {
		api.faults.add({ operation: 'getCarrier', kind: 'delayBefore', ms: 0 });
	}
	api.faults.add(fault);
	const { report } = await live();
	for (const line of lines) expect(below(report, step)).toContain(line);
	expect(report).toMatch(/^[1-9]\d* of \d+ steps came to something else\.$/m);
	expectNoSecret(report);
});

test('the API’s limit is waited for, and is no difference', async () => {
	for (const operation of ['rates', 'carriers'] as const) {
		api.faults.add({ operation, kind: 'tooManyRequests', retryAfter: 1 });
	}
	const { report } = await live();
	expect(report).toContain('All 15 steps came to the same.');
	expect(report).toContain('The API’s limit of requests was reached 2 times.');
});

test('whoever ends it at a question still gets the report', async () => {
	const { report } = await live({
		says(question) {
			if (question.startsWith('Send a text message')) throw new Error('Ctrl-C');
			return question.includes('Go on?');
		},
	});
	expect(report).toContain('All 7 steps came to the same.');
	expect(report).toContain('Left out: Send a text message; Try a wrong code;');
	expect(api.state.verifications).toEqual([]);
});

test('a mistyped code is no difference; none at all leaves the step out', async () => {
	const codes = ['999999', undefined];
	const { report } = await live({ codes: () => codes.shift() ?? codeOf() });
	expect(report).toContain('All 15 steps came to the same.');
	const without = await live({ codes: () => '' });
	expect(without.report).toContain('All 14 steps came to the same.');
	expect(without.report).toContain('Left out: Confirm the code.');
});

test('an account that may be left is named in the terminal', async () => {
	const { asked, report } = await live({
		says: (question) => question.includes('Go on?') && !question.startsWith('Disconnect'),
	});
	const { nickname } = api.state.accounts[0]!.body as { nickname: string };
	expect(left(asked)).toEqual([`An account “${nickname}” may be left in your sandbox.`]);
	expect(asked).toContain(SHIPMENT);
	expect(report).not.toContain(nickname);
});

test('a label that is kept is named', async () => {
	const { asked } = await live({
		says: (question) => question.includes('Go on?') && !question.startsWith('Void'),
	});
	expect(left(asked)).toEqual([
		`A label ${api.state.labels[0]!.id} that is not voided may be left in your sandbox.`,
	]);
});

test('a sub-account is disabled at the end, or named', async () => {
	const keeps = await live({ says: (question) => !question.startsWith('Disable') });
	const [{ account_id, fields }] = api.state.subAccounts as [SubAccount];
	const ownId = fields.external_account_id!;
	expect(left(keeps.asked)).toEqual([
		`A sub-account ${account_id} with the ID “${ownId}” may be left in your sandbox.`,
	]);
	expect(keeps.report).not.toContain(ownId);
	const { asked } = await live({ says: () => true });
	const disabled = api.state.subAccounts.at(-1)!;
	expect(disabled.active).toBe(false);
	expect(left(asked)).toEqual([
		`A disabled sub-account ${disabled.account_id} may be left in your sandbox.`,
	]);
});

test('one whose answer was lost is named, and one that was refused is not', async () => {
	for (const operation of ['createSubAccount', 'register', 'buyLabel'] as const) {
		api.reset();
		api.faults.add({ operation, kind: 'refusal', message: 'No.' });
		const isOwn = (line: string) => !line.startsWith('A disabled');
		const refused = await live({ says: () => true });
		expect([operation, left(refused.asked).filter(isOwn)]).toEqual([operation, []]);
		api.reset();
		api.faults.add({ operation, kind: 'dropAfter' });
		if (operation === 'register') {
			// The list, and the look before it registers.
			api.faults.add({ operation: 'carriers', kind: 'delayBefore', ms: 0, times: 2 });
			api.faults.add({ operation: 'carriers', kind: 'serverErrorBefore', times: 20 });
		}
		if (operation === 'createSubAccount') {
			api.faults.add({ operation: 'findSubAccount', kind: 'delayBefore', ms: 0 });
			api.faults.add({ operation: 'findSubAccount', kind: 'serverErrorBefore', times: 20 });
		}
		const lost = await live({ says: () => true });
		expect([operation, left(lost.asked).filter(isOwn)]).toEqual([operation, [expect.any(String)]]);
	}
}, 120_000);

test.each([
	[408, { request_id: 'x', errors: [{ error_source: 'shipengine' }] }],
	[499, ''],
	[403, '<html></html>'],
])('a %d that is no refusal of the API leaves a label', async (status, body) => {
	api.faults.add({ operation: 'buyLabel', kind: 'answeredBetween', status, body });
	const { asked } = await live();
	expect(left(asked)).toEqual(['A label that is not voided may be left in your sandbox.']);
});

test('the terms are told before they are accepted', async () => {
	const { asked } = await live();
	const question = asked.find((line) => line.startsWith('Register an account'))!;
	expect(question).toContain(
		'accepts the terms of Stamps.com (https://www.stamps.com/conditions/)',
	);
});

test('what was typed does not change the report’s own words', async () => {
	const typed = { 'Street and number': '400 Stand Road', 'First and last name': 'Or Status' };
	const refused = { operation: 'register', kind: 'refusal', message: 'No.' } as const;
	api.faults.add(refused);
	const { report } = await live({ typed });
	expect(below(report, 'Register an account')).toContain(
		'- POST /v1/registration/stamps_com: the status is 400, at the stand-in 200',
	);
});

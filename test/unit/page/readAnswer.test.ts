import { readAnswer } from '../../../page/readAnswer';
import { EN } from '../../../nodes/StampsOnboardingTrigger/words/en';
import { inWords, speak, wordsFor } from '../../../page/words';

beforeAll(() => speak(EN, 'en'));

test('a page says nothing of another person, run or row', () => {
	const message =
		'The Stamps account was not registered: execution 12 has the same nickname for another person';
	const errors = [{ code: 'nickname_of_other', field: 'nickname', message }];
	const answer = readAnswer(400, JSON.stringify({ error: { message, errors } }));
	if (answer.kind !== 'refused') throw new Error(answer.kind);
	expect([answer.step?.title, ...answer.reasons.map((reason) => wordsFor(reason))]).toEqual([
		'Your account was not opened',
		'Another registration came at the same time. Wait a minute, then send it again. If that does not help, please tell us.',
	]);
});

const refused = (message: string, code: string, text = message) =>
	readAnswer(
		200,
		JSON.stringify({ error: { message, errors: [{ code, field: null, message: text }] } }),
	);

test.each([
	['unauthorized', "Check the API key in the 'ShipEngine API' credential. Request ID: req-1"],
	['step_not_run', "The node has no access to credentials of the type 'shipEngineApi'"],
	['carrier_in_use', 'To go on with it, use se-1238901'],
	['api_key_unusable', 'The API key has a line break'],
	['', 'Something with se-1238901'],
])('of our own side, strangers read nothing but that it is ours: %s', (code, text) => {
	const answer = refused(`The Stamps account was not registered: ${text}`, code, text);
	if (answer.kind !== 'refused') throw new Error(answer.kind);
	expect([
		answer.step?.title,
		answer.step?.next,
		...answer.reasons.map((reason) => wordsFor(reason)),
	]).toEqual([
		'Your account was not opened',
		'',
		'Something is wrong on our side. Please tell us, or try again later.',
	]);
});

test.each([
	['The verification code was not sent: x', 'The text message could not be sent'],
	['The phone number was not verified: x', 'The code was not accepted'],
])('it says which step it was: %s', (message, title) => {
	expect(refused(message, 'rate_limit_exceeded')).toMatchObject({
		kind: 'refused',
		step: { title },
	});
});

const CODE = {
	...{ stage: 'code', link: 'abc', phone_end: '82' },
	...{ texted: true, existing: null, can_change_phone: true },
};

test('the stages that there are', () => {
	const { stage, ...account } = CODE;
	expect(readAnswer(200, JSON.stringify(CODE))).toEqual({ kind: stage, ...account });
	expect(readAnswer(200, '{"stage":"ready"}')).toEqual({ kind: 'ready' });
	expect(readAnswer(200, '{"stage":"received"}')).toEqual({ kind: 'received' });
});

test.each([
	['n8n has nothing to say', 200, ''],
	['a step stopped', 500, '{"message":"Error in workflow"}'],
	['n8n still starts', 200, '<html>n8n is starting up. Please wait</html>'],
	['another step has answered', 200, '{"id":7}'],
	['nothing', 200, 'null'],
	['a list', 200, '[]'],
	['a code is no error', 200, '{"code":0}'],
	['an error that is none', 200, '{"error":"x"}'],
	['a stage that there is not', 200, '{"stage":"done"}'],
	['a code without a link', 200, '{"stage":"code"}'],
	['a gateway', 502, '{"stage":"ready"}'],
])('where %s, nobody is told that it is done', (_what, status, text) => {
	expect(readAnswer(status, text)).toEqual({ kind: 'lost' });
});

test.each([
	[1, '1 second'],
	[60, '60 seconds'],
	[91, '2 minutes'],
	[900, '15 minutes'],
	[3_600, '60 minutes'],
	[5_401, '2 hours'],
	[86_400, '24 hours'],
])('%d seconds are %s', (seconds, words) => expect(inWords(seconds)).toBe(words));

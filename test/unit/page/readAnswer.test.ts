import { readAnswer } from '../../../page/readAnswer';
import { inWords, wordsFor } from '../../../page/words';

test('a page says nothing of another person, run or row', () => {
	const message =
		'The Stamps account was not registered: execution 12 has the same nickname for another person';
	const errors = [{ code: 'nickname_of_other', field: 'nickname', message }];
	const answer = readAnswer(
		400,
		JSON.stringify({ error: { message, errors } }),
		'https://n8n.example',
	);
	if (answer.kind !== 'refused') throw new Error(answer.kind);
	expect([answer.title, ...answer.reasons.map(wordsFor)]).toEqual([
		'Your account was not opened',
		'Your registration could not be told apart from another one. Please tell us.',
	]);
});

const refused = (message: string, code: string, text = message) =>
	readAnswer(
		200,
		JSON.stringify({ error: { message, errors: [{ code, field: null, message: text }] } }),
		'https://n8n.example',
	);

test.each([
	['unauthorized', "Check the API key in the 'ShipEngine API' credential. Request ID: req-1"],
	['step_not_run', "The node has no access to credentials of the type 'shipEngineApi'"],
	['nickname_in_use', 'To go on with it, use se-1238901'],
	['api_key_unusable', 'The API key has a line break'],
	['', 'Something with se-1238901'],
])('of our own side, strangers read nothing but that it is ours: %s', (code, text) => {
	const answer = refused(`The Stamps account was not registered: ${text}`, code, text);
	if (answer.kind !== 'refused') throw new Error(answer.kind);
	expect([answer.title, answer.text, ...answer.reasons.map(wordsFor)]).toEqual([
		'Your account was not opened',
		'',
		'Something is wrong on our side. Please tell us, or try again later.',
	]);
});

test('where the account is open and the text was not sent, both are said', () => {
	expect(refused('The verification code was not sent: x', 'rate_limit_exceeded')).toMatchObject({
		title: 'Your account is open, but the text message could not be sent',
		text: 'Send the page again in a few minutes. No second account is opened.',
	});
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

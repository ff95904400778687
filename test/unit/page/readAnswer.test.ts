import { readAnswer } from '../../../page/readAnswer';

test('a page says nothing of another person, run or row', () => {
	const message =
		'The Stamps account was not registered: execution 12 has the same nickname for another person';
	const errors = [{ code: 'nickname_of_other', field: 'nickname', message }];
	const answer = readAnswer(
		400,
		JSON.stringify({ error: { message, errors } }),
		'https://n8n.example',
	);
	expect(answer).toMatchObject({
		kind: 'refused',
		title: 'Your registration was not accepted',
		reasons: [{ field: null }],
	});
	expect(JSON.stringify(answer)).not.toMatch(/execution|12|same nickname|person/);
});

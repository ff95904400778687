import { apiKeyOf } from '../../../../nodes/ShipEngine/api/apiKey';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { NOTHING } from '../support';

const KEY = 'TEST_b64+/=.~!key-0123456789';

/** What the user is told of a key. */
function toldOf(value: unknown) {
	try {
		apiKeyOf(value);
	} catch (error) {
		if (error instanceof Failure) return error.details;
		throw error;
	}
	throw new Error('The key was taken');
}

test.each([
	['as it is', KEY],
	['of one character', '!'],
	['of every character that a header can carry', '!"#$%&\'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~'],
])('a key is taken %s', (_name, key) => {
	expect(apiKeyOf(key)).toBe(key);
});

test.each([
	['a line break behind it', `${KEY}\n`],
	['a line break of Windows', `${KEY}\r\n`],
	['spaces around', `  ${KEY}\t`],
	['a no-break space', `\u00a0${KEY}`],
	['a byte order mark', `\ufeff${KEY}`],
])('a key is taken without %s', (_name, stored) => {
	expect(apiKeyOf(stored)).toBe(KEY);
});

test('a key that a secret store gives as a number is taken', () => {
	expect(apiKeyOf(123456)).toBe('123456');
});

test.each([
	['a zero-width space', `TEST\u200b_key`],
	['a zero-width space at its end, which nothing trims', `${KEY}\u200b`],
	['an en dash', 'TEST\u2013key'],
	['a space', 'TEST key'],
	['a line break', 'TEST\nkey'],
	['a header of its own', 'TEST\r\nX-Other: 1'],
	['a control character', 'TEST\u0000key'],
	['a delete character', 'TEST\u007fkey'],
	['a letter beyond ASCII', 'TESTé'],
	['a full-width letter', 'ＴEST'],
])('a key with %s is told, and not repeated', (_name, key) => {
	const details = toldOf(key);
	expect(details).toEqual({
		message: "The 'API Key' of the 'ShipEngine API' credential cannot be used",
		description:
			'Nothing was sent. It has a space, or a character that no key has. Copy it again from the ShipStation API dashboard.',
		reasons: [{ code: 'api_key_unusable', field: null, message: details.message }],
	});
	expect(JSON.stringify(details)).not.toContain('TEST');
});

test.each(NOTHING)('a key that is %s is told to be empty', (_name, nothing) => {
	const { description } = toldOf(nothing);
	expect(description).toBe(
		'Nothing was sent. It is empty. Copy it again from the ShipStation API dashboard.',
	);
});

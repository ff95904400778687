import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import {
	accepted,
	digitsOfForm,
	email,
	isNothing,
	optionalText,
	requiredText,
	textOfForm,
} from '../../../../nodes/ShipEngine/values/validation';
import { NOTHING, NOT_TEXT, codeOf } from '../support';

/** Text of which nobody sees anything. */
const UNSEEN: Array<[string, string]> = [
	['a zero-width space', '\u200b'],
	['marks of direction', '\u202a\u200e\u202c'],
	['a byte order mark and spaces', ' \ufeff \u00a0'],
	['control characters', '\u0000\u001b\u0085'],
	['joiners with nothing to join', '\u200c\u200d'],
	['a filler that counts as a letter', '\u3164'],
	['an empty pattern of Braille', '\u2800'],
	['a selector of variants', '\ufe0f'],
	['a page of them', '\u2060'.repeat(10_000)],
];

describe('isNothing', () => {
	test.each([...NOTHING, ...UNSEEN])('%s is nothing', (_name, value) => {
		expect(isNothing(value)).toBe(true);
	});

	test.each([['zero', 0], ...NOT_TEXT, ['text', 'a'], ['text with spaces around', ' a ']])(
		'%s is something',
		(_name, value) => {
			expect(isNothing(value)).toBe(false);
		},
	);
});

test.each(['Jos\ufffd Pe\ufffda', 'Nathan \ud800 Smith', '\udc00'])('%j is damaged', (value) => {
	for (const check of [optionalText, requiredText, email]) {
		expect(codeOf(check(value))).toBe('damaged_text');
	}
});

test('whole characters of two halves are not', () => {
	expect(optionalText('Ana 😀')).toBe('Ana 😀');
});

describe('text', () => {
	const TEXTS: Array<[name: string, value: unknown, text: string]> = [
		['text', 'Suite 300', 'Suite 300'],
		['text with spaces around', '\t Suite  300 \n', 'Suite  300'],
		['letters beyond ASCII', 'Café Zürich 東京', 'Café Zürich 東京'],
		['text with leading zeros', '007', '007'],
		['a number', 300, '300'],
		['zero', 0, '0'],
		['a negative number', -1.5, '-1.5'],
		["a name that is also an object's", '__proto__', '__proto__'],
		['the longest text', 'x'.repeat(255), 'x'.repeat(255)],
		['text that is too long only by the spaces around', `a${' '.repeat(300)}`, 'a'],
		['text that is too long only by what is not seen', `a${'\u200b'.repeat(300)}b`, 'ab'],
		['text copied with marks of direction', '\u202aNathan Smith\u202c', 'Nathan Smith'],
		['text with a zero-width space within', 'Nathan\u200b Smith', 'Nathan Smith'],
		['text with control characters', 'Na\u0000than\u001b Smith', 'Nathan Smith'],
		['text with a soft hyphen', 'Marathon\u00ad Blvd', 'Marathon Blvd'],
		['text in two lines', 'Nathan\r\nSmith', 'Nathan Smith'],
		['text with a line break among spaces', 'Nathan \n  Smith', 'Nathan Smith'],
		['text with a tab', 'Nathan\tSmith', 'Nathan Smith'],
		['text with line breaks of other systems', 'a\u0085b\u2028c', 'a b c'],
		['spaces of all kinds around', '\u00a0\u3000a b\u2003\u200b', 'a b'],
		['an emoji of several', '👩‍👧 Shop', '👩‍👧 Shop'],
		['a Persian word', 'می\u200cخواهم', 'می\u200cخواهم'],
		['a joiner in a Latin word', 'Nat\u200dhan', 'Nathan'],
		['joiners at the ends', '\u200d東京\u200c', '東京'],
	];

	test.each(TEXTS)('%s is taken', (_name, value, text) => {
		expect([optionalText(value), requiredText(value)]).toEqual([text, text]);
	});

	test.each([...NOTHING, ...UNSEEN])('%s: only where the field is optional', (_name, value) => {
		expect(optionalText(value)).toBe('');
		expect(requiredText(value)).toEqual(new Mistake('field_value_required'));
	});

	test.each(NOT_TEXT)('%s is no text', (_name, value) => {
		const mistake = new Mistake('not_text');
		expect([optionalText(value), requiredText(value)]).toEqual([mistake, mistake]);
	});

	test.each([256, 10_000_000])('%i characters are too many', (length) => {
		const mistake = new Mistake('invalid_string_length', { longest: 255 });
		const text = 'x'.repeat(length);
		expect([optionalText(text), requiredText(text)]).toEqual([mistake, mistake]);
	});
});

describe('textOfForm', () => {
	const vowels = textOfForm(
		(text) => (/^[aeiou]+$/.test(text) ? `<${text}>` : undefined),
		'not_email',
	);

	test('gives what was read', () => {
		expect(vowels(' aei ')).toBe('<aei>');
	});

	test('says which form it should be', () => {
		expect(vowels('xyz')).toEqual(new Mistake('not_email'));
	});

	test.each([...NOTHING, ...NOT_TEXT])('does not read %s', (_name, value) => {
		const read = jest.fn();
		expect(codeOf(textOfForm(read, 'not_email')(value))).toBeDefined();
		expect(read).not.toHaveBeenCalled();
	});
});

describe('digitsOfForm', () => {
	const three = digitsOfForm((digits) => (digits.length === 3 ? digits : undefined), 'not_phone');

	test.each([
		['bare', '123'],
		['as a number', 123],
		['spaced', ' 1 2\u00a03 '],
		['with dashes of all kinds', '1-2\u20113'],
		['with dots and bullets', '1.2•3'],
		['with middle dots', '1·2·3'],
		['with slashes and underscores', '1/2_3'],
		['with marks of direction', '\u202a123\u202c'],
		['full-width', '１２３'],
	])('%s', (_name, value) => {
		expect(three(value)).toBe('123');
	});

	test.each([-123, 12.3, -0.12, Number.NaN])('the number %p is another', (value) => {
		expect(three(value)).toEqual(new Mistake('not_phone'));
	});
});

describe('email', () => {
	test.each([
		'john.doe@example.com',
		'a@b.co',
		'first+tag@sub.domain.example.com',
		"o'brien@example.com",
		'UPPER@EXAMPLE.COM',
		'jörg@müller.example',
		'1@2.3',
	])('%s is taken as it is', (address) => {
		expect(email(` ${address} `)).toBe(address);
	});

	test.each([
		'john',
		'john@',
		'@example.com',
		'john@example',
		'john@.com',
		'john@example.',
		'john@example..com',
		'john@@example.com',
		'john@doe@example.com',
		'john doe@example.com',
		'john@exam ple.com',
		'a@b.co, c@d.co',
		'a@b.co;c@d.co',
		'a@b.co,b',
		'a@b,co',
		'a@b.co>',
		'<a@b.co',
		'<a@b.co> <c@d.co>',
		'a@b.co <c@d.co>',
		'<>',
		...[
			'(ann@example.com)',
			'[a@b.co]',
			'a@b.co/',
			'a@b.co|',
			'a@b.co/bob',
			'«a@b.co»',
			'…a@b.co',
			'•a@b.co',
		],
		'mailto:',
		'mailto:a@b.co?subject=x y',
	])("'%s' is refused", (address) => {
		expect(codeOf(email(address))).toMatch(/^(not_email|damaged_text|not_a_value)$/);
	});

	test.each([
		['john@example.com\u200b'],
		['\ufeffjohn@\u2060example.com'],
		['mailto:john@example.com'],
		['MAILTO:john@example.com'],
		['<john@example.com>'],
		['<mailto:john@example.com>'],
		['John Doe <john@example.com>'],
		['"Doe, John" < john@example.com >'],
		["'john@example.com'"],
		["'john@example.com"],
		['\u201cjohn@example.com\u201d'],
		['john@example.com,'],
		['John Doe <john@example.com>;'],
		['john@example.com.'],
	])('%j is taken as the address in it', (entered) => {
		expect(email(entered)).toBe('john@example.com');
	});

	test('a number is refused for its form', () => {
		expect(codeOf(email(5124854282))).toBe('not_email');
	});

	test.each(NOTHING)('%s is missing', (_name, value) => {
		expect(codeOf(email(value))).toBe('field_value_required');
	});

	test.each(NOT_TEXT)('%s is refused', (_name, value) => {
		expect(codeOf(email(value))).toBe('not_text');
	});
});

describe('accepted terms', () => {
	const WORDS = [
		...['true', 'TRUE', 'yes', ' Yes ', 'Yes!', 'y', 'on', '1', 'ok', 'Okay', 'checked'],
		...['agree', 'I agree', 'i agree.', 'agreed', 'I accept', 'accepted', 'We accept'],
		...['I accept the terms of Stamps.com and USPS', 'I hereby agree to the terms'],
		...['☑ I agree', '[x] I accept', 'I agree to the Terms & Conditions of Stamps.com (USPS).'],
		...['Yes, I agree', 'Accept the terms', 'I have read and accept the terms'],
		...['\u200bI\u00a0agree\u200b', 'I agree to the payment of postage'],
	];

	const OTHER_WORDS = [
		...['false', 'no', 'off', '0', 'n', 'x', 'truely', 'not true', 'yes and no', 'Terms'],
		...['disagree', 'I do not agree', "I don't accept", 'I don’t accept', 'I agree to nothing'],
		...['I accept no terms', 'I agree, but later', 'I agree only if it is free', 'Not accepted'],
		...["I accept that I can't refuse", 'accepted: false', 'Agree to terms: 0', 'agreeable'],
		...[
			'☐ I agree',
			'[ ] I agree',
			'✗ I agree',
			'accept: ☐',
			'I agree: unticked',
			'I agree - unchecked',
		],
		...[
			'Accept terms: N',
			'Agree (Y/N): N',
			'agree nope',
			'accepted (revoked)',
			'Accepted: pending',
		],
		...['accepted, provided that', 'agreed in part', 'agreed?', 'accept undefined', '=TRUE()'],
		...['Yes please', 'I like it', 'Newsletter', '.', 'acceptance'],
	];

	test.each([
		['true', true],
		['the number 1', 1],
		['two ticked boxes', ['I agree', 'Yes, I accept the terms']],
		['a list of true', [true]],
		...[...WORDS].map((word): [string, unknown] => [`'${word}'`, word]),
		...[...WORDS].map((word): [string, unknown] => [`a box with '${word}'`, [word]]),
	])('%s counts', (_name, value) => {
		expect(accepted(value)).toBe(true);
	});

	test.each([
		...NOTHING,
		...UNSEEN,
		...NOT_TEXT.filter(([name]) => name !== 'true'),
		['zero', 0],
		['another number', 2],
		['a bigint of one', 1n],
		['an object with the right words', { true: true, yes: 'yes' }],
		['a list with an empty list', [[]]],
		['a list in a list', [['yes']]],
		['a list with nothing', [null]],
		['a list with a hole', new Array(1)],
		['a list with a false', [true, false]],
		['a list with an object', [{ yes: true }]],
		['a box of another meaning', ['I agree', 'Newsletter']],
		...[...OTHER_WORDS].map((word): [string, unknown] => [`'${word}'`, word]),
		...[...OTHER_WORDS, ''].map((word): [string, unknown] => [`a box with '${word}'`, [word]]),
	])('%s does not count', (_name, value) => {
		expect(accepted(value)).toEqual(new Mistake('terms_not_accepted'));
	});
});

// A tenth of a second; what is not linear takes minutes, and is seen by that.
test('a megabyte of anything comes to a short text or to a mistake', () => {
	for (const unit of ['x', ' ', '\n', '\u200b', '\u200d', '<', 'yes ', 'i agree ', ', ']) {
		const text = unit.repeat(1_000_000 / unit.length);
		for (const check of [optionalText, email, accepted]) {
			const read = check(`a${text}b`);
			expect(codeOf(read) ?? String(read).length <= 255).toBeTruthy();
		}
	}
});

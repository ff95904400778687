import {
	Mistake,
	accepted,
	email,
	isNothing,
	optionalText,
	requiredText,
	textOfForm,
} from '../../../nodes/ShipEngine/shared/validation';
import { NOTHING, NOT_TEXT, codeOf } from './support';

describe('isNothing', () => {
	test.each(NOTHING)('%s is nothing', (_name, value) => {
		expect(isNothing(value)).toBe(true);
	});

	test.each([['zero', 0], ...NOT_TEXT, ['text', 'a'], ['text with spaces around', ' a ']])(
		'%s is something',
		(_name, value) => {
			expect(isNothing(value)).toBe(false);
		},
	);
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
	];

	test.each(TEXTS)('%s is taken', (_name, value, text) => {
		expect([optionalText(value), requiredText(value)]).toEqual([text, text]);
	});

	test.each(NOTHING)('%s may be left out only where the field is optional', (_name, value) => {
		expect(optionalText(value)).toBe('');
		expect(requiredText(value)).toEqual(new Mistake('field_value_required', 'is empty'));
	});

	test.each(NOT_TEXT)('%s is no text', (_name, value) => {
		const mistake = new Mistake('invalid_field_value', 'must be text');
		expect([optionalText(value), requiredText(value)]).toEqual([mistake, mistake]);
	});

	test.each([256, 10_000_000])('%i characters are too many', (length) => {
		const mistake = new Mistake('invalid_string_length', 'is longer than 255 characters');
		const text = 'x'.repeat(length);
		expect([optionalText(text), requiredText(text)]).toEqual([mistake, mistake]);
	});
});

describe('textOfForm', () => {
	const vowels = textOfForm((text) => (/^[aeiou]+$/.test(text) ? `<${text}>` : undefined), 'sings');

	test('gives what was read', () => {
		expect(vowels(' aei ')).toBe('<aei>');
	});

	test('says which form it should be', () => {
		expect(vowels('xyz')).toEqual(new Mistake('invalid_field_value', 'sings'));
	});

	test.each([...NOTHING, ...NOT_TEXT])('does not read %s', (_name, value) => {
		const read = jest.fn();
		expect(codeOf(textOfForm(read, 'sings')(value))).toBeDefined();
		expect(read).not.toHaveBeenCalled();
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
		'John Doe <john@example.com>',
	])("'%s' is refused", (address) => {
		expect(codeOf(email(address))).toBe('invalid_field_value');
	});

	test('a number is refused for its form', () => {
		expect(codeOf(email(5124854282))).toBe('invalid_field_value');
	});

	test.each(NOTHING)('%s is missing', (_name, value) => {
		expect(codeOf(email(value))).toBe('field_value_required');
	});

	test.each(NOT_TEXT)('%s is refused', (_name, value) => {
		expect(codeOf(email(value))).toBe('invalid_field_value');
	});
});

describe('accepted terms', () => {
	test.each([
		['true', true],
		['the number 1', 1],
		["'true'", 'true'],
		["'TRUE'", 'TRUE'],
		["'yes'", 'yes'],
		["' Yes '", ' Yes '],
		["'on'", 'on'],
		["'1'", '1'],
		['a ticked checkbox of a form', ['I agree']],
		['two ticked checkboxes', ['Terms', 'Newsletter']],
	])('%s counts', (_name, value) => {
		expect(accepted(value)).toBe(true);
	});

	test.each([
		...NOTHING,
		...NOT_TEXT.filter(([name]) => !['true', 'a list of text', 'nested lists'].includes(name)),
		['zero', 0],
		['another number', 2],
		["'false'", 'false'],
		["'no'", 'no'],
		["'off'", 'off'],
		["'0'", '0'],
		["'y'", 'y'],
		["'truely'", 'truely'],
		["'not true'", 'not true'],
		["'agreed'", 'agreed'],
		['an object with the right words', { true: true, yes: 'yes' }],
	])('%s does not count', (_name, value) => {
		expect(accepted(value)).toEqual(
			new Mistake('terms_not_accepted', 'has to be accepted before registering'),
		);
	});
});

import { CARD_FIELDS } from '../../../nodes/ShipEngine/shared/cardFields';
import { type CheckedField, Checklist } from '../../../nodes/ShipEngine/shared/checklist';
import { Failure } from '../../../nodes/ShipEngine/shared/failure';
import { Mistake, optionalText, requiredText } from '../../../nodes/ShipEngine/shared/validation';
import { TEST_CARDS } from './support';

const NAME = { field: 'address.name', label: 'Name' };

const field = (key: string, check: CheckedField['check'], label = key): CheckedField => ({
	key,
	check,
	property: { displayName: label, name: key, type: 'string', default: '' },
});

/** What settling throws. */
function settled(checklist: Checklist, carrierId?: string): Failure {
	try {
		checklist.settle('The code was not sent', carrierId);
	} catch (error) {
		if (error instanceof Failure) return error;
		throw error;
	}
	throw new Error('Nothing was thrown');
}

describe('one value', () => {
	test('that is right comes back as the check made it', () => {
		const checklist = new Checklist();
		expect(checklist.check(NAME, ' John ', requiredText)).toBe('John');
		expect(checklist.check(NAME, 5, () => 7)).toBe(7);
		expect(checklist.mistakes).toEqual([]);
	});

	test('that is wrong is noted, in a sentence that begins with its label', () => {
		const checklist = new Checklist();
		expect(checklist.check(NAME, '', requiredText)).toBeUndefined();
		expect(checklist.mistakes).toEqual([
			{ code: 'field_value_required', field: 'address.name', message: "'Name' is empty" },
		]);
	});
});

describe('an object of the body', () => {
	const FIELDS = [
		field('first', requiredText, 'First'),
		field('second', optionalText, 'Second'),
		field('third', (value) => (value === 'no' ? new Mistake('x', 'says no') : true), 'Third'),
	];

	test('holds what is right, without what is empty', () => {
		const checklist = new Checklist();
		const entered: Record<string, unknown> = { first: ' 1 ', second: ' ', third: 'yes' };
		expect(checklist.checkObject('', FIELDS, ({ key }) => entered[key])).toEqual({
			first: '1',
			third: true,
		});
		expect(checklist.mistakes).toEqual([]);
	});

	test('holds nothing that is wrong, and every mistake is noted under its path', () => {
		const checklist = new Checklist();
		const entered: Record<string, unknown> = { second: [], third: 'no' };
		expect(checklist.checkObject('address.', FIELDS, ({ key }) => entered[key])).toEqual({});
		expect(checklist.mistakes).toEqual([
			{ code: 'field_value_required', field: 'address.first', message: "'First' is empty" },
			{ code: 'invalid_field_value', field: 'address.second', message: "'Second' must be text" },
			{ code: 'x', field: 'address.third', message: "'Third' says no" },
		]);
	});

	test('shows each check what stands before it and is right', () => {
		const seen: unknown[] = [];
		const look = (value: unknown, before: unknown) => {
			seen.push(structuredClone(before));
			return requiredText(value);
		};
		const fields = ['a', 'b', 'c', 'd'].map((key) => field(key, look));
		const entered: Record<string, unknown> = { a: '1', b: '', c: '3', d: '4' };
		new Checklist().checkObject('', fields, ({ key }) => entered[key]);
		expect(seen).toEqual([{}, { a: '1' }, { a: '1' }, { a: '1', c: '3' }]);
	});
});

describe('settling', () => {
	test('passes where nothing is wrong', () => {
		expect(() => new Checklist().settle('The code was not sent', 'se-1')).not.toThrow();
	});

	test('says what one field is', () => {
		const checklist = new Checklist();
		checklist.check(NAME, '', requiredText);
		expect(settled(checklist).details).toEqual({
			message: "The code was not sent: 'Name' is empty",
			description:
				"'Name' is empty. Nothing was sent to the API. Correct the input and run this item again.",
			reasons: [
				{ code: 'field_value_required', field: 'address.name', message: "'Name' is empty" },
			],
			carrierId: undefined,
		});
	});

	test('says what all fields are, at once', () => {
		const checklist = new Checklist();
		checklist.check(NAME, '', requiredText);
		checklist.note({ field: 'phone', label: 'Phone' }, new Mistake('x', 'rings'));
		checklist.note({ field: 'code', label: 'Code' }, new Mistake('y', 'hides'));
		const { details } = settled(checklist, 'se-1');
		expect(details.message).toBe('The code was not sent: 3 fields have to be corrected');
		expect(details.description).toBe(
			"'Name' is empty. 'Phone' rings. 'Code' hides. Nothing was sent to the API. Correct the input and run this item again.",
		);
		expect(details.reasons.map(({ field: name }) => name)).toEqual([
			'address.name',
			'phone',
			'code',
		]);
		expect(details.carrierId).toBe('se-1');
	});
});

describe('a card', () => {
	beforeEach(() => jest.useFakeTimers({ now: new Date('2028-07-31T12:00:00Z') }));
	afterEach(() => jest.useRealTimers());

	const GOOD: Record<string, unknown> = {
		name: 'my credit card',
		number: '4111 1111 1111 1111',
		type: 'detect',
		expiration_year: '28',
		expiration_month: 7,
	};

	function check(changes: Record<string, unknown>) {
		const checklist = new Checklist();
		const entered: Record<string, unknown> = { ...GOOD, ...changes };
		const card = checklist.checkObject('credit_card.', CARD_FIELDS, ({ key }) => entered[key]);
		return { card, wrong: checklist.mistakes.map(({ code, field: name }) => [name, code]) };
	}

	test.each(TEST_CARDS)('%s %s as the API takes it', (type, number) => {
		expect(check({ number })).toEqual({
			card: {
				name: 'my credit card',
				number,
				type,
				expiration_year: '2028',
				expiration_month: '07',
			},
			wrong: [],
		});
	});

	test('of the documentation', () => {
		expect(Object.keys(check({}).card)).toEqual([
			'name',
			'number',
			'type',
			'expiration_year',
			'expiration_month',
		]);
	});

	const [NAMED, NUMBER, TYPE, YEAR, MONTH] = [
		'name',
		'number',
		'type',
		'expiration_year',
		'expiration_month',
	].map((key) => `credit_card.${key}`);
	const [EMPTY, INVALID] = ['field_value_required', 'invalid_field_value'];

	test.each([
		['no name', { name: '' }, [[NAMED, EMPTY]]],
		['no number', { number: '' }, [[NUMBER, EMPTY]]],
		['a wrong number', { number: '4111111111111112' }, [[NUMBER, INVALID]]],
		['an unknown brand', { number: '3530111333300000' }, [[TYPE, INVALID]]],
		['an unknown brand that is set', { number: '3530111333300000', type: 'JCB' }, []],
		['last month', { expiration_month: '6' }, [[MONTH, INVALID]]],
		['next month', { expiration_month: '8' }, []],
		['last year', { expiration_year: '27', expiration_month: '12' }, [[YEAR, INVALID]]],
		[
			'a year past and a month past',
			{ expiration_year: '27', expiration_month: '6' },
			[[YEAR, INVALID]],
		],
		['a year too far ahead', { expiration_year: '99', expiration_month: '6' }, [[YEAR, INVALID]]],
		['a type that does not fit', { type: 'MasterCard' }, [[TYPE, INVALID]]],
		[
			'a type in words, and a wrong number',
			{ number: '4111111111111112', type: 'visa' },
			[[NUMBER, INVALID]],
		],
		['no year', { expiration_year: '' }, [[YEAR, EMPTY]]],
		['no month', { expiration_month: '' }, [[MONTH, EMPTY]]],
		[
			'a wrong year and month',
			{ expiration_year: '1', expiration_month: '13' },
			[
				[YEAR, INVALID],
				[MONTH, INVALID],
			],
		],
		[
			'nothing at all',
			{ name: '', number: '', type: '', expiration_year: '', expiration_month: '' },
			[
				[NAMED, EMPTY],
				[NUMBER, EMPTY],
				[YEAR, EMPTY],
				[MONTH, EMPTY],
			],
		],
	])('with %s', (_name, changes, wrong) => {
		expect(check(changes).wrong).toEqual(wrong);
	});
});

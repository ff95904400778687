import { CARD_FIELDS } from '../../../../nodes/ShipEngine/input/cardFields';
import { Checklist } from '../../../../nodes/ShipEngine/input/checklist';
import { TEST_CARDS } from '../support';

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
	const EMPTY = 'field_value_required';

	test.each([
		['no name', { name: '' }, [[NAMED, EMPTY]]],
		['no number', { number: '' }, [[NUMBER, EMPTY]]],
		['a wrong number', { number: '4111111111111112' }, [[NUMBER, 'not_card_number']]],
		['an unknown brand', { number: '3530111333300000' }, [[TYPE, 'brand_unknown']]],
		['an unknown brand that is set', { number: '3530111333300000', type: 'JCB' }, []],
		['last month', { expiration_month: '6' }, [[MONTH, 'card_expired']]],
		['next month', { expiration_month: '8' }, []],
		['last year', { expiration_year: '27', expiration_month: '12' }, [[YEAR, 'card_expired']]],
		[
			'a year past and a month past',
			{ expiration_year: '27', expiration_month: '6' },
			[[YEAR, 'card_expired']],
		],
		[
			'a year too far ahead',
			{ expiration_year: '99', expiration_month: '6' },
			[[YEAR, 'expiry_too_far']],
		],
		['a type that does not fit', { type: 'MasterCard' }, [[TYPE, 'brand_mismatch']]],
		[
			'a type in words, and a wrong number',
			{ number: '4111111111111112', type: 'visa' },
			[[NUMBER, 'not_card_number']],
		],
		['no year', { expiration_year: '' }, [[YEAR, EMPTY]]],
		['no month', { expiration_month: '' }, [[MONTH, EMPTY]]],
		[
			'a wrong year and month',
			{ expiration_year: '1', expiration_month: '13' },
			[
				[YEAR, 'not_year'],
				[MONTH, 'not_month'],
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

import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { checkPaymentCard } from '../../../../nodes/ShipEngine/credentialTests/checkPaymentCard';
import { FOREIGN_CARDS, TEST_CARDS } from '../support';

beforeEach(() => jest.useFakeTimers({ now: new Date('2028-07-31T12:00:00Z') }));
afterEach(() => jest.useRealTimers());

const GOOD: ICredentialDataDecryptedObject = {
	cardName: 'my credit card',
	cardNumber: '4111111111111111',
	cardType: 'detect',
	cardExpirationYear: '2028',
	cardExpirationMonth: '07',
	baseUrl: 'https://api.shipengine.com',
};

/** Anything that the test asks of n8n, a request above all, fails it. */
const UNUSED = {} as ICredentialTestFunctions;

const check = (data: ICredentialDataDecryptedObject | undefined) =>
	checkPaymentCard.call(UNUSED, {
		id: '2',
		name: 'Card',
		type: 'shipEnginePaymentCardApi',
		...(data && { data }),
	});

test.each(TEST_CARDS)('%s %s is well-formed', async (_brand, cardNumber) => {
	expect(await check({ ...GOOD, cardNumber })).toEqual({
		status: 'OK',
		message: expect.stringMatching(/\.$/),
	});
});

test.each(FOREIGN_CARDS)('%s %s is, once its type is set', async (_network, cardNumber) => {
	expect(await check({ ...GOOD, cardNumber })).toMatchObject({ status: 'Error' });
	expect(await check({ ...GOOD, cardNumber, cardType: 'Other' })).toMatchObject({ status: 'OK' });
});

test.each([
	['no name', { cardName: '' }, "'Card Name' is empty."],
	['no number', { cardNumber: '' }, "'Card Number' is empty."],
	['a mistyped number', { cardNumber: '4111111111111112' }, /^'Card Number' is not a card number/],
	[
		'an unknown brand',
		{ cardNumber: '3530111333300000' },
		/^'Card Type' must be of one of these brands/,
	],
	['no year', { cardExpirationYear: '' }, "'Card Expiration Year' is empty."],
	['a wrong year', { cardExpirationYear: '8' }, /^'Card Expiration Year' must be a year/],
	[
		'a year that is past',
		{ cardExpirationYear: '1998' },
		"'Card Expiration Year' is in the past: the card has expired.",
	],
	[
		'a type of another brand',
		{ cardType: 'MasterCard' },
		"'Card Type' does not match the card number.",
	],
	['no month', { cardExpirationMonth: '' }, "'Card Expiration Month' is empty."],
	['a wrong month', { cardExpirationMonth: '13' }, /^'Card Expiration Month' must be a month/],
	['a month that is past', { cardExpirationMonth: '06' }, /^'Card Expiration Month' .*expired/],
	['no address', { baseUrl: '' }, /^The 'Base URL' of the 'ShipEngine Payment Card' credential/],
	['a number that is no text', { cardNumber: { a: 1 } }, "'Card Number' must be text."],
] as Array<[string, ICredentialDataDecryptedObject, string | RegExp]>)(
	'%s',
	async (_name, changes, message) => {
		const result = await check({ ...GOOD, ...changes });
		expect(result.status).toBe('Error');
		if (typeof message === 'string') expect(result.message).toBe(message);
		else expect(result.message).toMatch(message);
		expect(result.message).toMatch(/[^.]\.$/);
		expect(result.message).not.toMatch(/\d{5}/);
	},
);

test('all defects at once', async () => {
	const { status, message } = await check({
		cardName: '',
		cardNumber: '4111111111111112',
		cardType: 'detect',
		cardExpirationYear: 'x',
		cardExpirationMonth: '99',
	});
	expect(status).toBe('Error');
	for (const label of [
		'Card Name',
		'Card Number',
		'Card Expiration Year',
		'Card Expiration Month',
	]) {
		expect(message).toContain(`'${label}'`);
	}
	expect(message).not.toMatch(/4111|99/);
});

test.each([
	['nothing stored', undefined],
	['an empty credential', {}],
])('%s', async (_name, data) => {
	expect(await check(data)).toMatchObject({ status: 'Error' });
});

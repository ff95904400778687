import fc from 'fast-check';
import { masked } from '../../../../nodes/ShipEngine/failures/masking';
import { holdsCardNumber } from '../../../../nodes/ShipEngine/values/paymentCard';

/** What only looks like a card number is judged where it stands: an email address, an ID of the API's form. */

/** A run of a few seconds. `RUNS=200000 SEED=7` looks longer. */
const RUNS = {
	numRuns: Number(process.env.RUNS ?? 10_000),
	seed: Number(process.env.SEED ?? 20_261_128),
};

const SECRETS = [[], ['123456'], ['4012888888881881', '654321', 'TEST_aBc123+/.$^*()']];

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
const digits = fc.stringMatching(/^\d{1,20}$/);

const address = fc
	.tuple(
		fc.oneof(
			fc
				.tuple(word, fc.constantFrom('.', '_', '-', '+', ''), digits)
				.map((parts) => parts.join('')),
			fc.tuple(word, word, digits).map(([one, two, tag]) => `${one}.${two}+${tag}`),
			digits,
			word,
		),
		fc.oneof(
			fc.constantFrom('example.com', 'example.org', 'mail.example.co.uk'),
			fc.tuple(word, digits).map(([name, more]) => `${name}${more}.example.com`),
		),
	)
	.map((parts) => parts.join('@'))
	// Halves of a card number are hidden, to be safe.
	.filter((text) => !/\d{8}[^\da-z]\d{8}|\d{10}[^\da-z]\d{5}/.test(text));

const hex = (length: number) =>
	// Half of them with so many digits that they can hold a card number.
	fc.oneof(
		fc.stringMatching(new RegExp(`^[\\da-f]{${length}}$`)),
		fc.stringMatching(new RegExp(`^[\\d]{${length}}$`)),
	);

const uuid = fc
	.tuple(fc.constantFrom('a', 'c0ffee'), hex(8), hex(4), hex(3), hex(3), hex(12))
	.map(([letters, first, ...[second, third, fourth, last]]) =>
		[letters + first.slice(letters.length), second, `4${third}`, `8${fourth}`, last].join('-'),
	);

const id = fc.oneof(
	uuid,
	uuid.map((text) => text.toUpperCase()),
	fc.stringMatching(/^se-[1-9]\d{0,21}$/),
	fc.stringMatching(/^vfn_[1-9A-HJ-NP-Za-km-z]{22}$/),
);

const sentence = fc.constantFrom<Array<(text: string) => string>>(
	(text) => text,
	(text) => `Request ID for ShipStation's support: ${text}`,
	(text) => `${text} exists already.`,
	(text) => `{"id":"${text}","status":400}`,
	(text) => `'${text}' (5 tries, 512-485-4282)`,
	(text) => `?email=${text}`,
	(text) => `?email=${encodeURIComponent(text)}&x=1`,
	(text) => `req-${text}`,
);

test.each([
	['addresses', address],
	['IDs', id],
])('%s stay as they are', (_what, texts) => {
	let risky = 0;
	fc.assert(
		fc.property(texts, sentence, fc.constantFrom(...SECRETS), (text, within, secrets) => {
			if (holdsCardNumber(text.replace(/\D/g, ''))) risky += 1;
			expect(masked(within(text), secrets)).toBe(within(text));
		}),
		RUNS,
	);
	// Otherwise it would show nothing.
	expect(risky).toBeGreaterThan(RUNS.numRuns / 10);
});

test('the address of the report', () => {
	const text = 'john+1795800123456@example.com';
	expect(masked(text, [])).toBe(text);
});

const VISA = '4111111111111111';

describe('a card number that stands beside a name, or looks like one, is hidden', () => {
	test.each([
		`${VISA}@`,
		`${VISA} @example.com`,
		'4111 1111 1111 1111@example.com',
		'a@b.example 4111 1111, 1111 1111@example.com',
		'4111-1111-1111-1111@example.com',
		'4111_1111_1111_1111@example.com',
		'4111+1111+1111+1111@example.com',
		'4111/1111/1111/1111@example.com',
		'4111=1111=1111=1111@example.com',
		'4111%201111%201111%201111@example.com',
		'4111 1111 1111  1111@example.com',
		'4111\u00a01111\u00a01111\u00a01111@example.com',
		'4111 1111 1111-1111@example.com',
		'41111111: 11111111@example.com',
		'4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1@example.com',
		`card=${VISA}&email=a@example.com`,
		`card=${VISA}&cvv=123&exp=12/28&email=a@example.com`,
		`number='${VISA}'&email='a@example.com'`,
		`${VISA}|a@example.com`,
		`${VISA}/a@example.com`,
		`${VISA}=2907101?a@example.com`,
		`https://user:${VISA}@host.example.com/`,
		`a@example.com.4111 1111 1111 1111`,
		`a@example.com-${VISA}`,
		`a@example.com${VISA}`,
		`purchase-${VISA}`,
		'se-4111 1111 1111 1111',
		'se-4111-1111-1111-1111',
		'se-41111111, 11111111',
		'se-4111\t111111111111',
		'se-4111&nbsp;1111&nbsp;1111&nbsp;1111',
	])('%j', (text) => {
		const told = masked(text, []);
		expect(told).toContain('[hidden]');
		expect(told.replace(/\D/g, '')).not.toContain('1111111');
	});

	test.each(['3782.822463.10005@example.com', '3782822463-10005@example.com'])('%j', (text) => {
		expect(masked(text, [])).toBe('[hidden]@example.com');
	});
});

test.each([
	'john%2B1795800139294%40example.com',
	'{"email":"john\\u002b1795800139294\\u0040example.com"}',
	'john&#43;1795800139294&#64;example.com',
	'john+1795800123456@münchen.example',
	'409 1795800139294@example.com is taken',
	'409 se-1795800155132',
	'req-9f8b1795-8001-4234-8561-179580012345',
])('%j stays', (text) => {
	expect(masked(text, [])).toBe(text);
});

test('one that is known is hidden there as well', () => {
	const number = '4012888888881881';
	for (const text of [`${number}@example.com`, `john+${number}@example.com`, `se-${number}`]) {
		expect(masked(text, [number])).not.toContain(number.slice(6, -4));
	}
});

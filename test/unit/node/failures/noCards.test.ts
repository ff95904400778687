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
	.map((parts) => parts.join('@'));

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

test.each([
	['4111111111111111', 'is no address without a host', '4111111111111111@'],
	['4111111111111111', 'is no address with a space', '4111111111111111 @example.com'],
	['4111111111111111', 'begins outside of it', '4111 1111 1111 1111@example.com'],
	['4111111111111111', 'begins in another one', 'a@b.example 4111 1111, 1111 1111@example.com'],
	['4111111111111111', 'stands there as on a card', '4111-1111-1111-1111@example.com'],
	['378282246310005', 'stands there as on a card', '3782.822463.10005@example.com'],
	['4111111111111111', 'is spread in it', '4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1@example.com'],
	['4111111111111111', 'is no ID but a word', 'purchase-4111111111111111'],
	['4111111111111111', 'goes on behind an ID', 'se-4111 1111 1111 1111'],
	['4111111111111111', 'has more in its ID than an ID has', 'se-4111-1111-1111-1111'],
])('a card number %s that %s is hidden: %s', (number, _how, text) => {
	const told = masked(text, []);
	expect(told).toContain('[hidden]');
	expect(told.replace(/\D/g, '')).not.toContain(number.slice(6, -4));
});

test('one that is known is hidden there as well', () => {
	const number = '4012888888881881';
	for (const text of [`${number}@example.com`, `john+${number}@example.com`, `se-${number}`]) {
		expect(masked(text, [number])).not.toContain(number.slice(6, -4));
	}
});

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
} from '../../../../nodes/ShipEngine/input/registrationFields';
import { FOREIGN_CARDS, TEST_CARDS } from '../support';
import { call, post, registration } from './calling';

/** A registration may hold no card number that anybody can read: what is put out is stored. */

const NUMBERS = [...TEST_CARDS, ...FOREIGN_CARDS].map(([, number]) => number);

const FIELDS = [...ACCOUNT_FIELDS, ...ADDRESS_FIELDS].map(({ key }) => key);

const number = fc.constantFrom(...NUMBERS);

const spread = fc
	.tuple(number, fc.constantFrom('', ' ', '-', '.', ' - ', '\u00a0', '\u200b', '%20', '/'))
	.map(([digits, separator]) => [...digits].join(separator));

/** A card number as it is, spread, in other digits, or within a sentence. */
const clear = fc.oneof(
	number,
	spread,
	number.map((digits) =>
		String.fromCodePoint(...[...digits].map((digit) => 0xff10 + Number(digit))),
	),
	fc.tuple(fc.constantFrom('card ', 'x', '<', '\n'), spread).map((parts) => parts.join('')),
	fc.tuple(spread, fc.constantFrom(' exp 07/28', 'x', '>', ' ')).map((parts) => parts.join('')),
);

/** A body that holds one somewhere: in a field of the page, of another name, deeper, or as a name. */
const hostile = fc.oneof(
	fc.tuple(fc.constantFrom(...FIELDS), clear).map(([key, text]) => ({ [key]: text })),
	fc.tuple(fc.string(), clear).map(([key, text]) => ({ [key]: text })),
	clear.map((text) => ({ [text]: 'x' })),
	number.map((digits) => ({ phone: Number(digits) })),
	fc
		.tuple(fc.constantFrom('credit_card', 'card', 'name'), clear)
		.map(([key, text]) => ({ [key]: { number: text } })),
	fc.tuple(fc.constantFrom(...FIELDS), clear).map(([key, text]) => ({ [key]: [text] })),
	clear.map((text) => ({ sealed_card: text })),
	clear.map((text) => ({ sealed_card: `e30..AAAAAAAAAAAAAAAA.${text}.AAAAAAAAAAAAAAAAAAAAAA` })),
	number.map((digits) => ({
		sealed_card: `e30..${digits.padEnd(16, 'A').slice(0, 16)}.AAAA.AAAAAAAAAAAAAAAAAAAAAA`,
	})),
	number.map((digits) => ({
		sealed_card: `${digits}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA`,
	})),
);

test('wherever it stands, nothing is put out and nothing of it is repeated', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, fc.boolean(), async (more, isText) => {
			const body = await registration(more as IDataObject);
			const answered = isText
				? await post(body)
				: await call({ method: 'POST', body: JSON.parse(JSON.stringify(body)) as object });
			expect(answered).toMatchObject({ status: 400, items: undefined });
			const digits = answered.body.normalize('NFKC').replace(/\D/g, '');
			expect(NUMBERS.filter((known) => digits.includes(known))).toEqual([]);
		}),
		{ numRuns: 600, seed: 11 },
	);
});

test('it is told beside its field', async () => {
	const answered = await post(await registration({ company_name: 'card 4111 1111 1111 1111' }));
	expect(JSON.parse(answered.body)).toMatchObject({
		error: {
			errors: [{ code: 'card_number_in_text', field: 'address.company_name' }],
		},
	});
});

test('sealed cards are taken, though there are digits in them', async () => {
	for (let count = 0; count < 25; count += 1) {
		const phone = `51248542${10 + count}`;
		expect((await post(await registration({ phone }))).items).toHaveLength(1);
	}
});

import { CARD_FIELDS } from '../../../../nodes/ShipEngine/input/cardFields';
import { Checklist } from '../../../../nodes/ShipEngine/input/checklist';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import {
	carrierId,
	subAccountId,
	verificationCode,
	verificationId,
} from '../../../../nodes/ShipEngine/values/identifiers';
import { tenDigits } from '../../../../nodes/ShipEngine/values/phone';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
} from '../../../../nodes/ShipEngine/input/registrationFields';
import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import { NOT_TEXT, TEST_CARDS, randomText, seeded } from '../support';

const CHECKS = [...ACCOUNT_FIELDS, ...ADDRESS_FIELDS, ...CARD_FIELDS]
	.map(({ key, check }): [string, (value: unknown) => unknown] => [
		key,
		(value) => check(value, { number: '3530111333300000', expiration_year: '2001' }),
	])
	.concat(Object.entries({ carrierId, subAccountId, verificationId, verificationCode, tenDigits }));

const ALPHABETS = [
	'0123456789',
	'0123456789 -',
	'abcdefXYZ0189_',
	'!"#$%&/()=?@.,<>{}[]|~',
	'äß東😀',
];

describe.each(CHECKS)('what is said of %s', (_key, check) => {
	test('never holds the value, whatever that is', () => {
		const random = seeded(20_260_801);
		let mistakes = 0;
		for (let round = 0; round < 1_000; round++) {
			const alphabet = ALPHABETS[round % ALPHABETS.length]!;
			const value = randomText(random, 6 + Math.floor(random() * 300), alphabet);
			const checked = check(value);
			if (!(checked instanceof Mistake)) continue;
			mistakes++;
			expect(`${checked.code} ${checked.says}`).not.toContain(value.trim());
		}
		// Of free text only what is too long is wrong.
		expect(mistakes).toBeGreaterThan(100);
	});

	test.each(NOT_TEXT)('is the rest of a sentence for %s', (_name, value) => {
		const checked = check(value);
		const says = checked instanceof Mistake ? checked.says : 'is fine';
		expect(says).toMatch(/^(is|needs|must|has) [^.]*[^.\s]$/);
	});
});

test.each(TEST_CARDS)('a failure does not hold the %s %s that was mistyped', (_brand, number) => {
	const mistyped = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
	const entered: Record<string, string> = {
		name: '',
		number: mistyped,
		expiration_year: '1998',
		expiration_month: 'July',
	};
	const checklist = new Checklist();
	checklist.checkObject('credit_card.', CARD_FIELDS, ({ key }) => entered[key]);
	const settle = () => checklist.refuseIfWrong('The Stamps account was not registered');
	expect(settle).toThrow(Failure);
	try {
		settle();
	} catch (error) {
		expect(JSON.stringify((error as Failure).details)).not.toMatch(/\d{5}|1998|July/);
	}
});

import { type CheckedField, Checklist } from '../../../../nodes/ShipEngine/input/checklist';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import { optionalText, requiredText } from '../../../../nodes/ShipEngine/values/validation';

const NAME = { field: 'address.name', label: 'Name' };

const field = (key: string, check: CheckedField['check'], label = key): CheckedField => ({
	key,
	check,
	property: { displayName: label, name: key, type: 'string', default: '' },
});

/** What settling throws. */
function settled(checklist: Checklist, carrierId?: string): Failure {
	try {
		checklist.refuseIfWrong('The code was not sent', carrierId);
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
		field('third', (value) => (value === 'no' ? new Mistake('not_us') : true), 'Third'),
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
		expect(checklist.checkObject('address.', FIELDS, ({ key }) => entered[key])).toStrictEqual({});
		expect(checklist.mistakes).toEqual([
			{ code: 'field_value_required', field: 'address.first', message: "'First' is empty" },
			{ code: 'not_text', field: 'address.second', message: "'Second' must be text" },
			{
				code: 'not_us',
				field: 'address.third',
				message: "'Third' must be 'US': Stamps.com accounts are for US addresses only",
			},
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
	const EMPTY_NAME = {
		code: 'field_value_required',
		field: 'address.name',
		message: "'Name' is empty",
	};
	const AGAIN = 'Nothing was sent to the API. Correct the input and run this item again.';

	test('passes where nothing is wrong', () => {
		expect(() => new Checklist().refuseIfWrong('The code was not sent', 'se-1')).not.toThrow();
	});

	test('says what one field is', () => {
		const checklist = new Checklist();
		checklist.check(NAME, '', requiredText);
		expect(settled(checklist).details).toEqual({
			message: "The code was not sent: 'Name' is empty",
			description: `'Name' is empty.\n${AGAIN}`,
			reasons: [EMPTY_NAME],
			carrierId: undefined,
		});
	});

	test('says what all fields are, at once, a line each', () => {
		const checklist = new Checklist();
		checklist.check(NAME, '', requiredText);
		checklist.note({ field: 'phone', label: 'Phone' }, new Mistake('above_maximum'));
		checklist.note({ field: 'code', label: 'Code' }, new Mistake('not_verification_id'));
		const { details } = settled(checklist, 'se-1');
		expect(details.message).toBe('The code was not sent: 3 fields need to be corrected');
		expect(details.description).toBe(
			[
				"'Name' is empty.",
				"'Phone' is more than 'Maximum Amount' allows.",
				"'Code' must be the verification ID that Send Verification returned.",
				AGAIN,
			].join('\n'),
		);
		expect(details.reasons).toEqual([
			EMPTY_NAME,
			{
				code: 'above_maximum',
				field: 'phone',
				message: "'Phone' is more than 'Maximum Amount' allows",
			},
			{
				code: 'not_verification_id',
				field: 'code',
				message: "'Code' must be the verification ID that Send Verification returned",
			},
		]);
		expect(details.carrierId).toBe('se-1');
	});
});

describe('the lines', () => {
	test('of several fields that are just empty are one', () => {
		const checklist = new Checklist();
		checklist.check({ field: 'a', label: 'A' }, '', requiredText);
		checklist.note({ field: 'b', label: 'B' }, new Mistake('above_maximum'));
		checklist.check({ field: 'c', label: 'C' }, undefined, requiredText);
		expect(checklist.lines()).toEqual([
			"These are empty: 'A', 'C'.",
			"'B' is more than 'Maximum Amount' allows.",
		]);
		expect(checklist.mistakes.map(({ message }) => message)).toEqual([
			"'A' is empty",
			"'B' is more than 'Maximum Amount' allows",
			"'C' is empty",
		]);
	});

	test('of a field that is empty for a reason of its own tell the reason', () => {
		const checklist = new Checklist();
		checklist.check({ field: 'a', label: 'A' }, '', requiredText);
		checklist.note(
			{ field: 'b', label: 'B' },
			new Mistake('earlier_step_failed', { step: 'Send' }),
		);
		checklist.check({ field: 'c', label: 'C' }, '', requiredText);
		expect(checklist.lines()).toEqual([
			"These are empty: 'A', 'C'.",
			"'B' is empty: 'Send' failed for this item.",
		]);
	});

	test('are none where nothing is wrong', () => {
		expect(new Checklist().lines()).toEqual([]);
	});

	const FIELDS = [field('one', requiredText, 'One'), field('two', requiredText, 'Two')];
	const soughtFor = (names: Record<string, string | undefined>, entered: object = {}) => {
		const checklist = new Checklist();
		const given = new Map(Object.entries(entered));
		checklist.checkObject(
			'card.',
			FIELDS,
			({ key }) => given.get(key),
			({ key }) => names[key],
		);
		return checklist;
	};

	test('say which field of the item was sought in vain', () => {
		const checklist = soughtFor({ one: 'card_one' }, { two: '2' });
		expect(checklist.mistakes).toEqual([
			{
				code: 'field_value_required',
				field: 'card.one',
				message: "'One' is empty: the item has no field 'card_one'",
			},
		]);
		expect(checklist.lines()).toEqual(["'One' is empty: the item has no field 'card_one'."]);
	});

	test('say of several which of them the item does not have', () => {
		expect(soughtFor({ one: 'card_one', two: 'card_two' }).lines()).toEqual([
			"These are empty: 'One', 'Two'.",
			"The item has no field 'card_one', 'card_two'.",
		]);
		expect(soughtFor({ two: 'card_two' }).lines()).toEqual([
			"These are empty: 'One', 'Two'.",
			"The item has no field 'card_two'.",
		]);
		expect(soughtFor({}).lines()).toEqual(["These are empty: 'One', 'Two'."]);
	});
});

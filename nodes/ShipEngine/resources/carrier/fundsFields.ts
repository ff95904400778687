import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from '../../input/checklist';
import { snakeCase } from '../../input/fields';
import { asSet, parameterOf } from '../../input/parameters';
import { type Check, Mistake, isNothing } from '../../values/validation';

/** The least that the API takes, in US dollars (documented). */
const LEAST = 10;

const NOTICE: INodeProperties = {
	displayName:
		"Each item charges the account's payment card: real money, and there is no test mode. ShipStation's support has to enable it for your API key.",
	name: 'fundsNotice',
	type: 'notice',
	default: '',
};

const AMOUNT: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'number',
	typeOptions: { minValue: LEAST, numberPrecision: 2 },
	required: true,
	default: LEAST,
	description: 'How many US dollars to add, 10.00 at least',
};

const MAXIMUM: INodeProperties = {
	displayName: 'Maximum Amount',
	name: 'maximumAmount',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	required: true,
	// No item can raise it.
	noDataExpression: true,
	default: 0,
	description:
		'The most US dollars that this step may charge for an item, whatever Amount comes to',
};

const CONFIRM: INodeProperties = {
	displayName: 'Confirm Live Charge',
	name: 'confirmLiveCharge',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		"Whether the step may charge the account's payment card. There is no test mode: each run charges real money.",
};

/** What the panel has of an amount, and what keeps it in bounds. */
export const FUNDS_FIELDS: INodeProperties[] = [NOTICE, AMOUNT, MAXIMUM, CONFIRM];

/** Dollars with two decimals at most, as a number or as text that is nothing but one. */
const dollars = (value: unknown): number | undefined => {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && /^\s*\d{1,9}(\.\d{1,2})?\s*$/.test(text)
		? Number(text)
		: undefined;
};

const maximum: Check<number> = (value) => {
	const most = dollars(value);
	return most !== undefined && most >= LEAST
		? most
		: new Mistake(
				'invalid_field_value',
				'needs the most US dollars that this step may charge for an item, 10 or more',
			);
};

const amount =
	(most: number): Check<number> =>
	(value) => {
		if (isNothing(value)) return new Mistake('field_value_required', 'is empty');
		const given = dollars(value);
		if (given === undefined || given < LEAST) {
			return new Mistake(
				'invalid_field_value',
				"needs US dollars with two decimals at most, '10.00' at least",
			);
		}
		return given <= most
			? given
			: new Mistake('invalid_field_value', `is more than 'Maximum Amount' allows`);
	};

const confirmed: Check<true> = (value) =>
	value === true ||
	new Mistake('invalid_field_value', "has to be switched on: the step charges the account's card");

/** How many dollars an item adds; undefined where it may not, which is noted. */
export function readAmount(
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
): number | undefined {
	const checked = <T>({ name, displayName }: INodeProperties, value: unknown, check: Check<T>) =>
		checklist.check({ field: snakeCase(name), label: displayName }, value, check);
	// As they are set: an expression, which an imported workflow could have, is neither a number nor true.
	checked(CONFIRM, asSet(context, CONFIRM.name), confirmed);
	const most = checked(MAXIMUM, asSet(context, MAXIMUM.name), maximum);
	return checked(AMOUNT, parameterOf(context, AMOUNT.name, itemIndex), amount(most ?? Infinity));
}

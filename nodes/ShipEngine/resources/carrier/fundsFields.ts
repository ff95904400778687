import type { INodeProperties } from 'n8n-workflow';
import { type OwnField, nameOf } from '../../input/field';
import type { Item } from '../../input/item';
import { Mistake } from '../../values/mistakes';
import { type Check, EMPTY, isNothing } from '../../values/validation';

/** The least that the API takes, in US dollars (documented). */
const LEAST = 10;

const ENTERED: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'number',
	typeOptions: { minValue: LEAST, numberPrecision: 2 },
	required: true,
	default: LEAST,
	description: 'How many US dollars to add, at least 10.00',
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
	description: 'The most US dollars that this step may charge for an item, whatever Amount is',
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

/** Dollars with two decimals at most, as a number or as text that is nothing but one. */
const dollars = (value: unknown): number | undefined => {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && /^\s*\d{1,9}(\.\d{1,2})?\s*$/.test(text)
		? Number(text)
		: undefined;
};

const maximum: Check<number> = (value) => {
	const most = dollars(value);
	return most !== undefined && most >= LEAST ? most : new Mistake('not_maximum');
};

const amountUpTo =
	(most: number): Check<number> =>
	(value) => {
		if (isNothing(value)) return EMPTY;
		const given = dollars(value);
		if (given === undefined || given < LEAST) return new Mistake('not_amount');
		return given <= most ? given : new Mistake('above_maximum');
	};

const confirmed: Check<true> = (value) => value === true || new Mistake('charge_not_confirmed');

/** How many dollars an item adds, and what keeps it in bounds. */
export const AMOUNT: OwnField<number> = {
	properties: [ENTERED, MAXIMUM, CONFIRM],
	read(item) {
		// As they are set: an expression, which an imported workflow could have, is neither a number nor true.
		checked(item, CONFIRM, item.asSet(CONFIRM.name), confirmed);
		const most = checked(item, MAXIMUM, item.asSet(MAXIMUM.name), maximum);
		return checked(item, ENTERED, item.parameter(ENTERED.name), amountUpTo(most ?? Infinity));
	},
};

const checked = <T>(
	{ checklist }: Item,
	property: INodeProperties,
	value: unknown,
	check: Check<T>,
) => checklist.check(nameOf(property), value, check);

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { type OwnField, nameOf } from './field';
import type { Item } from './item';
import { A_DAY, RUN_OPTIONS } from './runOptions';
import { numberUpTo } from '../values/numbers';
import type { Check } from '../values/validation';

/** An option as mistakes name it. */
export const optionNamed = (property: INodeProperties) => nameOf(property, 'options');

/** The options of an item, as they come. */
export const optionsOf = (item: Item) => item.parameter('options', {}) as IDataObject;

/** An option of each item: its default if it is not set. */
export const optionField = <T>(property: INodeProperties, check: Check<T>): OwnField<T> => ({
	isOption: true,
	properties: [property],
	read: (item) =>
		item.checklist.check(
			optionNamed(property),
			optionsOf(item)[property.name] ?? property.default,
			check,
		),
});

/** How many seconds an item waits for the API's answer. */
export const TIMEOUT = optionField(
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: A_DAY },
		default: 60,
		description: "How many seconds to wait for the API's answer",
	},
	numberUpTo(A_DAY, 'not_seconds'),
);

/** The options of every operation of the API. */
export const API_OPTIONS = [...RUN_OPTIONS, ...TIMEOUT.properties];

/** The collection of options that the panel shows. */
export const optionsField = (...options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: options.sort((one, other) => one.displayName.localeCompare(other.displayName)),
});

import type { INodeProperties } from 'n8n-workflow';
import type { Item } from './item';
import type { MistakeCode } from '../values/mistakes';
import type { Check } from '../values/validation';

/** A field that reads its own value. */
export interface OwnField<T> {
	/** What the panel shows of it. */
	properties: INodeProperties[];
	/** Whether the panel shows it under *Options*. */
	isOption?: true;
	/** Whether it decides which other fields there are: without it, those behind it are not read. */
	decides?: true;
	/**
	 * Its checked value for an item. What is wrong is noted in the item's checklist; what is returned
	 * then has no meaning. Sends nothing.
	 */
	read(item: Item): T | undefined | Promise<T | undefined>;
}

/** A field whose value the chain can bring along: all such fields of an operation are read together. */
export interface ChainField<T> {
	chain: ChainSource<T>;
}

/** A field of an operation: what the panel shows, and how its value is read. */
export type Field<T> = OwnField<T> | ChainField<T>;

/** Where the value of such a field comes from: the item, or the output of an earlier step. */
export interface ChainSource<T> {
	property: INodeProperties;
	/** The collection in which the property stands: `options`. */
	within?: string;
	/** The value's name in items and outputs, if it is not that of the property. */
	key?: string;
	/** Whether no other spelling of that name counts in an item. */
	isExact?: boolean;
	check: Check<T>;
	/** The step that provides it, or the person. */
	providedBy: string;
	/** Whether no earlier step can provide it. */
	isOfItem?: boolean;
	/** Whether it says what the request is about: then what an earlier step provides must be about it too. */
	isId?: boolean;
	/** What is said where there is none, if not the usual. */
	ifNone?: MistakeCode;
	/** Whether it is masked wherever the API repeats it. */
	isSecret?: boolean;
}

/** Fields by the names under which their values are handed on. */
export type Fields<T> = { [Name in keyof T]: Field<T[Name]> };

/** `carrierId` as the API spells it: `carrier_id`. */
export const snakeCase = (name: string) =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The name of such a value in items and outputs. */
export const keyIn = ({ key, property }: ChainSource<unknown>) => key ?? snakeCase(property.name);

/** A parameter as mistakes name it. */
export const nameOf = (
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
	within?: string,
) => ({
	field: within === undefined ? snakeCase(name) : `${within}.${name}`,
	label: displayName,
});

/** A field that is nothing but a parameter. */
export const simpleField = <T>(property: INodeProperties, check: Check<T>): OwnField<T> => ({
	properties: [property],
	read: (item) => item.checklist.check(nameOf(property), item.parameter(property.name), check),
});

import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from './checklist';
import { subAccountId } from './identifiers';
import { type Check, Mistake, isNothing } from './validation';

const ON_BEHALF_OF: INodeProperties = {
	displayName: 'On Behalf Of',
	name: 'onBehalfOf',
	type: 'string',
	default: '',
	placeholder: 'e.g. se-123456',
	description:
		'The ID of the sub-account to act for, with a partner API key. Set it on every step of the chain.',
};

const TIMEOUT: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	description: "How many seconds to wait for the API's answer",
};

/** The collection that every operation has. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [ON_BEHALF_OF, TIMEOUT],
};

const seconds: Check<number> = (value) => {
	const number = typeof value === 'string' ? Number(value) : value;
	return typeof number === 'number' && number > 0 && Number.isFinite(number)
		? number
		: new Mistake('invalid_field_value', 'needs a number of seconds above zero');
};

const nameOf = ({ name, displayName }: INodeProperties) => ({
	field: `options.${name}`,
	label: displayName,
});

/** The options of an item, as a request takes them; what is wrong with them is noted. */
export function readOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
): { onBehalfOf?: string; timeout: number } {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const asSet = context.getNode().parameters.options as IDataObject | undefined;
	return {
		// An expression that gives nothing must not fall back to the account of the key itself.
		onBehalfOf:
			isNothing(asSet?.onBehalfOf) && isNothing(options.onBehalfOf)
				? undefined
				: checklist.check(nameOf(ON_BEHALF_OF), options.onBehalfOf, subAccountId),
		timeout: checklist.check(nameOf(TIMEOUT), options.timeout ?? TIMEOUT.default, seconds) ?? 0,
	};
}

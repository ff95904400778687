import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

/** What is known of an item's link to the item that it was made of. */
export interface Link {
	/** The type of the step that made the item. */
	type: string;
	parameters: INodeParameters;
	pairedItem: INodeExecutionData['pairedItem'];
	/** The item's place among those that the step put out. */
	index: number;
	/** How many items the step put out, and how many it was given: more than one. */
	puts: number;
	takes: number;
	/** Whether the step has several outputs. */
	isBranching: boolean;
}

/** Steps in which somebody's own code makes the items: any of any, in any order. */
const OWN_CODE: Record<string, (parameters: INodeParameters) => boolean> = {
	'n8n-nodes-base.code': ({ mode }) => mode !== 'runOnceForEachItem',
	'n8n-nodes-base.function': () => true,
	'n8n-nodes-base.aiTransform': () => true,
	'@n8n/n8n-nodes-langchain.code': () => true,
};

const BY_POSITION = ['combineByPosition', 'mergeByPosition', 'mergeByIndex'];

/** Steps that pair items by their place, whatever the items are. (Read in n8n's code, 2.41.1.) */
const BY_PLACE: Record<string, (parameters: INodeParameters) => boolean> = {
	'n8n-nodes-base.executeWorkflow': ({ mode }) => mode !== 'each',
	'n8n-nodes-base.merge': (parameters) =>
		['mode', 'combineBy', 'combinationMode'].some((name) =>
			BY_POSITION.includes(String(parameters[name])),
		),
};

/** Steps that may let one of many items through, the first too, and say which. (Read as above.) */
const LET_THROUGH = [
	'filter',
	'limit',
	'removeDuplicates',
	'itemLists',
	'merge',
	'set',
	'httpRequest',
	'noOp',
];

/** Whether a link has the form in which n8n makes it up, where a step does not say where an item comes from. */
function isAsN8nMakesIt({ pairedItem, index, puts, takes }: Link): boolean {
	if (pairedItem === null || typeof pairedItem !== 'object' || Array.isArray(pairedItem)) {
		return false;
	}
	const { item, ...others } = pairedItem;
	const isBare = Object.values(others).every((value) => value === undefined);
	return isBare && item === (puts === takes ? index : 0);
}

/**
 * Whether it is no more than a guess which item another one was made of. n8n pairs what a step does not
 * pair by place, or one item with the first of many. That is right where there was but one, and with a
 * step that gives one item for each, in order, as most do.
 */
export function isMadeUp(link: Link): boolean {
	const { type, parameters, puts, isBranching } = link;
	if (BY_PLACE[type]?.(parameters)) return true;
	if (!isAsN8nMakesIt(link)) return false;
	if (OWN_CODE[type]) return OWN_CODE[type](parameters);
	// With several outputs, n8n makes nothing up.
	return (
		puts === 1 && !isBranching && !LET_THROUGH.some((name) => type === `n8n-nodes-base.${name}`)
	);
}

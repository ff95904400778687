import type { ChainSource, Fields } from './field';
import { type ReadChain, readChain } from './chainFields';
import type { Item } from './item';

/**
 * The values of all fields of an item. Those that the chain can bring along are read together, so that
 * what an earlier step provides comes from one step.
 *
 * @param behalf - that of the sub-account to act for, where the item needs one
 * @returns checked values; of those that are noted as wrong it is `undefined` in truth, so that nobody
 * uses them before the item's checklist is settled
 * @throws what n8n throws
 */
export async function readFields<T extends object>(
	item: Item,
	fields: Fields<T>,
	behalf?: ChainSource<string>,
): Promise<{ given: T; onBehalfOf?: string; found: ReadChain<T>['found'] }> {
	const names = Object.keys(fields) as Array<keyof T>;
	const sources: Record<string, ChainSource<unknown>> = {};
	for (const name of names) {
		const field = fields[name];
		if ('chain' in field) sources[name as string] = field.chain;
	}
	const own = { ...sources, ...(behalf && { onBehalfOf: behalf }) };
	const { values, found } = readChain<Record<string, unknown>>(item, own);
	const { onBehalfOf, ...chained } = values as { onBehalfOf?: string };
	const given = chained as Partial<T>;
	for (const name of names) {
		const field = fields[name];
		if (!('read' in field)) continue;
		given[name] = await field.read(item);
		if (field.decides && given[name] === undefined) break;
	}
	return { given: given as T, onBehalfOf, found };
}

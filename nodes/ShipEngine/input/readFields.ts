import type { ChainSource, Fields } from './field';
import { readChain } from './chainFields';
import type { Item } from './item';

/**
 * The values of all fields of an item. Those that the chain can bring along are read together, so that
 * what an earlier step provides comes from one step.
 *
 * @returns checked values; of those that are noted as wrong it is `undefined` in truth, so that nobody
 * uses them before the item's checklist is settled
 * @throws a Failure if the earlier steps give different values, or what n8n throws
 */
export async function readFields<T extends object>(item: Item, fields: Fields<T>): Promise<T> {
	const names = Object.keys(fields) as Array<keyof T>;
	const sources: Record<string, ChainSource<unknown>> = {};
	for (const name of names) {
		const field = fields[name];
		if ('chain' in field) sources[name as string] = field.chain;
	}
	const values = readChain(item, sources) as Partial<T>;
	for (const name of names) {
		const field = fields[name];
		if ('read' in field) values[name] = await field.read(item);
	}
	return values as T;
}

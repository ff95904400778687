import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Effect } from './effects';
import type { Run } from './run';

/**
 * The keys of an output item with their types; a key that ends in a question mark may be missing. From
 * it the editor lists the fields before the step has run.
 */
export type Output = { [key: string]: OutputType };
export type OutputType = 'string' | 'number' | 'boolean' | [OutputType] | Output;

/** One thing that the node can do, as the panel shows it. */
export interface Shown {
	/** As shown in the panel. */
	name: string;
	value: string;
	/** As shown in the list of nodes, in sentence case. */
	action: string;
	description: string;
	output: Output;
}

/** One thing that the node can do: what the panel shows of it, and what it does with an item. */
export interface Operation extends Shown {
	does: Effect;
	/** Whether only a partner's key can do it. */
	isOfPartner?: boolean;
	/** Whether it is about failures too: else an item that failed in an earlier step is passed on. */
	takesFailures?: true;
	/** Its own fields; when to show them is added from the table. */
	fields: INodeProperties[];
	/**
	 * The keys of its output that it makes anew: if it fails, later steps take no older values of these.
	 */
	makes: string[];
	/**
	 * Reads and checks what one item asks for. Sends nothing, so that all items can be checked first.
	 *
	 * @returns what carries it out, and gives the JSON of the output item, or of several, or throws a
	 * Failure. Later steps find `carrier_id`, `phone` and the like in it by these names
	 * @throws a Failure, or whatever n8n throws at an expression
	 */
	prepare(itemIndex: number, run: Run): Promise<() => Promise<IDataObject | IDataObject[]>>;
}

/** A kind of thing at the API, and what can be done with it. */
export interface Resource {
	name: string;
	value: string;
	operations: [Operation, ...Operation[]];
}

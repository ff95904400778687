import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Run } from './run';

/** One thing that the node can do: what the panel shows of it, and what it does with an item. */
export interface Operation {
	/** As shown in the panel. */
	name: string;
	value: string;
	/** As shown in the list of nodes, in sentence case. */
	action: string;
	description: string;
	/** Its own fields; when to show them is added from the table. */
	fields: INodeProperties[];
	/** The keys of its output that it makes anew: where it fails, later steps take no older values of these. */
	makes: string[];
	/**
	 * Reads and checks what one item asks for. Sends nothing, so that all items can be checked first.
	 *
	 * @returns what carries it out, and gives the JSON of the output item, or of several, or throws a
	 * Failure. Later steps find `carrier_id`, `phone` and the like in it by these names
	 * @throws a Failure, or whatever n8n throws at an expression
	 */
	prepare(
		this: IExecuteFunctions,
		itemIndex: number,
		run: Run,
	): Promise<() => Promise<IDataObject | IDataObject[]>>;
}

/** A kind of thing at the API, and what can be done with it. */
export interface Resource {
	name: string;
	value: string;
	operations: [Operation, ...Operation[]];
}

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
	/**
	 * Carries out the operation for one item.
	 *
	 * @returns the output item's JSON
	 * @throws a Failure, or whatever n8n throws at an expression
	 */
	execute(this: IExecuteFunctions, itemIndex: number, run: Run): Promise<IDataObject>;
}

/** A kind of thing at the API, and what can be done with it. */
export interface Resource {
	name: string;
	value: string;
	operations: [Operation, ...Operation[]];
}

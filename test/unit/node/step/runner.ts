import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { runItems } from '../../../../nodes/ShipEngine/step/itemRunner';
import type { Resource } from '../../../../nodes/ShipEngine/step/operation';
import type { Run } from '../../../../nodes/ShipEngine/step/run';

type Act = (itemIndex: number, run: Run) => Promise<IDataObject>;

interface Setting {
	items?: number;
	continueOnFail?: boolean;
	/** What n8n makes of the parameters; thrown where it is an error. */
	parameters?: Record<string, unknown>;
	/** What reading an item comes to. */
	prepare?: (itemIndex: number) => void;
	act?: Act;
}

export const refusal = (message: string, details = {}) =>
	new Failure({ message, description: 'Look.', reasons: [], httpStatus: 400, ...details });

/** A node with one operation. */
export function node({
	items = 3,
	continueOnFail = false,
	parameters = {},
	prepare = () => {},
	act = async (itemIndex) => ({ carrier_id: `se-${itemIndex}` }),
}: Setting) {
	const log: string[] = [];
	const runs: Run[] = [];
	const operation: Resource['operations'][0] = {
		name: 'Register',
		value: 'register',
		action: '',
		description: '',
		fields: [],
		does: 'opensAccount',
		makes: [],
		output: {},
		async prepare(itemIndex, run) {
			log.push(`read ${itemIndex}`);
			if (!runs.includes(run)) runs.push(run);
			prepare(itemIndex);
			return async () => {
				log.push(`begin ${itemIndex}`);
				const output = await act(itemIndex, run);
				log.push(`end ${itemIndex}`);
				return output;
			};
		},
	};
	const set: Record<string, unknown> = {
		resource: 'stampsAccount',
		operation: 'register',
		...parameters,
	};
	const context = {
		getNode: () => ({ name: 'This', type: 'x', parameters: { cardNumber: '4111111111111111' } }),
		getParentNodes: () => [],
		getContext: () => ({}),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionId: () => '7',
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => continueOnFail,
		getInputData: () => Array.from({ length: items }, () => ({ json: { card: '4111' } })),
		getNodeParameter: (name: string, _itemIndex: number, fallback?: unknown) => {
			const value = set[name] ?? fallback;
			if (value instanceof Error) throw value;
			return value;
		},
	} as unknown as IExecuteFunctions;
	const resource: Resource = { name: 'Account', value: 'stampsAccount', operations: [operation] };
	return { log, runs, run: async () => await runItems(context, [resource]) };
}

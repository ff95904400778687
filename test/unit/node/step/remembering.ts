import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import {
	Failure,
	type FailureDetails,
	asFailure,
} from '../../../../nodes/ShipEngine/failures/failure';
import { Memory, type Wish } from '../../../../nodes/ShipEngine/step/memory';

/** What n8n says of a run of the node. */
export interface Where {
	runIndex?: number;
	executionId?: string;
	isTool?: boolean;
	settings?: Partial<INode>;
}

export const failure = (details: Partial<FailureDetails> = {}) =>
	new Failure({ message: 'No', description: 'Look.', reasons: [], ...details });

/** The API may have acted. */
export const UNKNOWN = failure({
	message: 'Maybe',
	isUnknown: true,
	reasons: [{ code: 'outcome_unknown', field: null, message: 'Maybe' }],
	httpStatus: 503,
});

/** The API itself refused it. */
export const REFUSED = failure({ message: 'Wrong', isRefused: true, httpStatus: 400 });

/** A node, of which n8n keeps something as JSON from run to run. */
export class Node {
	private stored = '{}';

	/** What was done for items, in the order of doing. */
	readonly acts: string[] = [];

	/** What n8n stores in plain text. */
	get kept(): string {
		return this.stored;
	}

	/** What a run finds. */
	memory(where: Where = {}): Memory {
		return this.enter(where).memory;
	}

	private enter({ runIndex = 0, executionId = '7', isTool = false, settings = {} }: Where) {
		const kept = JSON.parse(this.stored) as IDataObject;
		const context = {
			getContext: (type: string) => (type === 'node' ? kept : {}),
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
			getExecutionId: () => executionId,
			getNode: () => ({ name: 'Register', type: isTool ? 'x.shipTool' : 'x.ship', ...settings }),
		} as unknown as IExecuteFunctions;
		return { kept, memory: new Memory(context) };
	}

	/** A run of the node. */
	run(where: Where = {}) {
		const { kept, memory } = this.enter(where);
		/**
		 * What an item comes to: an output, or the failure.
		 *
		 * @param comesTo - what doing it comes to
		 * @param settles - what finding out comes to, where an earlier try may have done it
		 */
		return async (
			itemIndex: number,
			wish: Wish,
			comesTo: IDataObject | Failure,
			settles?: (lost: Failure, subject: IDataObject) => Promise<IDataObject>,
		) => {
			const act = async () => {
				this.acts.push(Object.values(wish.subject).join(' '));
				if (comesTo instanceof Failure) throw comesTo;
				return comesTo;
			};
			const result = await memory.once(itemIndex, wish, act, settles).catch(asFailure);
			this.stored = JSON.stringify(kept);
			return result;
		};
	}
}

/** An account that is wanted once. */
export const account = (nickname = 'Shop', more: IDataObject = {}): Wish => ({
	subject: { nickname, email: 'a@b.co', phone: '5124854282', ...more },
	madeAnew: 'nickname',
	isRepeatable: false,
});

/** A text message, which may be wanted again. */
export const text = (phone = '5124854282'): Wish => ({
	subject: { carrier_id: 'se-1', phone },
	isRepeatable: true,
});

/** A code that is tried. */
export const code = (secret: string, verification_id = 'vfn_1'): Wish => ({
	subject: { carrier_id: 'se-1', verification_id },
	secret,
	isRepeatable: true,
	isRefusalFinal: true,
});

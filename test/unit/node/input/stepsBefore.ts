import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { EarlierSteps } from '../../../../nodes/ShipEngine/input/earlierSteps';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Past } from './past';

/** What a step of such an operation makes anew. */
const MAKES: Record<string, string[]> = {
	register: ['carrier_id', 'phone'],
	send: ['verification_id'],
	confirm: [],
};

export const makesOf = ({ operation }: INodeParameters) => MAKES[String(operation)] ?? [];

export const REGISTER = { parameters: { operation: 'register' } };
export const SEND = { parameters: { operation: 'send' } };

export const ACCOUNT = { carrier_id: 'se-1', phone: '5124854282' };
export const SENT = { ...ACCOUNT, verification_id: 'vfn_1', status: 'unverified' };
export const failed = (error: IDataObject = {}): IDataObject => ({
	error: { message: 'No', ...error },
});

/** The values that the first item finds. */
export function find(
	past: Past,
	input: INodeExecutionData,
	keys: string[],
	given: IDataObject = {},
) {
	return new EarlierSteps(past.seenBy([input]), makesOf).find({ keys, given }, 0);
}

/** What the item is told instead. */
export function toldOf(finding: () => unknown) {
	try {
		finding();
	} catch (error) {
		if (error instanceof Failure) return error.details;
		throw error;
	}
	throw new Error('Something was found');
}

import type { IDataObject, INode } from 'n8n-workflow';
import { type NodeJson, type Outcome, carrierStep } from './engine';

/** What a person says of a charge: its ID, and a value of *What Happened*. */
export type Said = [id: string, verdict: 'charged' | 'notCharged' | 'notKnown'];

/** The option *Open Charges* as n8n keeps it. */
export const said = (...verdicts: Said[]): IDataObject => ({
	openCharges: { charge: verdicts.map(([id, verdict]) => ({ id, verdict })) },
});

/** A step named Add that may charge up to 100 dollars. */
export const addFunds = (
	{ options, ...parameters }: IDataObject & { options?: IDataObject } = {},
	settings: Partial<INode> = {},
): NodeJson =>
	carrierStep(
		'Add',
		'addFunds',
		{
			...{ amount: 25.5, maximumAmount: 100, confirmLiveCharge: true },
			...parameters,
			...(options && { options }),
		},
		settings,
	);

/** The ID of the charge that a stopped run left open, or met. */
export const openChargeOf = ({ error }: Outcome): string =>
	((error as unknown as { context: { data: IDataObject } }).context.data
		.open_charge_id as string) ?? '';

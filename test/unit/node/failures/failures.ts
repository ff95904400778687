import { inspect } from 'node:util';
import type { INode } from 'n8n-workflow';
import type { FailureDetails } from '../../../../nodes/ShipEngine/failures/failure';

export const CARD = '4111111111111111';

export const NODE: INode = {
	id: '1',
	name: 'Register',
	type: 'n8n-nodes-shipengine.shipEngine',
	typeVersion: 1,
	position: [0, 0],
	parameters: {
		cardNumber: CARD,
		verificationCode: '123456',
		options: { onBehalfOf: 'se-987654' },
		carrierId: { __rl: true, mode: 'id', value: 'se-555' },
	},
};

export const LEAST: FailureDetails = {
	message: 'The verification code was not sent',
	description: 'Run this item again later.',
	reasons: [{ code: 'no_answer', field: null, message: 'No answer came' }],
};

export const MOST: FailureDetails = {
	...LEAST,
	reasons: [
		{ code: 'invalid_field_value', field: 'credit_card.number', message: 'is wrong' },
		{ code: 'field_value_required', field: 'address.phone', message: 'is empty' },
	],
	httpStatus: 400,
	requestId: 'aa3d8e8e-462b-4476-9618-72db7f7b7009',
	carrierId: 'se-1',
};

/** Everything of an error that n8n could store, show or print. */
export const allOf = (error: Error) =>
	[
		JSON.stringify(error),
		JSON.stringify({ ...error, message: error.message, stack: error.stack }),
		inspect(error, { depth: Infinity, showHidden: true, getters: true }),
		String(error),
	].join('\n');

import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { FailureWords } from '../../api/request';
import type { Failure } from '../../failures/failure';
import { Checklist } from '../../input/checklist';
import { readChoice } from '../../input/choices';
import { type StepField, readFields } from '../../input/fields';
import { ON_BEHALF_OF, named, readOptions } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import type { Operation } from '../../step/operation';
import { isCarrierId } from '../../values/identifiers';
import { requiredText } from '../../values/validation';
import { AtMostOnce } from '../stampsCom/atMostOnce';
import { IF_NICKNAME_EXISTS } from '../stampsCom/ifNicknameExists';
import { STAMPS_LOGIN, readStampsLogin } from './stampsLogin';

const words: FailureWords = {
	failed: 'The Stamps account was not connected',
	unknown: 'The Stamps account may or may not have been connected',
	ifUnknown:
		"Look for its nickname first, for example in the list of a 'Carrier' field or in ShipStation. Run this item again only if it is not there.",
};

const nicknameField: StepField<string> = {
	property: {
		displayName: 'Nickname',
		name: 'nickname',
		type: 'string',
		required: true,
		default: '={{ $json.nickname }}',
		placeholder: 'e.g. Austin store',
		description: 'The name of the account in lists of carriers. Accounts are told apart by it.',
	},
	check: requiredText,
	providedBy: 'you',
	isOfItem: true,
};

/** As for a registration, but for a second connection of the same nickname, which nobody needs. */
const IF_EXISTS: INodeProperties = {
	...IF_NICKNAME_EXISTS,
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description:
				'Connect nothing, and fail the item with the ID of the account that is connected',
		},
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: 'Connect nothing, and return the account that is connected',
		},
	] satisfies INodePropertyOptions[],
	description: 'What to do where an account of this nickname is connected',
};

/**
 * Connects a Stamps.com account that exists (documented: `POST /v1/connections/carriers/stamps_com`).
 * Needs a higher plan of ShipStation, except for sellers in the US; partners cannot (documented).
 */
export const connectExisting: Operation = {
	name: 'Connect Existing',
	value: 'connectExisting',
	action: 'Connect existing carrier',
	description: 'Connect a Stamps.com account that you have, with its user name and password',
	fields: [nicknameField.property, IF_EXISTS, STAMPS_LOGIN, optionsField(ON_BEHALF_OF)],
	makes: ['carrier_id'],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const { nickname = '' } = readFields(this, itemIndex, run.earlierSteps, checklist, {
			nickname: nicknameField,
		});
		const ifNicknameExists = readChoice(this, itemIndex, checklist, IF_EXISTS);
		const login = await readStampsLogin(this, itemIndex, checklist);
		const options = readOptions(this, itemIndex, run.earlierSteps, checklist);
		checklist.settle(words.failed);

		const subject = { nickname, ...named(options) };
		const send = async () =>
			await run.api.send({
				kind: 'write',
				method: 'POST',
				path: '/v1/connections/carriers/stamps_com',
				body: { nickname, ...login },
				parse: ({ carrier_id: id }: IDataObject) => (isCarrierId(id) ? id : undefined),
				words,
				secrets: [String(login.password)],
				...options,
			});
		const connect = async (lost?: Failure) => {
			const wanted = { nickname, ifNicknameExists, deed: 'connected' as const, ...options };
			const { carrier_id, ...how } = await run.share(AtMostOnce).have(wanted, send, lost);
			return { carrier_id, ...subject, ...how };
		};
		return async () =>
			await run.memory.once(
				itemIndex,
				{ subject, isRepeatable: false },
				async () => await connect(),
				connect,
			);
	},
};

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Checklist } from '../../shared/checklist';
import type { FailureWords } from '../../shared/failureWords';
import { isCarrierId } from '../../shared/identifiers';
import type { Operation } from '../../shared/operation';
import { optionsField, readOptions } from '../../shared/options';
import { remembered } from './remembered';
import { readRegistration, registrationPanel } from './registration';

const words: FailureWords = {
	failed: 'The Stamps account was not registered',
	unknown: 'The Stamps account may or may not have been registered',
	ifUnknown:
		"Look for its nickname first, for example in the list of a 'Carrier' field or in ShipStation. Run this item again only if it is not there: a second run would register a second account.",
};

const IF_NICKNAME_EXISTS: INodeProperties & { name: 'ifNicknameExists' } = {
	displayName: 'If Nickname Exists',
	name: 'ifNicknameExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Register nothing, and fail the item',
		},
		{
			name: 'Register Another',
			value: 'registerAnother',
			description: 'Register without looking: a repeated run makes a second account',
		},
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: 'Register nothing, and put out the account that exists',
		},
	],
	default: 'registerAnother',
	description:
		'What to do where an account of the nickname exists. On a public form, let the workflow make the nickname: with one of their own choice, people could be given the account of somebody else.',
};

const parseCarrierId = ({ carrier_id: id }: IDataObject) => (isCarrierId(id) ? id : undefined);

/**
 * Registers a Stamps.com account, which stores a payment card there.
 *
 * Source: reference page "Register Free Stamps Account". The API has no idempotency key: the same
 * body sent twice makes two accounts.
 */
export const register: Operation = {
	name: 'Register Stamps Account',
	value: 'register',
	action: 'Register stamps account',
	description: 'Open a free Stamps.com account for USPS postage and connect it as a carrier',
	fields: [...registrationPanel, optionsField(IF_NICKNAME_EXISTS)],

	async execute(itemIndex, run) {
		const checklist = new Checklist();
		const { ifNicknameExists, ...options } = readOptions(
			this,
			itemIndex,
			checklist,
			IF_NICKNAME_EXISTS,
		);
		const registration = await readRegistration(this, itemIndex, checklist);
		checklist.settle(words.failed);

		const { nickname, email, address } = registration;
		const account = { nickname, email, phone: address.phone.replace(/-/g, '') };
		const send = async () =>
			await run.api.send({
				kind: 'write',
				method: 'POST',
				path: '/v1/registration/stamps_com',
				body: registration,
				parse: parseCarrierId,
				words,
				secrets: [registration.credit_card?.number ?? ''],
				...options,
			});
		return await remembered(this, run, itemIndex, account, async () =>
			run.registrations.once({ nickname, ifNicknameExists, ...options }, send),
		);
	},
};

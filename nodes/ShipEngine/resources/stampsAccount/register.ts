import type { IDataObject } from 'n8n-workflow';
import { Checklist } from '../../input/checklist';
import type { Failure } from '../../failures/failure';
import type { FailureWords } from '../../api/request';
import { isCarrierId } from '../../values/identifiers';
import type { Operation } from '../../step/operation';
import { ON_BEHALF_OF, named, readOptions } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import { AtMostOnce } from '../stampsCom/atMostOnce';
import { readChoice } from '../../input/choices';
import { IF_NICKNAME_EXISTS } from '../stampsCom/ifNicknameExists';
import { readRegistration, registrationPanel } from './registrationBody';
import { SEALED_CARD_MAX_AGE } from './sealedCardField';

const words: FailureWords = {
	failed: 'The Stamps account was not registered',
	unknown: 'The Stamps account may or may not have been registered',
	ifUnknown:
		"Look for its nickname first, for example in the list of a 'Carrier' field or in ShipStation. Run this item again only if it is not there: a second run would register a second account.",
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
	fields: [...registrationPanel, optionsField(ON_BEHALF_OF, SEALED_CARD_MAX_AGE)],
	makes: ['carrier_id', 'phone'],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const options = readOptions(this, itemIndex, run.earlierSteps, checklist);
		const ifNicknameExists = readChoice(this, itemIndex, checklist, IF_NICKNAME_EXISTS);
		const registration = await readRegistration(this, itemIndex, run, checklist);
		checklist.settle(words.failed);

		const { nickname, email, address } = registration;
		const subject = {
			nickname,
			email,
			phone: address.phone.replace(/-/g, ''),
			...named(options),
		};
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
		const register = async (account: typeof subject, lost?: Failure) => {
			const { nickname } = account;
			const deed = 'registered' as const;
			const wanted = { nickname, ifNicknameExists, deed, ...options };
			const { carrier_id, ...how } = await run.share(AtMostOnce).have(wanted, send, lost);
			return { carrier_id, ...account, ...how };
		};
		return async () =>
			await run.memory.once(
				itemIndex,
				{ subject, madeAnew: 'nickname', isRepeatable: false },
				async () => await register(subject),
				async (lost, account) => await register(account as typeof subject, lost),
			);
	},
};

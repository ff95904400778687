import type { FailureWords } from '../../api/request';
import { Checklist } from '../../input/checklist';
import { ON_BEHALF_OF, named } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import type { Operation } from '../../step/operation';
import { isCarrierId } from '../../values/identifiers';
import { carrierField, readCarrier } from '../stampsCom/carrierField';
import { getCarrier } from './carriers';
import { STAMPS_LOGIN, readStampsLogin } from './stampsLogin';

const words: FailureWords = {
	failed: 'The login was not updated',
	unknown: 'The login may or may not have been updated',
	ifUnknown:
		'See with Carrier → Check whether the carrier works. If it does not, run this item again.',
};

/**
 * Gives a carrier the new login of its Stamps.com account (documented, but not in the OpenAPI document:
 * `PUT /v1/connections/carriers/stamps_com/{carrier_id}`). The API wants the nickname as well, which
 * stays as it is.
 */
export const updateLogin: Operation = {
	name: 'Update Login',
	value: 'updateLogin',
	action: 'Update login of carrier',
	description: 'Give a carrier the new user name and password of its Stamps.com account',
	fields: [carrierField.property, STAMPS_LOGIN, optionsField(ON_BEHALF_OF)],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const { carrierId, options } = readCarrier(this, itemIndex, run, checklist);
		const login = await readStampsLogin(this, itemIndex, checklist);
		checklist.settle(words.failed, carrierId);

		const subject = { carrier_id: carrierId, ...named(options) };
		const update = async () => {
			const { nickname } = await getCarrier(run.api, carrierId, options, words.failed);
			await run.api.send({
				kind: 'write',
				method: 'PUT',
				path: `/v1/connections/carriers/stamps_com/${carrierId}`,
				body: { nickname, ...login },
				parse: ({ carrier_id: id }) => (isCarrierId(id) ? id : undefined),
				words,
				secrets: [String(login.password)],
				carrierId,
				...options,
			});
			return subject;
		};
		return async () => await run.memory.once(itemIndex, { subject, isRepeatable: false }, update);
	},
};

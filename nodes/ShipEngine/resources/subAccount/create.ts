import type { IDataObject } from 'n8n-workflow';
import { Failure, asFailure } from '../../failures/failure';
import { quoted } from '../../failures/masking';
import { writing } from '../../step/declare';
import { ADDITIONAL, EXTERNAL_ID, IF_EXTERNAL_ID_EXISTS } from './subAccountFields';
import { SUB_ACCOUNTS, type SubAccount, findSubAccount, parseSubAccount } from './subAccounts';

const failed = 'The sub-account was not created';

/**
 * Creates a sub-account of a partner (reference page "Partner accounts"). The API refuses an external
 * account ID that is there already, so that none is made twice; the looks say which one it is.
 */
export const create = writing({
	name: 'Create',
	value: 'create',
	action: 'Create sub-account',
	description: 'Create a sub-account of a partner, for which a Stamps account can be registered',
	does: 'opensAccount',
	words: {
		failed,
		unknown: 'The sub-account may or may not have been created',
		ifUnknown:
			'Run this item again: its external account ID keeps it from being created a second time.',
	},
	isOfPartner: true,
	fields: { id: EXTERNAL_ID, ifExists: IF_EXTERNAL_ID_EXISTS, additional: ADDITIONAL },
	output: {
		...{ account_id: 'number', external_account_id: 'string', active: 'boolean' },
		...{ created_at: 'string', 'existing?': 'boolean', 'recovered?': 'boolean' },
	},
	subject: ({ id }) => ({ external_account_id: id }),
	settles: true,

	async act({ id, ifExists, additional }, { api, subject, lost }) {
		const find = async () => await findSubAccount(api, id);
		const before = await find();
		if (before && lost) return { ...outputOf(before, id), recovered: true };
		if (before) return existing(before, id, ifExists);

		// Stamps.com is for the United States.
		const body = { ...subject, ...additional, origin_country_code: 'US' };
		const made = await api
			.writeOrFind({ method: 'POST', path: SUB_ACCOUNTS, body, parse: parseSubAccount }, find)
			.catch(asFailure);
		if (!(made instanceof Failure)) {
			const { value, ...how } = made;
			return { ...outputOf(value, id), ...how };
		}
		// Another run may have made it since: the API refuses a second one (the code is inferred).
		const meanwhile = made.details.isRefused && (await find().catch(() => undefined));
		if (!meanwhile) throw made;
		return existing(meanwhile, id, ifExists);
	},
});

/** What later steps, and people, need of it; without what the API does not tell. */
const outputOf = ({ account_id, active, created_at }: SubAccount, id: string): IDataObject => ({
	account_id,
	external_account_id: id,
	...(active !== undefined && { active }),
	...(created_at !== undefined && { created_at }),
});

/** A sub-account that was there. Throws a Failure if it is not to be given back. */
function existing(found: SubAccount, id: string, ifExists: string): IDataObject {
	if (ifExists === 'returnExisting') return { ...outputOf(found, id), existing: true };
	const message = `${failed}: one with the external account ID ${quoted(id)} exists`;
	throw new Failure({
		message,
		description: `Nothing was created. The sub-account that exists is ${found.account_id}. Set 'If External Account ID Exists' to 'Return Existing' to have this step return it, or use another ID.`,
		reasons: [{ code: 'identifier_conflict', field: 'external_account_id', message }],
	});
}

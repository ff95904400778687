import type { IDataObject } from 'n8n-workflow';
import type { FailureWords } from '../../api/request';
import { whatBecame } from '../../api/lostAnswer';
import { Failure, asFailure } from '../../failures/failure';
import { masked, shortened } from '../../failures/masking';
import { Checklist } from '../../input/checklist';
import { readChoice } from '../../input/choices';
import { readFields } from '../../input/fields';
import { optionsField, readTimeout } from '../../input/options';
import { parameterOf } from '../../input/parameters';
import type { Operation } from '../../step/operation';
import type { Run } from '../../step/run';
import {
	ADDITIONAL_FIELDS,
	IF_EXTERNAL_ID_EXISTS,
	additionalFields,
	externalIdField,
} from './subAccountFields';
import { SUB_ACCOUNTS, type SubAccount, findSubAccount, parseSubAccount } from './subAccounts';

const words: FailureWords = {
	failed: 'The sub-account was not created',
	unknown: 'The sub-account may or may not have been created',
	ifUnknown:
		'Run this item again: its external account ID keeps it from being created a second time.',
};

const NOT_LOOKED_UP = `${words.failed}, since its external account ID could not be looked up`;

/** Stamps.com is for the United States. */
const COUNTRY = { origin_country_code: 'US' };

/** The sub-account that an item wants. */
interface Wanted {
	body: IDataObject & { external_account_id: string };
	ifExists: string | undefined;
	timeout: number;
}

/**
 * Creates a sub-account of a partner (reference page "Partner accounts"). The API refuses an external
 * account ID that is there already, so that none is made twice; the looks say which one it is.
 */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create sub-account',
	description: 'Create a sub-account of a partner, for which a Stamps account can be registered',
	fields: [externalIdField.property, IF_EXTERNAL_ID_EXISTS, additionalFields, optionsField()],
	makes: ['account_id', 'on_behalf_of'],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const timeout = readTimeout(this, itemIndex, checklist);
		const ifExists = readChoice(this, itemIndex, checklist, IF_EXTERNAL_ID_EXISTS);
		const { externalAccountId = '' } = readFields(this, itemIndex, run.earlierSteps, checklist, {
			externalAccountId: externalIdField,
		});
		const entered = parameterOf(this, additionalFields.name, itemIndex, {}) as IDataObject;
		const additional = checklist.checkObject(
			'',
			ADDITIONAL_FIELDS,
			({ property }) => entered[property.name],
		);
		checklist.settle(words.failed);

		const subject = { external_account_id: externalAccountId };
		const wanted = { body: { ...subject, ...additional, ...COUNTRY }, ifExists, timeout };
		return async () =>
			await run.memory.once(
				itemIndex,
				{ subject, isRepeatable: false },
				async () => await createOnce(run, wanted),
				async () => await createOnce(run, wanted, { recovered: true }),
			);
	},
};

/** @param how - what a sub-account that is there already is told with, where an earlier try may have made it */
async function createOnce(
	run: Run,
	wanted: Wanted,
	how?: { recovered: true },
): Promise<IDataObject> {
	const { body, timeout } = wanted;
	const find = async () =>
		await findSubAccount(run.api, body.external_account_id, { failed: NOT_LOOKED_UP, timeout });
	const before = await find();
	if (before) return how ? { ...output(before, wanted), ...how } : existing(before, wanted);

	const made = await run.api
		.send({
			kind: 'write',
			method: 'POST',
			path: SUB_ACCOUNTS,
			body,
			parse: parseSubAccount,
			words,
			timeout,
		})
		.catch(asFailure);
	if (!(made instanceof Failure)) return output(made, wanted);
	if (made.details.isRefused) {
		// Another run may have made it since: the API refuses a second one (the code is inferred).
		const meanwhile = await find().catch(() => undefined);
		if (meanwhile) return existing(meanwhile, wanted);
	}
	if (!made.details.isUnknown) throw made;
	const found = await whatBecame(run.api.waits, find);
	if (found) return { ...output(found, wanted), recovered: true };
	throw made;
}

/** What later steps, and people, need of it; without what the API does not tell. */
function output({ account_id, active, created_at }: SubAccount, { body }: Wanted): IDataObject {
	const { external_account_id } = body;
	const told = Object.entries({ active, created_at }).filter(([, value]) => value !== undefined);
	return { account_id, external_account_id, ...Object.fromEntries(told) };
}

/** A sub-account that was there. Throws a Failure where there is not to be one. */
function existing(found: SubAccount, wanted: Wanted): IDataObject {
	if (wanted.ifExists === 'returnExisting') return { ...output(found, wanted), existing: true };
	const id = shortened(masked(wanted.body.external_account_id, []), LONGEST_NAME);
	const message = `${words.failed}: there is one of the external account ID '${id}'`;
	throw new Failure({
		message,
		description: `Nothing was created. It is the sub-account ${found.account_id}. Set 'If External Account ID Exists' to 'Return Existing' to have this step give it, or take another ID.`,
		reasons: [{ code: 'identifier_conflict', field: 'external_account_id', message }],
	});
}

/** How much of an ID a message repeats. */
const LONGEST_NAME = 100;

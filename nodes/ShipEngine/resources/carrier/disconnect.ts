import type { IDataObject } from 'n8n-workflow';
import type { FailureWords } from '../../api/request';
import { parseNoBody } from '../../api/noBody';
import { whatBecame } from '../../api/lostAnswer';
import { Failure, asFailure } from '../../failures/failure';
import { Checklist } from '../../input/checklist';
import { ON_BEHALF_OF, type RequestOptions, named } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import type { Operation } from '../../step/operation';
import type { Run } from '../../step/run';
import { carrierField, readCarrier } from '../stampsCom/carrierField';
import { getCarrier } from './carriers';

const words: FailureWords = {
	failed: 'The carrier was not disconnected',
	unknown: 'The carrier may or may not have been disconnected',
	ifUnknown: 'Run this item again: it can be done twice without harm.',
};

/** What is gone has to be told from what never was: a mistyped ID is no success. */
async function isGone(run: Run, carrierId: string, options: RequestOptions): Promise<boolean> {
	const found = await getCarrier(run.api, carrierId, options, words.failed).catch(asFailure);
	return (
		found instanceof Failure && found.details.isRefused === true && found.details.httpStatus === 404
	);
}

async function disconnectOnce(
	run: Run,
	carrierId: string,
	options: RequestOptions,
): Promise<IDataObject> {
	const done = { deleted: true, ...named(options) };
	const sent = await run.api
		.send({
			kind: 'write',
			method: 'DELETE',
			path: `/v1/connections/carriers/stamps_com/${carrierId}`,
			parse: parseNoBody,
			words,
			carrierId,
			...options,
		})
		.catch(asFailure);
	if (!(sent instanceof Failure)) return done;
	if (!sent.details.isUnknown) throw sent;
	const gone = await whatBecame(
		run.api.waits,
		async () => (await isGone(run, carrierId, options)) || undefined,
	);
	if (gone) return done;
	throw sent;
}

/** Disconnects a carrier (documented: `DELETE /v1/connections/carriers/stamps_com/{carrier_id}`, 204). */
export const disconnect: Operation = {
	name: 'Disconnect',
	value: 'disconnect',
	action: 'Disconnect carrier',
	description: 'Take a Stamps.com account out of ShipStation, without closing it',
	fields: [
		{
			displayName:
				'The Stamps.com account and its balance stay as they are: only ShipStation no longer uses them. To close the account, ask Stamps.com.',
			name: 'disconnectNotice',
			type: 'notice',
			default: '',
		},
		carrierField.property,
		optionsField(ON_BEHALF_OF),
	],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const { carrierId, options } = readCarrier(this, itemIndex, run, checklist);
		checklist.settle(words.failed, carrierId);
		const subject = { carrier_id: carrierId, ...named(options) };
		const act = async () => await disconnectOnce(run, carrierId, options);
		const settle = async () =>
			(await isGone(run, carrierId, options)) ? { deleted: true, ...named(options) } : await act();
		return async () =>
			await run.memory.once(itemIndex, { subject, isRepeatable: false }, act, settle);
	},
};

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { objectsOf } from '../../api/answer';
import { Checklist } from '../../input/checklist';
import { LIST_FIELDS, readLimit } from '../../input/listFields';
import { ON_BEHALF_OF, named, readOptions } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import type { Operation } from '../../step/operation';
import { isCarrierId } from '../../values/identifiers';
import { isStampsCom } from '../stampsCom/carriers';
import { SIMPLIFY, carrierItem } from './carriers';

const FAILED = 'The carriers could not be listed';

interface Listed {
	carriers: IDataObject[];
	/** What the API says of carriers that it could not ask (documented: status 207). */
	errors: IDataObject[];
}

/** The Stamps.com carriers of an answer; undefined where it is no list of carriers. */
function parseList({ carriers, errors }: IDataObject): Listed | undefined {
	const all = objectsOf(carriers);
	return all && { carriers: all.filter(isStampsCom), errors: objectsOf(errors) ?? [] };
}

/** Says on the run that the list is not complete; in words of our own, since the API's are stored. */
function tellMissing(context: IExecuteFunctions, errors: IDataObject[]): void {
	if (errors.length === 0) return;
	const ids = errors.map(({ carrier_id: id }) => id).filter(isCarrierId);
	const which = ids.length > 0 ? `: ${ids.join(', ')}` : '';
	context.addExecutionHints({
		message: `The list is not complete. The API could not ask ${errors.length === 1 ? 'one carrier' : `${errors.length} carriers`}${which}. Run the step again later.`,
		type: 'warning',
		location: 'outputPane',
	});
}

/** Lists the Stamps.com carriers, each an item (documented: `GET /v1/carriers`). */
export const getMany: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many carriers',
	description: 'Get the Stamps.com accounts that are connected as carriers',
	fields: [...LIST_FIELDS, SIMPLIFY, optionsField(ON_BEHALF_OF)],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const options = readOptions(this, itemIndex, run.earlierSteps, checklist);
		const limit = readLimit(this, itemIndex, checklist);
		const toItem = carrierItem(this, itemIndex);
		checklist.settle(FAILED);
		return async () => {
			const { carriers, errors } = await run.api.send({
				kind: 'read',
				method: 'GET',
				path: '/v1/carriers',
				parse: parseList,
				accepts: () => true,
				words: { failed: FAILED },
				...options,
			});
			tellMissing(this, errors);
			return carriers.slice(0, limit).map((each) => ({ ...toItem(each), ...named(options) }));
		};
	},
};

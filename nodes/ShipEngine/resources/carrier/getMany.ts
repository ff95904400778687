import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isStampsCom } from '../../accounts/carriers';
import { objectsOf } from '../../api/answer';
import { LIMIT } from '../../input/listFields';
import { reading } from '../../step/declare';
import { isCarrierId } from '../../values/identifiers';
import { CARRIER_OUTPUT, SIMPLIFY } from './simplify';

interface Listed {
	carriers: IDataObject[];
	/** What the API says of carriers that it could not ask (documented: status 207). */
	errors: IDataObject[];
}

/** The Stamps.com carriers of an answer; undefined if it is no list of carriers. */
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
export const getMany = reading({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many carriers',
	description: 'Get the Stamps.com accounts that are connected as carriers',
	failed: 'The carriers could not be listed',
	fields: { limit: LIMIT, simplified: SIMPLIFY },
	output: CARRIER_OUTPUT,

	async act({ limit, simplified }, api, { context }) {
		const path = '/v1/carriers';
		const { carriers, errors } = await api.read({ path, parse: parseList, accepts: () => true });
		tellMissing(context, errors);
		return carriers.slice(0, limit).map(simplified);
	},
});

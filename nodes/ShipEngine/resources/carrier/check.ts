import type { IDataObject } from 'n8n-workflow';
import { CARRIER } from '../../accounts/carrierField';
import { asFailure } from '../../failures/failure';
import { reading } from '../../step/declare';
import { PARCEL, parseRates, refusedRates } from './rates';

/**
 * Asks a carrier for rates, which costs nothing (documented: `POST /v1/rates/estimate`). It shows that
 * the carrier answers, not that a label can be bought.
 */
export const check = reading({
	name: 'Check',
	value: 'check',
	action: 'Check carrier',
	description: 'Ask the carrier for rates, which costs nothing, to see that it answers',
	failed: 'The carrier could not be checked',
	fields: { carrierId: CARRIER },
	output: {
		carrier_id: 'string',
		works: 'boolean',
		rates: [
			{
				'service_code?': 'string',
				'package_type?': 'string',
				'shipping_amount?': { 'currency?': 'string', 'amount?': 'number' },
			},
		],
		messages: ['string'],
	},

	async act({ carrierId }, api) {
		const ship_date = new Date().toISOString();
		const body = { carrier_ids: [carrierId], ...PARCEL, ship_date };
		const path = '/v1/rates/estimate';
		const parse = (answer: IDataObject) => parseRates(answer, carrierId);
		const found = await api
			.read({ method: 'POST', path, body, parse })
			.catch((thrown) => refusedRates(asFailure(thrown)));
		const messages = await Promise.all(
			found.messages.map(async (text) => await api.repeated(text)),
		);
		return { carrier_id: carrierId, ...found, messages };
	},
});

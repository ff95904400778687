import { CARRIER } from '../../accounts/carrierField';
import { getCarrier } from '../../accounts/carriers';
import { reading } from '../../step/declare';
import { CARRIER_OUTPUT, SIMPLIFY } from './simplify';

/** Reads a carrier (documented: `GET /v1/carriers/{carrier_id}`). */
export const get = reading({
	name: 'Get',
	value: 'get',
	action: 'Get carrier',
	description: 'Get a Stamps.com account as a carrier, with its balance',
	failed: 'The carrier could not be read',
	fields: { carrierId: CARRIER, simplified: SIMPLIFY },
	output: CARRIER_OUTPUT,
	act: async ({ carrierId, simplified }, api) => simplified(await getCarrier(api, carrierId)),
});

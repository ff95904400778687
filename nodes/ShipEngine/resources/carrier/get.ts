import { Checklist } from '../../input/checklist';
import { ON_BEHALF_OF, named } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import type { Operation } from '../../step/operation';
import { carrierField, readCarrier } from '../stampsCom/carrierField';
import { SIMPLIFY, carrierItem, getCarrier } from './carriers';

const FAILED = 'The carrier could not be read';

/** Reads a carrier (documented: `GET /v1/carriers/{carrier_id}`). */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get carrier',
	description: 'Get a Stamps.com account as a carrier, with its balance',
	fields: [carrierField.property, SIMPLIFY, optionsField(ON_BEHALF_OF)],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const { carrierId, options } = readCarrier(this, itemIndex, run, checklist);
		const toItem = carrierItem(this, itemIndex);
		checklist.settle(FAILED, carrierId);
		return async () => ({
			...toItem(await getCarrier(run.api, carrierId, options, FAILED)),
			...named(options),
		});
	},
};

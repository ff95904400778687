import type { IDataObject } from 'n8n-workflow';
import { objectsOf } from '../../api/answer';
import { Failure, asFailure } from '../../failures/failure';
import { masked, shortened } from '../../failures/masking';
import { Checklist } from '../../input/checklist';
import { ON_BEHALF_OF, named } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import type { Operation } from '../../step/operation';
import { carrierField, readCarrier } from '../stampsCom/carrierField';

const FAILED = 'The carrier could not be checked';

/** A pound from Austin to New York: rates are asked for, and nothing is bought. */
const PARCEL = {
	from_country_code: 'US',
	from_postal_code: '78756',
	from_city_locality: 'Austin',
	from_state_province: 'TX',
	to_country_code: 'US',
	to_postal_code: '10001',
	to_city_locality: 'New York',
	to_state_province: 'NY',
	weight: { value: 1, unit: 'pound' },
};

/** How much of a message of the API an item repeats. */
const LONGEST_TEXT = 500;

interface Checked extends IDataObject {
	works: boolean;
	rates: IDataObject[];
	messages: string[];
}

const texts = (value: unknown) =>
	(Array.isArray(value) ? value : []).map((text) =>
		shortened(masked(String(text), []), LONGEST_TEXT),
	);

const isUsable = ({ error_messages: errors, validation_status: status }: IDataObject) =>
	status !== 'invalid' && texts(errors).length === 0;

/** The rates of an answer (OpenAPI document, `rate_estimate`); undefined where it is no list. */
function parseRates({ list }: IDataObject): Checked | undefined {
	const all = objectsOf(list);
	if (!all) return undefined;
	const rates = all.filter(isUsable).map(({ service_code, package_type, shipping_amount }) => ({
		service_code,
		package_type,
		shipping_amount,
	}));
	const messages = new Set(all.flatMap(({ error_messages: errors }) => texts(errors)));
	return { works: rates.length > 0, rates, messages: [...messages] };
}

/** What the carrier itself says against it; a Failure that has to do with something else is thrown. */
function refusedBy(thrown: Failure): Checked {
	const { isRefused, httpStatus, reasons } = thrown.details;
	if (!isRefused || httpStatus !== 400) throw thrown;
	return { works: false, rates: [], messages: reasons.map(({ message }) => message) };
}

/**
 * Asks a carrier for rates, which costs nothing (documented: `POST /v1/rates/estimate`). It shows that
 * the carrier answers, not that a label can be bought.
 */
export const check: Operation = {
	name: 'Check',
	value: 'check',
	action: 'Check carrier',
	description: 'Ask the carrier for rates, which costs nothing, to see that it answers',
	fields: [carrierField.property, optionsField(ON_BEHALF_OF)],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const { carrierId, options } = readCarrier(this, itemIndex, run, checklist);
		checklist.settle(FAILED, carrierId);
		return async () => {
			const found = await run.api
				.send({
					kind: 'read',
					method: 'POST',
					path: '/v1/rates/estimate',
					body: { carrier_ids: [carrierId], ...PARCEL, ship_date: new Date().toISOString() },
					parse: parseRates,
					words: { failed: FAILED },
					carrierId,
					...options,
				})
				.catch(asFailure);
			const checked = found instanceof Failure ? refusedBy(found) : found;
			return { carrier_id: carrierId, ...checked, ...named(options) };
		};
	},
};

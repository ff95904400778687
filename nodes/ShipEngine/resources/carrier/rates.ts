import type { IDataObject } from 'n8n-workflow';
import { objectsOf } from '../../api/answer';
import type { Failure } from '../../failures/failure';
import { LONGEST_TEXT, masked, shortened } from '../../failures/masking';

/** A pound from Austin to New York: rates are asked for, and nothing is bought. */
export const PARCEL = {
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

/** What a carrier answers when it is asked for rates. */
export interface Rates extends IDataObject {
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

/** The rates of an answer (OpenAPI document, `rate_estimate`); undefined if it is no list. */
export function parseRates({ list }: IDataObject): Rates | undefined {
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

/** What the carrier itself says against it; a Failure that is about something else is thrown. */
export function refusedRates(thrown: Failure): Rates {
	const { isRefused, httpStatus, reasons } = thrown.details;
	if (!isRefused || httpStatus !== 400) throw thrown;
	return { works: false, rates: [], messages: reasons.map(({ message }) => message) };
}

import type { IDataObject } from 'n8n-workflow';
import { objectsOf } from '../../api/answer';
import type { Failure } from '../../failures/failure';
import { isSame } from '../../values/names';
import { isNothing } from '../../values/validation';

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

/** How many different messages are told: one carrier gives the same ones for each of its services. */
const MOST_MESSAGES = 20;

/** What stands in place of a message that says nothing. */
const NO_DETAILS = 'The API gave no details';

/** The messages that an answer has in one place: a list (documented), or bare text, or objects. */
function messagesIn(value: unknown): string[] {
	if (isNothing(value)) return [];
	if (Array.isArray(value)) return value.flatMap(messagesIn);
	if (typeof value !== 'object') return [String(value)];
	const { message } = value as IDataObject;
	return [typeof message === 'string' && !isNothing(message) ? message : NO_DETAILS];
}

/** Whether a rate is one of this carrier's that can be paid: an amount, and nothing said against it. */
function isUsable(rate: IDataObject, carrierId: string): boolean {
	const { carrier_id: id, shipping_amount: price, validation_status: status } = rate;
	const { amount } = (price ?? {}) as IDataObject;
	const isOwn = isNothing(id) || isSame('carrier_id', id, carrierId);
	const isPriced = typeof amount === 'number' && amount > 0;
	const isInvalid = String(status).toLowerCase() === 'invalid';
	return isOwn && isPriced && !isInvalid && messagesIn(rate.error_messages).length === 0;
}

/** The rates of an answer (OpenAPI document, `rate_estimate`), its words as they came; undefined if it is no list. */
export function parseRates({ list }: IDataObject, carrierId: string): Rates | undefined {
	const all = objectsOf(list);
	if (!all) return undefined;
	const rates = all
		.filter((rate) => isUsable(rate, carrierId))
		.map(({ service_code, package_type, shipping_amount }) => ({
			service_code,
			package_type,
			shipping_amount,
		}));
	const said = new Set(all.flatMap(({ error_messages: errors }) => messagesIn(errors)));
	return { works: rates.length > 0, rates, messages: [...said].slice(0, MOST_MESSAGES) };
}

/** What the carrier itself says against it; a Failure that is about something else is thrown. */
export function refusedRates(thrown: Failure): Rates {
	const { isRefused, httpStatus, reasons } = thrown.details;
	if (!isRefused || httpStatus !== 400) throw thrown;
	return { works: false, rates: [], messages: reasons.map(({ message }) => message) };
}

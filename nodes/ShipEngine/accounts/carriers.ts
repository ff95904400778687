import type { IDataObject } from 'n8n-workflow';
import { type ErrorBeside, objectsOf } from '../api/answer';
import type { Reads } from '../api/requests';
import { isCarrierId } from '../values/identifiers';

/** The API's code for Stamps.com (documented). */
export const STAMPS_COM = 'stamps_com';

/** What the node needs of a carrier (OpenAPI document, `carrier`). */
export interface Carrier {
	carrier_id: string;
	nickname: string;
	account_number: string;
	/** Whether the API says that it cannot be used (`disabled_by_billing_plan`). */
	isDisabled: boolean;
}

/** The account number that some disabled carriers were seen with. */
const DISABLED_ACCOUNT = 'stamps_com_disabled';

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Whether a carrier that an answer holds is a Stamps.com account. */
export const isStampsCom = ({ carrier_code: code, carrier_id: id }: IDataObject) =>
	code === STAMPS_COM && isCarrierId(id);

/** The ID of the carrier in an answer; undefined if there is none. */
export const parseCarrierId = ({ carrier_id: id }: IDataObject) =>
	isCarrierId(id) ? id : undefined;

/** The Stamps.com carriers of an answer; undefined if it is no list of carriers. */
function parseCarriers({ carriers }: IDataObject): Carrier[] | undefined {
	return objectsOf(carriers)
		?.filter(isStampsCom)
		.map((carrier) => ({
			carrier_id: text(carrier.carrier_id),
			nickname: text(carrier.nickname),
			account_number: text(carrier.account_number),
			isDisabled:
				carrier.disabled_by_billing_plan === true || carrier.account_number === DISABLED_ACCOUNT,
		}));
}

/**
 * The Stamps.com carriers of an account or a sub-account (documented: `GET /v1/carriers`).
 *
 * @param accepts - whether an error beside the list is fine
 * @param since - why the item fails if the list cannot be read
 */
export const listCarriers = async (
	api: Reads,
	accepts: (error: ErrorBeside) => boolean,
	since?: string,
): Promise<Carrier[]> =>
	await api.read({ path: '/v1/carriers', parse: parseCarriers, accepts, since });

/**
 * A carrier as the API tells of it (documented: `GET /v1/carriers/{carrier_id}`).
 *
 * @param since - why the item fails if it cannot be read
 */
export const getCarrier = async (
	api: Reads,
	carrierId: string,
	since?: string,
): Promise<IDataObject> =>
	await api.read({
		path: `/v1/carriers/${carrierId}`,
		parse: (answer) => (isCarrierId(answer.carrier_id) ? answer : undefined),
		since,
	});

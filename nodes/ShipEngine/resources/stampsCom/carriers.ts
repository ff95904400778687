import type { IDataObject } from 'n8n-workflow';
import { objectsOf } from '../../api/answer';
import { isCarrierId } from '../../values/identifiers';
import type { ApiRequest } from '../../api/request';
import type { Transport } from '../../api/transport';

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

/** The Stamps.com carriers of an answer; undefined where it is no list of carriers. */
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
 * The Stamps.com carriers of an account or a sub-account.
 *
 * @param options.failed - what did not work where this does not
 * @param options.accepts - whether an error beside the list is fine
 */
export async function listCarriers(
	api: Transport,
	options: Pick<ApiRequest<unknown>, 'onBehalfOf' | 'isNewSubAccount' | 'timeout' | 'accepts'> & {
		failed: string;
	},
): Promise<Carrier[]> {
	const { failed, ...others } = options;
	return await api.send({
		kind: 'read',
		method: 'GET',
		path: '/v1/carriers',
		parse: parseCarriers,
		words: { failed },
		...others,
	});
}

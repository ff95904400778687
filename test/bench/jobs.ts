import type { IDataObject } from 'n8n-workflow';
import type { Api } from '../../sandbox/api';
import { CARD, REGISTRANT } from '../../sandbox/examples/person';
import { SEAL_SECRET, keyOf, now, sealedCard } from '../support/sealing';

/** What is done to each item, by whichever contender. */
export interface Job {
	operation: 'send' | 'register';
	/** So many items that the API accepts. */
	items(api: Api, count: number): IDataObject[] | Promise<IDataObject[]>;
	/** The API's request for an item, as its documentation shows it. */
	request(item: IDataObject): { path: string; body: IDataObject };
}

const numbers = (count: number) => Array.from({ length: count }, (_each, index) => index + 1);

export const SEND: Job = {
	operation: 'send',
	items: (api, count) =>
		numbers(count).map((number) => ({
			carrier_id: api.addCarrier({ nickname: `Store ${number}` }).carrier_id,
			phone: '5124854282',
		})),
	request: ({ carrier_id, phone }) => ({
		path: `/v1/connections/carriers/stamps_com/${String(carrier_id)}/verification`,
		body: { phone, verification_type: 'sms' },
	}),
};

export const REGISTER = {
	operation: 'register',
	items: (_api: Api, count: number): IDataObject[] =>
		numbers(count).map((number) => ({
			nickname: `Store ${number}`,
			...REGISTRANT,
			email: `store${number}@example.com`,
			country_code: 'US',
			address_residential_indicator: 'no',
			...CARD,
			card_type: 'Visa',
		})),
	request: (item: IDataObject) => {
		const part = (prefix: string, ...names: string[]) =>
			Object.fromEntries(names.map((name) => [name, item[prefix + name]]));
		return {
			path: '/v1/registration/stamps_com',
			body: {
				...part('', 'nickname', 'email', 'agree_to_carrier_terms'),
				address: {
					...part('', 'name', 'phone', 'company_name', 'address_line1', 'address_line2'),
					...part('', 'city_locality', 'state_province', 'postal_code', 'country_code'),
					...part('', 'address_residential_indicator'),
				},
				credit_card: part(
					'card_',
					...['name', 'number', 'type', 'expiration_year', 'expiration_month'],
				),
			},
		};
	},
} satisfies Job;

/** The same, with each card sealed as well: a step takes one or the other. */
export const REGISTER_SEALED: Job = {
	...REGISTER,
	items: async (api, count) => {
		const { publicJwk } = keyOf(SEAL_SECRET);
		return await Promise.all(
			REGISTER.items(api, count).map(async (item) => ({
				...item,
				// By a name of its own: a step with another source takes no item that brings a sealed card.
				sealed: await sealedCard(publicJwk, {
					person: { email: item.email, phone: item.phone },
					iat: now(),
				}),
			})),
		);
	},
};

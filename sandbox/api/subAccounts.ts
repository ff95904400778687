import type { FastifyInstance } from 'fastify';
import { checked, object, optional, text } from './check';
import { Refusal, apiError } from './errors';
import type { Settings } from './settings';
import type { Store } from './store';
import type { SubAccount, SubAccountFields } from './subAccountStore';

const BASE = '/v1/partners/accounts';

/** At most so many characters (documented for each field). */
const upTo = (longest: number) =>
	optional(
		text({ test: (value) => value.length <= longest }, `must not be longer than ${longest}`),
	);

const fields = object({
	external_account_id: upTo(128),
	email: optional(text(/^[^\s@]{1,30}@[^\s@]{1,50}$/, 'must be an e-mail address')),
	company_name: upTo(50),
	first_name: upTo(24),
	last_name: upTo(24),
	password: optional(text(/^.{7,128}$/, 'must be 7 to 128 characters')),
	origin_country_code: text(/^[A-Z]{2}$/, 'must be two capitals'),
});

const DEFAULT_PAGE = 25;
const LONGEST_PAGE = 500;

/** What the API tells of a sub-account (documented); what was not given is null (seen). */
function toldOf({ account_id, fields, created_at, modified_at, active }: SubAccount) {
	const { external_account_id = null, email = null, company_name = null } = fields;
	const { first_name = null, last_name = null, origin_country_code } = fields;
	return {
		account_id,
		external_account_id,
		created_at,
		modified_at,
		active,
		email,
		company_name,
		first_name,
		last_name,
		origin_country_code,
	};
}

/** The partner API (documented, but for its refusals, which are inferred). */
export function subAccountRoutes(app: FastifyInstance, store: Store, settings: Settings): void {
	const { subAccounts } = store;

	app.register(async (partner) => {
		partner.addHook('preHandler', async (request) => {
			if (request.onBehalfOf !== undefined) {
				throw new Refusal(400, [
					apiError('invalid_identifier', 'On-Behalf-Of must not be sent with a partner call.'),
				]);
			}
			if (settings.isPartner) return;
			throw new Refusal(403, [
				apiError('forbidden', 'This API key is not that of a partner.', {
					error_type: 'security',
				}),
			]);
		});

		partner.post(BASE, { config: { operation: 'createSubAccount' } }, async (request) => {
			const body = checked<SubAccountFields & { password?: string }>(request.body, fields);
			const { password, ...given } = body;
			if (password !== undefined && given.email === undefined) {
				throw new Refusal(400, [
					apiError('field_value_required', 'A password needs an e-mail.', { field_name: 'email' }),
				]);
			}
			refuseDoubles(subAccounts.all, given);
			const made = subAccounts.add(given, settings.now(), settings.subAccountReadyAfter);
			// Seen: a new sub-account lists a carrier before anything was registered.
			store.addCarrier({
				nickname: 'Stamps.com',
				account_number: 'stamps_com_disabled',
				onBehalfOf: String(made.account_id),
			});
			const { account_id, created_at } = made;
			// Seen in a partner's test fixture: the rest is null.
			return {
				...toldOf({ ...made, fields: { ...given, ...UNSAID } }),
				origin_country_code: null,
				api_key: {
					encrypted_api_key: made.key,
					created_at,
					description: 'Account API Key',
					account_id,
					api_key_id: account_id * 10,
				},
			};
		});

		partner.get<{ Querystring: { active?: string; page?: string; page_size?: string } }>(
			BASE,
			{ config: { operation: 'subAccounts' } },
			async ({ query }) => {
				const page = number(query.page ?? '1', 'page', Number.MAX_SAFE_INTEGER);
				const size = number(query.page_size ?? String(DEFAULT_PAGE), 'page_size', LONGEST_PAGE);
				const wanted = subAccounts.all.filter(
					({ active }) => query.active === undefined || String(active) === query.active,
				);
				return { accounts: wanted.slice((page - 1) * size, page * size).map(toldOf) };
			},
		);

		partner.get<{ Params: { id: string } }>(
			`${BASE}/external_account_id/:id`,
			{ config: { operation: 'findSubAccount' } },
			async ({ params }) =>
				toldOf(
					required(
						subAccounts.all.find(({ fields }) => fields.external_account_id === params.id),
						'external_account_id',
					),
				),
		);

		partner.get<{ Params: { id: string } }>(
			`${BASE}/:id(^\\d+$)`,
			{ config: { operation: 'getSubAccount' } },
			async ({ params }) => toldOf(required(subAccounts.find(params.id), 'account_id')),
		);

		for (const [path, operation] of [
			['enable', 'enableSubAccount'],
			['disable', 'disableSubAccount'],
		] as const) {
			partner.put<{ Params: { id: string } }>(
				`${BASE}/:id(^\\d+$)/${path}`,
				{ config: { operation } },
				async ({ params }, reply) => {
					const found = required(subAccounts.find(params.id), 'account_id');
					found.active = path === 'enable';
					found.modified_at = new Date(settings.now()).toISOString();
					reply.code(204);
				},
			);
		}
	});
}

/** What the answer to create leaves null. */
const UNSAID = {
	email: undefined,
	company_name: undefined,
	first_name: undefined,
	last_name: undefined,
};

/** Both are unique (documented); how a second one is refused is inferred. */
function refuseDoubles(all: SubAccount[], given: SubAccountFields): void {
	const errors = (['external_account_id', 'email'] as const)
		.filter((name) => given[name] && all.some(({ fields }) => fields[name] === given[name]))
		.map((name) =>
			apiError('identifier_conflict', `There is an account of this ${name} already.`, {
				field_name: name,
			}),
		);
	if (errors.length > 0) throw new Refusal(400, errors);
}

function required(found: SubAccount | undefined, field_name: string): SubAccount {
	if (found) return found;
	throw new Refusal(404, [
		apiError('invalid_identifier', 'There is no such account.', { field_name }),
	]);
}

function number(given: string, field_name: string, most: number): number {
	const value = Number(given);
	if (Number.isInteger(value) && value >= 1 && value <= most) return value;
	throw new Refusal(400, [
		apiError('invalid_field_value', `${field_name} must be a whole number from 1 to ${most}.`, {
			field_name,
		}),
	]);
}

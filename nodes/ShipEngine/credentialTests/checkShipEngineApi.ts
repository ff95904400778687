import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	IDataObject,
	IN8nHttpFullResponse,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { type Outcome, type Unsuccessful, outcomeOf } from '../api/answer';
import { apiKeyOf } from '../api/apiKey';
import { baseUrlOf } from '../api/baseUrl';
import { situationOfThrown } from '../api/connection';
import { within } from '../api/deadline';
import { type KeyType, keyTypeOf } from '../values/keyType';
import { asFailure } from '../failures/failure';
import { failureOf } from '../api/requestFailure';

/** How long a person who saves the credential waits for the API, in milliseconds. */
const LONGEST_WAIT = 20_000;

const NOT_CHECKED = 'The API key could not be checked';

const WORDS = { failed: NOT_CHECKED, unknown: NOT_CHECKED, ifUnknown: 'Try again later.' };

/** What an answer says of the key itself, where a run would speak of the request. */
function saidOfKey({ status, reasons }: Unsuccessful): string | undefined {
	switch (status) {
		case 401:
			return 'The API does not know this key. Copy it again from the ShipStation API dashboard.';
		case 403:
			return reasons.length > 0
				? 'This key may not list carriers. Ask ShipStation what the key is allowed to do.'
				: `${NOT_CHECKED}: the request was refused, and not in the API's own words. A proxy or a firewall between this n8n and the API may have done it.`;
		case 429:
			return `${NOT_CHECKED} now: the API's limit of requests is reached. Try again in a minute.`;
		default:
			return undefined;
	}
}

/** How the keys of the sandbox begin, which has the same address (documented). */
const SANDBOX = 'TEST_';

/** Some secret stores put a line break behind the key, which a person does not see. */
function works(apiKey: string, entered: unknown): string {
	const spaces =
		apiKey === String(entered)
			? ''
			: ' It has spaces or a line break around it, which are not sent.';
	const sandbox = apiKey.startsWith(SANDBOX)
		? ' It is a key of the sandbox: nothing that it makes is real, and it allows 20 requests a minute.'
		: '';
	return `The key works.${spaces}${sandbox}`;
}

/** A request that changes and costs nothing, and what its answer has if it is a good one. */
interface Look {
	path: string;
	list: string;
}

/** Documented: `GET /v1/carriers`. */
const CARRIERS: Look = { path: '/v1/carriers', list: 'carriers' };

/** Reference page "Partner accounts". How it refuses a key that is no partner's is inferred: 401, 403 or 404. */
const SUB_ACCOUNTS: Look = { path: '/v1/partners/accounts?page=1&page_size=1', list: 'accounts' };

const NO_PARTNER = [401, 403, 404];

/** The API's answer to a look. */
async function ask(
	{ request }: ICredentialTestFunctions['helpers'],
	baseUrl: string,
	apiKey: string,
	{ path, list }: Look,
): Promise<Outcome<unknown>> {
	try {
		// n8n gives the test of a credential no other helper than this one, with options of its own.
		const sent: Promise<IN8nHttpFullResponse> = request({
			method: 'GET',
			url: baseUrl + path,
			headers: { 'API-Key': apiKey, Accept: 'application/json' },
			timeout: LONGEST_WAIT,
			followRedirect: false,
			json: false,
			resolveWithFullResponse: true,
			simple: false,
		});
		const { statusCode, headers, body } = await within(LONGEST_WAIT, sent);
		const answer = { status: statusCode, headers, body: String(body ?? '') };
		// A list that is not complete shows as well that the key is known.
		const listOf = (found: IDataObject) => (Array.isArray(found[list]) ? found[list] : undefined);
		return outcomeOf(answer, listOf, () => true);
	} catch (error) {
		// This helper throws axios's own error; the rest of it holds the request, the key included.
		const { code, message } = error as { code?: unknown; message?: unknown };
		const thrown = { httpCode: code, messages: [message] };
		return { situation: situationOfThrown(thrown), reasons: [] };
	}
}

/** Whether the key is of the type that was chosen for it. */
function saidOfType(
	keyType: KeyType,
	outcome: Outcome<unknown>,
	worksSo: string,
): INodeCredentialTestResult {
	if ('value' in outcome) {
		const also =
			keyType === 'own'
				? " It is also a partner's: to act for sub-accounts, set 'Key Type' to 'Partner'."
				: " It is a partner's.";
		return { status: 'OK', message: worksSo + also };
	}
	if (keyType === 'own') return { status: 'OK', message: worksSo };
	const message = NO_PARTNER.includes(outcome.status ?? 0)
		? "The key works, but the API does not take it for a partner's. Set 'Key Type' to 'Own', or ask ShipStation for a partner's key."
		: "The key works, but whether it is a partner's could not be checked. Try again later.";
	return { status: 'Error', message };
}

/**
 * Checks key and address when the credential is saved: what a run would not send is not sent here
 * either, and the key goes to no other address.
 *
 * @returns in words for the user whether the key works; never throws, and never repeats the key
 */
export async function checkShipEngineApi(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const apiKey = apiKeyOf(data.apiKey);
		const baseUrl = baseUrlOf(data.baseUrl);
		const outcome = await ask(this.helpers, baseUrl, apiKey, CARRIERS);
		if ('value' in outcome) {
			const partner = await ask(this.helpers, baseUrl, apiKey, SUB_ACCOUNTS);
			return saidOfType(keyTypeOf(data.keyType), partner, works(apiKey, data.apiKey));
		}
		const said = saidOfKey(outcome);
		if (said !== undefined) return { status: 'Error', message: said };
		// Of an API that does not work, the status says more than its words for a request of a run.
		const reasons = outcome.situation === 'refused' ? outcome.reasons : [];
		throw failureOf({ words: WORDS }, { ...outcome, reasons }, 'fail', [apiKey]);
	} catch (error) {
		const { message, description } = asFailure(error).details;
		return { status: 'Error', message: `${message}. ${description}` };
	}
}

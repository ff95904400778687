import type { IDataObject } from 'n8n-workflow';
import { type Api, SANDBOX_KEY, startApi } from '../../../sandbox/api';
import {
	type Outcome,
	type WorkflowJson,
	chain,
	items,
	retryWorkflow,
	runWorkflow,
} from './engine';
import type { KeyType } from '../../../nodes/ShipEngine/values/keyType';
import { SEAL_SECRET } from '../../support/sealing';
import type { Credentials } from './credentials';

/** A card network's published test number. */
export const VISA = '4111111111111111';

const NEXT_YEAR = String(new Date().getFullYear() + 1);

/** The documented example of Register (reference page "Register Free Stamps Account"), its card moved to a year to come. */
export const DOCUMENTED_BODY = {
	nickname: 'My Stamps.com account',
	email: 'john.doe@example.com',
	agree_to_carrier_terms: true,
	address: {
		name: 'John Doe',
		phone: '111-111-1111',
		company_name: 'Example Corp.',
		address_line1: '4009 Marathon Blvd',
		address_line2: 'Suite 300',
		city_locality: 'Austin',
		state_province: 'TX',
		postal_code: '78756',
		country_code: 'US',
		address_residential_indicator: 'no',
	},
	credit_card: {
		name: 'my credit card',
		number: VISA,
		type: 'Visa',
		expiration_year: NEXT_YEAR,
		expiration_month: '07',
	},
};

/** The same registration as the panel's parameters. */
export const ACCOUNT: IDataObject = {
	nickname: 'My Stamps.com account',
	email: 'john.doe@example.com',
	agreeToCarrierTerms: true,
	name: 'John Doe',
	phone: '111-111-1111',
	companyName: 'Example Corp.',
	addressLine1: '4009 Marathon Blvd',
	addressLine2: 'Suite 300',
	cityLocality: 'Austin',
	stateProvince: 'TX',
	postalCode: '78756',
	countryCode: 'US',
	addressResidentialIndicator: 'no',
};

/** The card as the panel's parameters, and as the fields of the card credential. */
export const CARD: IDataObject = {
	cardName: 'my credit card',
	cardNumber: VISA,
	cardType: 'detect',
	cardExpirationYear: NEXT_YEAR,
	cardExpirationMonth: '07',
};

/** The login of a Stamps.com account, which opens nothing. */
export const LOGIN = { username: 'austin-store', password: 'not a password: example' };

/** A registration that does not look for its nickname first, unless told to. */
export const REGISTRATION: IDataObject = {
	...ACCOUNT,
	...CARD,
	ifNicknameExists: 'registerAnother',
};

/**
 * An API for the tests of one file, started and stopped around them and empty before each.
 *
 * @param keyType - what the credential says of its key; the API takes it for a partner's
 */
export function useApi(ofFile: KeyType = 'own') {
	let api: Api;
	let keyType = ofFile;
	beforeAll(async () => {
		api = await startApi();
	});
	beforeEach(() => {
		api.reset();
		keyType = ofFile;
	});
	afterAll(async () => await api.close());

	const lined = (data: IDataObject[], nodes: WorkflowJson['nodes']): WorkflowJson => {
		const all = [items('Trigger', ...data), ...nodes];
		return { nodes: all, connections: chain(...all.map(({ name }) => name)) };
	};

	const credentials = (): Credentials => ({
		shipEngineApi: { apiKey: SANDBOX_KEY, keyType, baseUrl: api.url },
		shipEnginePaymentCardApi: { ...(CARD as Credentials[string]), baseUrl: api.url },
		shipEngineCardSealApi: { secret: SEAL_SECRET, baseUrl: api.url },
		shipEngineStampsLoginApi: { ...LOGIN, baseUrl: api.url },
	});

	return {
		get api() {
			return api;
		},
		credentials,
		/** Steps one after another, from items. */
		lined,
		/** Has the credential say that its key is a partner's, until the test ends. */
		asPartner: () => void (keyType = 'partner'),
		asOwn: () => void (keyType = 'own'),
		/** Runs a workflow with good credentials, or with others where given. */
		async run(workflow: WorkflowJson, others: Credentials = {}): Promise<Outcome> {
			return await runWorkflow(workflow, { ...credentials(), ...others });
		},
		/** Runs steps one after another, from items. */
		async runChain(data: IDataObject[], ...nodes: WorkflowJson['nodes']): Promise<Outcome> {
			return await this.run(lined(data, nodes));
		},
		/** Retries the run of such steps that stopped, as a person does it in the list of executions. */
		async retryChain({ run }: Outcome, ...nodes: WorkflowJson['nodes']): Promise<Outcome> {
			return await retryWorkflow(run, lined([], nodes), credentials());
		},
		/** What was asked of the API, as `POST /v1/…`, in order. */
		calls: () => api.requests.map(({ method, path }) => `${method} ${path}`),
		/** The bodies of the requests, in order. */
		bodies: () => api.requests.map(({ body }) => body),
	};
}

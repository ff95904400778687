import type { IDataObject, INode } from 'n8n-workflow';

/** A way of doing a job: by a step in n8n, or by a loop of axios, so many requests at a time. */
export type Contender = Step | Loop;

export interface Step {
	name: string;
	node: INode;
	/** Whether its items are the requests themselves. */
	takesRequests?: true;
}

export interface Loop {
	name: string;
	concurrency: number;
}

export const axiosLoop = (concurrency: number): Loop => ({
	name: `axios, ${concurrency === 1 ? 'one' : concurrency} at a time`,
	concurrency,
});

/** The step that is measured. A failed item goes on, as a long list needs it. */
const step = (name: string, type: string, typeVersion: number, parameters: object): Step => ({
	name,
	node: {
		id: name,
		name: 'Step',
		type,
		typeVersion,
		position: [0, 0],
		onError: 'continueRegularOutput',
		parameters: parameters as INode['parameters'],
		credentials: {
			shipEngineApi: { id: null, name: 'ShipEngine account' },
			shipEngineCardSealApi: { id: null, name: 'ShipEngine Card Seal account' },
		},
	},
});

const shipEngine = (what: string, operation: string, parameters: IDataObject, atATime?: number) =>
	step(
		['ShipEngine', what, atATime && `Max Concurrency ${atATime}`].filter(Boolean).join(', '),
		'n8n-nodes-shipengine.shipEngine',
		1,
		{
			resource: 'stampsAccount',
			operation,
			options: atATime === undefined ? {} : { maxConcurrency: atATime },
			...parameters,
		},
	);

/** n8n's own request helper in a bare loop (`floor/`), so many requests at a time: what n8n itself costs. */
export const floor = (concurrency = 5): Step => ({
	...step("n8n's request helper", 'CUSTOM.floor', 1, { concurrency }),
	takesRequests: true,
});

/** Send Verification as it is dragged onto the canvas. */
export const send = (maxConcurrency?: number): Step =>
	shipEngine(maxConcurrency ? '' : 'as it is', 'sendVerification', {}, maxConcurrency);

/** Register with every field an expression that takes the item's. */
export const registerByExpressions = (maxConcurrency?: number): Step =>
	shipEngine(
		'fields by expressions',
		'register',
		{
			nickname: '={{ $json.nickname }}',
			email: '={{ $json.email }}',
			agreeToCarrierTerms: '={{ $json.agree_to_carrier_terms }}',
			name: '={{ $json.name }}',
			phone: '={{ $json.phone }}',
			companyName: '={{ $json.company_name }}',
			addressLine1: '={{ $json.address_line1 }}',
			addressLine2: '={{ $json.address_line2 }}',
			cityLocality: '={{ $json.city_locality }}',
			stateProvince: '={{ $json.state_province }}',
			postalCode: '={{ $json.postal_code }}',
			countryCode: '={{ $json.country_code }}',
			addressResidentialIndicator: '={{ $json.address_residential_indicator }}',
			cardSource: 'parameters',
			cardName: '={{ $json.card_name }}',
			cardNumber: '={{ $json.card_number }}',
			cardType: '={{ $json.card_type }}',
			cardExpirationYear: '={{ $json.card_expiration_year }}',
			cardExpirationMonth: '={{ $json.card_expiration_month }}',
		},
		maxConcurrency,
	);

/** Register that takes the item as it is. */
export const registerAutomatically = (maxConcurrency?: number): Step =>
	shipEngine(
		'Map Automatically',
		'register',
		{ dataMode: 'autoMapInputData', cardSource: 'parameters' },
		maxConcurrency,
	);

/** The same, looking for the nickname first, as it does unless told otherwise. */
export const registerInLoop = (): Step =>
	shipEngine('in a loop', 'register', {
		dataMode: 'autoMapInputData',
		cardSource: 'parameters',
		ifNicknameExists: 'fail',
	});

/** The same, with the card sealed. */
export const registerSealed = (): Step =>
	shipEngine('Sealed Card', 'register', {
		dataMode: 'autoMapInputData',
		cardSource: 'sealed',
		sealedCard: '={{ $json.sealed }}',
	});

/** The HTTP Request node with the same credential, and the request as the API documents it. */
const httpRequest = (name: string, url: string, jsonBody: string, options = {}): Step =>
	step(`HTTP Request, ${name}`, 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'shipEngineApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody,
		options,
	});

/** @param batchSize sends so many, and waits a millisecond, the least that its batches take */
export const httpSend = (apiUrl: string, batchSize?: number): Step =>
	httpRequest(
		batchSize === undefined ? 'as it is' : `batch size ${batchSize}`,
		`=${apiUrl}/v1/connections/carriers/stamps_com/{{ $json.carrier_id }}/verification`,
		'={{ JSON.stringify({ phone: $json.phone, verification_type: "sms" }) }}',
		batchSize === undefined ? {} : { batching: { batch: { batchSize, batchInterval: 1 } } },
	);

/** The body as one expression, the way that costs the least. */
export const httpRegister = (apiUrl: string): Step =>
	httpRequest(
		'as it is',
		`${apiUrl}/v1/registration/stamps_com`,
		`={{ JSON.stringify({
			nickname: $json.nickname,
			email: $json.email,
			agree_to_carrier_terms: $json.agree_to_carrier_terms,
			address: {
				name: $json.name,
				phone: $json.phone,
				company_name: $json.company_name,
				address_line1: $json.address_line1,
				address_line2: $json.address_line2,
				city_locality: $json.city_locality,
				state_province: $json.state_province,
				postal_code: $json.postal_code,
				country_code: $json.country_code,
				address_residential_indicator: $json.address_residential_indicator,
			},
			credit_card: {
				name: $json.card_name,
				number: $json.card_number,
				type: $json.card_type,
				expiration_year: $json.card_expiration_year,
				expiration_month: $json.card_expiration_month,
			},
		}) }}`,
	);

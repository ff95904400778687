import type { IDataObject } from 'n8n-workflow';
import { type Api, DECLINED_CARD, SANDBOX_KEY } from '../../sandbox/api';
import type { KeyType } from '../../nodes/ShipEngine/values/keyType';
import {
	carrierStep,
	chain,
	going,
	items,
	type NodeJson,
	runWorkflow,
	step,
	subAccountStep,
} from '../engine/support/engine';
import { CARD, LOGIN, REGISTRATION } from '../engine/support/fixtures';
import { type Exchange, standBetween } from './exchanges';
import { LABEL, rateRequest } from './labelRequests';

/**
 * Has the node send every request that it has, has the workflows' requests for labels sent too, and some
 * of each that the API refuses.
 * @param api the stand-in, which is emptied
 * @returns the requests and answers, in order
 */
export async function tour(api: Api): Promise<Exchange[]> {
	api.reset();
	const between = await standBetween(api.url);
	const visit = new Visit(between.url);
	try {
		await visit.onboarding(api);
		await visit.carriers(api);
		await visit.refusals(api);
		await visit.partner();
		await visit.labels(api);
	} finally {
		await between.close();
	}
	return between.exchanges;
}

/** Runs steps of the node against an address. */
class Visit {
	constructor(private readonly baseUrl: string) {}

	async onboarding(api: Api): Promise<void> {
		const [registered] = await this.run(step('Step', 'register', REGISTRATION));
		const [sent] = await this.run(step('Step', 'sendVerification'), registered);
		const item = { ...sent, verification_code: 'wrong1' };
		await this.run(step('Step', 'confirmVerification', {}, going), item);
		const verification_code = api.codeFor(String(sent!.phone));
		await this.run(step('Step', 'confirmVerification'), { ...sent, verification_code });
	}

	async carriers(api: Api): Promise<void> {
		const { carrier_id } = api.addCarrier({ nickname: 'Theirs', funding_source_id: 'se-900' });
		const funds = { amount: 10, maximumAmount: 10, confirmLiveCharge: true };
		for (const [operation, parameters] of Object.entries({
			get: {},
			getAll: {},
			check: {},
			addFunds: funds,
			updateLogin: {},
			disconnect: {},
		})) {
			await this.run(carrierStep('Step', operation, parameters), { carrier_id });
		}
		await this.run(carrierStep('Step', 'connectExisting'), { nickname: 'Connected' });
	}

	/** Each kind of refusal once, as far as routes of the documents have it. */
	async refusals(api: Api): Promise<void> {
		const { carrier_id } = api.addCarrier({ nickname: 'Refused', requires_funded_amount: false });
		const funds = { amount: 10, maximumAmount: 10, confirmLiveCharge: true };
		const get = carrierStep('Step', 'get', {}, going);
		const declined = { ...REGISTRATION, cardNumber: DECLINED_CARD };
		await this.run(step('Step', 'register', declined, going));
		await this.run(carrierStep('Step', 'addFunds', funds, going), { carrier_id });
		await this.run(get, { carrier_id: 'se-7' });
		await this.run(get, { carrier_id }, { apiKey: 'nobody' });
		api.faults.add({ operation: 'getCarrier', kind: 'serverErrorBefore', times: 3 });
		await this.run(get, { carrier_id });
		api.faults.add({ operation: 'getCarrier', kind: 'tooManyRequests', retryAfter: 1 });
		await this.run(get, { carrier_id });
		api.faults.add({ operation: 'carriers', kind: 'partialCarriers', without: [carrier_id] });
		await this.run(carrierStep('Step', 'getAll'));
	}

	async partner(): Promise<void> {
		const partner = { keyType: 'partner' } as const;
		const external_account_id = 'shop-1';
		const create = subAccountStep('Step', 'create');
		const [created] = await this.run(create, { external_account_id }, partner);
		for (const operation of ['get', 'getAll', 'disable', 'enable']) {
			await this.run(subAccountStep('Step', operation), created, partner);
		}
		await this.run(carrierStep('Step', 'getAll'), created, partner);
	}

	/** What the workflow of the first label sends by n8n's HTTP Request. */
	async labels(api: Api): Promise<void> {
		const { carrier_id } = api.addCarrier({ nickname: 'Labels', balance: 50 });
		const rates = await this.send('POST', '/v1/rates', rateRequest(carrier_id));
		const { rate_id } = (rates.rate_response as { rates: IDataObject[] }).rates[0]!;
		const label = await this.send('POST', `/v1/labels/rates/${String(rate_id)}`, LABEL);
		await this.send('GET', `/v1/labels?rate_id=${String(rate_id)}`);
		await this.send('GET', `/v1/labels/${String(label.label_id)}`);
		for (let times = 0; times < 2; times += 1) {
			await this.send('PUT', `/v1/labels/${String(label.label_id)}/void`);
		}
		await this.send('POST', '/v1/labels/rates/se-7', LABEL);
	}

	/** Runs a step on one item; its output. */
	private async run(
		node: NodeJson,
		item: IDataObject = {},
		{ apiKey = SANDBOX_KEY, keyType = 'own' }: { apiKey?: string; keyType?: KeyType } = {},
	): Promise<IDataObject[]> {
		const { json, error } = await runWorkflow(
			{ nodes: [items('Items', item), node], connections: chain('Items', node.name) },
			{
				shipEngineApi: { apiKey, keyType, baseUrl: this.baseUrl },
				shipEnginePaymentCardApi: { ...CARD, baseUrl: this.baseUrl },
				shipEngineStampsLoginApi: { ...LOGIN, baseUrl: this.baseUrl },
			} as Parameters<typeof runWorkflow>[1],
		);
		if (error) throw error;
		return json(node.name);
	}

	private async send(method: string, path: string, body?: object): Promise<IDataObject> {
		const answer = await fetch(this.baseUrl + path, {
			method,
			headers: { 'API-Key': SANDBOX_KEY, ...(body && { 'Content-Type': 'application/json' }) },
			body: body && JSON.stringify(body),
		});
		return (await answer.json()) as IDataObject;
	}
}

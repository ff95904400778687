import axios from 'axios';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import { DECLINED_CARD, SANDBOX_KEY } from '../../../sandbox/api';
import { CARD, REGISTRANT, TEST_CARD_NUMBER, YEAR } from '../../../sandbox/examples/person';
import { node, workflow } from '../support/workflows';
import type { Stand } from './stand';

const ACCOUNT = { ...REGISTRANT, nickname: 'My Stamps.com account' };

const step = (name: string, operation: string, more: Partial<INode> = {}) =>
	node(name, 'n8n-nodes-shipengine.shipEngine', 1, {
		...more,
		parameters: { resource: 'stampsAccount', operation, ...more.parameters },
		credentials: {
			shipEngineApi: { id: null, name: 'ShipEngine API' },
			shipEnginePaymentCardApi: { id: null, name: 'ShipEngine Payment Card' },
		},
	});

const fromItems = { dataMode: 'autoMapInputData', cardSource: 'parameters' };

/** n8n's own node, which may use the credential as well. */
const httpRequest = node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
	parameters: {
		url: '={{ $json.url }}/v1/carriers',
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'shipEngineApi',
	},
	credentials: { shipEngineApi: { id: null, name: 'ShipEngine API' } },
});

export const WORKFLOWS = [
	workflow('http-request', [httpRequest]),
	workflow('register-and-send', [
		step('Register', 'register', {
			parameters: { dataMode: 'autoMapInputData', cardSource: 'credential' },
		}),
		step('Send', 'sendVerification'),
	]),
	workflow('confirm', [step('Confirm', 'confirmVerification')]),
	workflow('continue', [
		step('Register', 'register', { parameters: fromItems, onError: 'continueRegularOutput' }),
	]),
	workflow(
		'branch',
		[step('Register', 'register', { parameters: fromItems, onError: 'continueErrorOutput' })],
		1,
	),
];

/** The three operations, in a real n8n. */
export function threeOperations(stand: Stand): void {
	const run = async (name: string, items: object[]) =>
		(await axios.post<object[]>(`${stand.n8n.url}/webhook/${name}`, { items })).data;

	/** What a step put out in the newest run of a workflow. */
	async function output(name: string, stepName: string): Promise<INodeExecutionData[][]> {
		const id = stand.idOf(name);
		const execution = await stand.n8n.api.latestExecution(id);
		const { main = [] } = execution?.data.resultData.runData[stepName]?.at(-1)?.data ?? {};
		return main.map((items) => items ?? []);
	}

	test('registers, sends and confirms', async () => {
		const [sent] = (await run('register-and-send', [ACCOUNT])) as [Record<string, string>];
		expect(sent).toEqual({
			carrier_id: stand.api.state.accounts[0]?.carrierId,
			phone: '5124854282',
			verification_id: expect.stringMatching(/^vfn_/),
			verification_method: 'sms/voice',
			status: 'unverified',
		});
		const [, registration] = stand.api.requests;
		expect(registration?.body).toMatchObject({
			credit_card: {
				number: TEST_CARD_NUMBER,
				type: 'Visa',
				expiration_year: YEAR,
				expiration_month: '07',
			},
		});

		const code = stand.api.codeFor('5124854282');
		const confirmed = await run('confirm', [{ ...sent, verification_code: code }]);
		expect(confirmed).toEqual([{ ...sent, verification_method: 'sms', status: 'verified' }]);
	}, 60_000);

	test.each(['register', 'sendVerification', 'confirmVerification'])(
		'the editor is given the fields of %s before it has run',
		async (operation) => {
			const file = `n8n-nodes-shipengine.shipEngine/1.0.0/stampsAccount/${operation}.json`;
			const { data } = await axios.get(`${stand.n8n.url}/schemas/${file}`);
			expect(data).toMatchObject({ properties: { carrier_id: { type: 'string' } } });
		},
		60_000,
	);

	test("n8n's own HTTP Request step can use the credential too", async () => {
		expect(await run('http-request', [{ url: stand.api.url }])).toEqual([
			expect.objectContaining({ carriers: expect.any(Array) }),
		]);
		expect(stand.api.requests).toMatchObject([
			{ method: 'GET', path: '/v1/carriers', headers: { 'api-key': SANDBOX_KEY } },
		]);
	}, 60_000);

	const items = [
		{ ...ACCOUNT, ...CARD, nickname: 'One' },
		{ ...ACCOUNT, ...CARD, nickname: 'Two', card_number: DECLINED_CARD },
	];
	const declined = {
		json: {
			error: {
				message: 'The Stamps account was not registered: The card was declined by its issuer.',
				description: expect.stringContaining('try another payment card.'),
				http_status: 400,
				request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				errors: [
					{
						code: 'funding_source_error',
						field: 'credit_card.number',
						message: 'The card was declined by its issuer.',
					},
				],
			},
		},
	};
	const linked = ({ json, pairedItem }: INodeExecutionData) => ({ json, pairedItem });

	test('a declined registration is just the error item when the node continues', async () => {
		const answer = await run('continue', items);
		// The next step passes it on.
		const json = { error: { ...declined.json.error, skip_next_steps: true } };
		expect(answer).toEqual([expect.objectContaining({ nickname: 'One' }), json]);
		const [main] = await output('continue', 'Register');
		expect(linked(main![1]!)).toEqual({ json, pairedItem: 1 });
	}, 60_000);

	test('a declined registration is just the error item on the error branch', async () => {
		const answer = await run('branch', items);
		expect(answer).toEqual([declined.json]);
		const [main, branch] = await output('branch', 'Register');
		expect(main).toMatchObject([{ json: { nickname: 'One' } }]);
		expect(branch!.map(linked)).toEqual([{ ...declined, pairedItem: 1 }]);
	}, 60_000);
}

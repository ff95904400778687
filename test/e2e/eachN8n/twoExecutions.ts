import axios from 'axios';
import { until } from '../../../sandbox/support/poll';
import { REGISTRANT } from '../../../sandbox/examples/person';
import { node, workflow } from '../support/workflows';
import type { Stand } from './stand';

export const WORKFLOWS = [
	workflow('register', [
		node('Register', 'n8n-nodes-shipengine.shipEngine', 1, {
			parameters: {
				dataMode: 'autoMapInputData',
				cardSource: 'credential',
				ifNicknameExists: 'returnExisting',
			},
			credentials: {
				shipEngineApi: { id: null, name: 'ShipEngine API' },
				shipEnginePaymentCardApi: { id: null, name: 'ShipEngine Payment Card' },
			},
			onError: 'continueRegularOutput',
		}),
	]),
];

interface Registered {
	carrier_id: string;
	existing?: boolean;
	recovered?: boolean;
}

/** Two executions of one n8n register the same nickname at the same moment. */
export function twoExecutions(stand: Stand): void {
	async function register(nickname: string): Promise<Registered> {
		const items = [{ ...REGISTRANT, nickname }];
		const url = `${stand.n8n.url}/webhook/register`;
		const { data } = await axios.post<Registered[]>(url, { items });
		return data[0]!;
	}

	const registrations = () =>
		stand.api.requests.filter(({ path }) => path === '/v1/registration/stamps_com').length;
	const accounts = () => stand.api.state.accounts.map(({ carrierId }) => carrierId);
	const arrived = async (count: number) =>
		await until(
			'the registration to arrive',
			async () => registrations() >= count || undefined,
			30,
		);

	test('twenty times over: twenty accounts, the second output each time existing', async () => {
		for (let round = 0; round < 20; round += 1) {
			const both = await Promise.all([register(`Shop ${round}`), register(`Shop ${round}`)]);
			expect(both.map(({ carrier_id }) => carrier_id)).toEqual(Array(2).fill(accounts()[round]));
			expect(both.filter(({ existing }) => existing)).toHaveLength(1);
		}
		expect(accounts()).toHaveLength(20);
		expect(registrations()).toBe(20);
	});

	test('twenty times over, the first answer lost each time', async () => {
		for (let round = 0; round < 20; round += 1) {
			stand.api.faults.add({ operation: 'register', kind: 'dropAfter' });
			const both = await Promise.all([register(`Lost ${round}`), register(`Lost ${round}`)]);
			expect(both.map(({ carrier_id }) => carrier_id)).toEqual(Array(2).fill(accounts()[round]));
			expect(both.filter(({ recovered }) => recovered)).toHaveLength(1);
			expect(both.filter(({ existing }) => existing)).toHaveLength(1);
		}
		expect(registrations()).toBe(20);
	});

	test('twenty times over, the first run cancelled while the API is at it', async () => {
		for (let round = 0; round < 20; round += 1) {
			stand.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 60_000 });
			const first = register(`Cancelled ${round}`).catch(() => undefined);
			await arrived(round + 1);
			const second = register(`Cancelled ${round}`);
			await stand.n8n.api.stopExecution(await stand.n8n.api.oldestRunning());
			expect(await second).toMatchObject({ carrier_id: accounts()[round], existing: true });
			await first;
		}
		expect(accounts()).toHaveLength(20);
		expect(registrations()).toBe(20);
	}, 180_000);
}

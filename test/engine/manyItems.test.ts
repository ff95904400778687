import { replace, step } from './support/engine';
import { useApi } from './support/fixtures';

const sandbox = useApi();

test('1,000 items go through Send Verification in order, each with its own carrier', async () => {
	const data = Array.from({ length: 1000 }, (_item, index) => ({
		carrier_id: sandbox.api.addCarrier({ nickname: `Shop ${index}` }).carrier_id,
		phone: String(5120000000 + index),
	}));

	const outcome = await sandbox.runChain(data, step('Send', 'sendVerification'));

	expect(outcome.json('Send')).toMatchObject(
		data.map(({ carrier_id, phone }) => ({ carrier_id, phone, status: 'unverified' })),
	);
	expect(outcome.items('Send').map(({ pairedItem }) => pairedItem)).toEqual(
		data.map((_item, item) => ({ item })),
	);
	// Side by side, so in any order, but each once.
	expect(sandbox.calls().sort()).toEqual(
		data
			.map(
				({ carrier_id }) => `POST /v1/connections/carriers/stamps_com/${carrier_id}/verification`,
			)
			.sort(),
	);
}, 120_000);

test('100 items behind a page that replaces them keep their own carriers', async () => {
	const data = Array.from({ length: 100 }, (_item, index) => ({
		carrier_id: sandbox.api.addCarrier({ nickname: `Shop ${index}` }).carrier_id,
		phone: String(5120000000 + index),
	}));

	const outcome = await sandbox.runChain(
		data,
		step('First', 'sendVerification'),
		replace('Page', {}),
		step('Second', 'sendVerification'),
	);

	expect(outcome.json('Second')).toMatchObject(data);
}, 120_000);

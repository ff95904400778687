import { DECLINED_CARD } from '../../sandbox/api';
import { step } from './support/engine';
import { REGISTRATION, VISA, useApi } from './support/fixtures';

// A node that stops at the first failure: what it has made by then is told.
const sandbox = useApi();

const register = (maxConcurrency = 1, parameters = {}) =>
	step('Register', 'register', {
		...REGISTRATION,
		nickname: '={{ $json.shop }}',
		cardNumber: '={{ $json.card }}',
		...parameters,
		options: { maxConcurrency },
	});
const shop = (name: string, card = VISA) => ({ shop: name, card });
const accounts = () =>
	sandbox.api.state.accounts.map(({ carrierId, body }) => ({
		carrier_id: carrierId,
		nickname: (body as { nickname: string }).nickname,
	}));

interface Stopped {
	message: string;
	description: string;
	context: { data: { done?: object[]; unknown?: object[] } };
}
const wait = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

test('all items are checked before the first request', async () => {
	const { error } = await sandbox.runChain(
		[shop('One'), shop('Two', '4111'), shop('Three'), shop('Four', '1')],
		register(2),
	);
	expect(error).toMatchObject({
		message: expect.stringContaining('[item 1]'),
		description: expect.stringContaining('Correct these items too: 3.'),
	});
	expect(sandbox.calls()).toEqual([]);
});

test('the error names what was made before a refusal, in words and in data', async () => {
	const outcome = await sandbox.runChain(
		[shop('One'), shop('Two'), shop('Declined', DECLINED_CARD), shop('Four')],
		register(),
	);
	const { description, context } = outcome.error as unknown as Stopped;
	const made = accounts();
	expect(made.map(({ nickname }) => nickname)).toEqual(['One', 'Two']);
	expect(description).toContain(
		`Already completed: item 0 (${made[0]!.carrier_id}), item 1 (${made[1]!.carrier_id}).`,
	);
	expect(context.data.done).toMatchObject(made.map((account, item) => ({ item, ...account })));
});

test('what was under way beside the refused item is waited for and named', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 300 });
	const outcome = await sandbox.runChain(
		[shop('Slow'), shop('Declined', DECLINED_CARD)],
		register(2),
	);
	const [slow] = accounts();
	expect(outcome.error).toMatchObject({
		message: expect.stringContaining('[item 1]'),
		context: { data: { done: [{ item: 0, carrier_id: slow!.carrier_id }] } },
	});
});

test('what may have been made beside the refused item is told as unknown', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	sandbox.api.faults.add({ operation: 'register', kind: 'delayBefore', ms: 200 });
	const { error } = await sandbox.runChain(
		[shop('Lost'), shop('Declined', DECLINED_CARD)],
		register(2),
	);
	expect(error).toMatchObject({ message: expect.stringContaining('may or may not') });

	sandbox.api.reset();
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 60_000 });
	const other = await sandbox.runChain(
		[shop('Lost'), shop('Declined', DECLINED_CARD)],
		step('Register', 'register', {
			...REGISTRATION,
			nickname: '={{ $json.shop }}',
			cardNumber: '={{ $json.card }}',
			options: { maxConcurrency: 2, timeout: 0.5 },
		}),
	);
	expect(other.error).toMatchObject({
		message: expect.stringContaining('[item 1]'),
		description: expect.stringContaining('Item 0: The Stamps account may or may not'),
		context: { data: { unknown: [{ item: 0, errors: [{ code: 'outcome_unknown' }] }] } },
	});
});

test('an item that waits is not sent after another has failed', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'tooManyRequests', retryAfter: 1 });
	sandbox.api.faults.add({ operation: 'register', kind: 'delayBefore', ms: 200 });
	const { error } = await sandbox.runChain(
		[shop('Waits'), shop('Declined', DECLINED_CARD), shop('Next')],
		register(2),
	);
	expect(error).toMatchObject({ message: expect.stringContaining('[item 1]') });
	const sent = sandbox.calls().length;
	await wait(1_500);
	expect(sandbox.calls()).toHaveLength(sent);
	expect(accounts()).toEqual([]);
});

test('a run again of the mended list makes no second account', async () => {
	const data = [shop('One'), shop('Two'), shop('Three', DECLINED_CARD), shop('Four')];
	const again = register(1, { ifNicknameExists: 'returnExisting' });
	await sandbox.runChain(data, again);
	data[2]!.card = VISA;
	const outcome = await sandbox.runChain(data, again);
	expect(outcome.json('Register').map(({ existing }) => existing)).toEqual([
		true,
		true,
		undefined,
		undefined,
	]);
	expect(accounts().map(({ nickname }) => nickname)).toEqual(['One', 'Two', 'Three', 'Four']);
});

import { outcomeOf, parseNoBody } from '../../../../nodes/ShipEngine/api/answer';
import { Requests } from '../../../../nodes/ShipEngine/api/requests';
import type { Transport } from '../../../../nodes/ShipEngine/api/transport';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';
import { Failure, asFailure } from '../../../../nodes/ShipEngine/failures/failure';

const WORDS = { failed: 'It was not done', unknown: 'It may have been done', ifUnknown: 'Look.' };

const failure = (isUnknown: boolean) =>
	new Failure({ message: 'Failed', description: 'Look.', reasons: [], isUnknown });

/** An item's requests, of which each sent one has this result; no wait takes time. */
function requests(send: () => unknown, cancelled?: AbortSignal) {
	const waits = new Waits(cancelled);
	const pauses: number[] = [];
	jest.spyOn(waits, 'pause').mockImplementation(async (pause) => {
		waits.refuseIfOver();
		pauses.push(pause);
	});
	const sent: object[] = [];
	const transport = {
		waits,
		async send(request: object) {
			sent.push(request);
			const result = send();
			if (result instanceof Failure) throw result;
			return result;
		},
	} as unknown as Transport;
	const secrets = ['4111111111111111'];
	const common = { words: WORDS, carrierId: 'se-1', onBehalfOf: 'se-5', timeout: 7, secrets };
	return { api: new Requests(transport, common), common, sent, pauses };
}

const WRITE = { method: 'PUT' as const, path: '/v1/x', parse: parseNoBody };

describe('each request of an item', () => {
	test('that reads is sent with all that is common to them, and again if no answer came', async () => {
		const { api, common, sent } = requests(() => 'read');
		expect(await api.read({ path: '/v1/x', parse: () => 'x' })).toBe('read');
		expect(sent).toMatchObject([
			{ ...common, kind: 'read', method: 'GET', path: '/v1/x', words: { failed: WORDS.failed } },
		]);
	});

	test('that is read for another one says what it was read for', async () => {
		const { api, sent } = requests(() => 'read');
		await api.read({ path: '/v1/x', parse: () => 'x', since: 'the balance could not be read' });
		const failed = 'It was not done, since the balance could not be read';
		expect(sent).toMatchObject([{ words: { failed } }]);
	});

	test('that writes is sent with all that is common to them, and never twice', async () => {
		const { api, common, sent } = requests(() => true);
		expect(await api.write(WRITE)).toBe(true);
		expect(sent).toMatchObject([{ ...common, ...WRITE, kind: 'write' }]);
	});

	test('is told in other words where there are better ones', async () => {
		const { api, sent } = requests(() => true);
		await api.telling({ ifUnknown: 'The balance was 10.00 before.' }).write(WRITE);
		const words = { ...WORDS, ifUnknown: 'The balance was 10.00 before.' };
		expect(sent).toMatchObject([{ words, carrierId: 'se-1', onBehalfOf: 'se-5' }]);
	});
});

describe('a write whose answer came', () => {
	test('is not looked for', async () => {
		const look = jest.fn();
		expect(await requests(() => true).api.writeOrFind(WRITE, look)).toEqual({ value: true });
		expect(look).not.toHaveBeenCalled();
	});

	test('nor where it was refused', async () => {
		const refused = failure(false);
		const look = jest.fn();
		const { api } = requests(() => refused);
		expect(await api.writeOrFind(WRITE, look).catch(asFailure)).toBe(refused);
		expect(look).not.toHaveBeenCalled();
	});
});

describe('what became of a lost answer', () => {
	const lost = failure(true);

	test('is seen at the first look', async () => {
		const { api, pauses, sent } = requests(() => lost);
		const look = jest.fn(async () => true as const);
		expect(await api.writeOrFind(WRITE, look)).toEqual({ value: true, recovered: true });
		expect([pauses, look.mock.calls.length, sent.length]).toEqual([[0], 1, 1]);
	});

	test('is seen at the second one, when the API has taken its time', async () => {
		const { api, pauses } = requests(() => lost);
		const looks = [undefined, true as const];
		const found = await api.writeOrFind(WRITE, async () => looks.shift());
		expect(found).toEqual({ value: true, recovered: true });
		expect(pauses).toEqual([0, 2_000]);
	});

	test('is looked for once more where a look fails', async () => {
		const { api } = requests(() => lost);
		const look = jest.fn().mockRejectedValueOnce(new Error('No answer')).mockResolvedValue(true);
		expect(await api.writeOrFind(WRITE, look)).toEqual({ value: true, recovered: true });
	});

	test('is not known where nothing shows it', async () => {
		const { api, pauses } = requests(() => lost);
		expect(await api.writeOrFind(WRITE, async () => undefined).catch(asFailure)).toBe(lost);
		expect(pauses).toEqual([0, 2_000]);
	});

	test('is not known, and no other failure, where the execution was canceled', async () => {
		const execution = new AbortController();
		execution.abort();
		const look = jest.fn();
		const { api } = requests(() => lost, execution.signal);
		expect(await api.writeOrFind(WRITE, look).catch(asFailure)).toBe(lost);
		expect(look).not.toHaveBeenCalled();
	});
});

describe('an answer without a body', () => {
	const outcome = (status: number, body: string) =>
		outcomeOf({ status, headers: {}, body }, parseNoBody);

	test('204 tells that it was done', () => {
		expect(outcome(204, '')).toEqual({ value: true });
	});

	test.each(['', '{}', '<html>', '[]', 'true'])('200 with %j does not tell', (body) => {
		expect(outcome(200, body)).toMatchObject({ situation: 'unusable' });
	});

	test('errors in a 2xx do not tell that it was not done', () => {
		const errors = [{ error_code: 'unspecified', message: 'The carrier did not answer.' }];
		const body = JSON.stringify({ errors });
		expect(outcome(200, body)).toMatchObject({ situation: 'unusable' });
		expect(outcome(400, body)).toMatchObject({ situation: 'refused' });
	});
});

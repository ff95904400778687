import { getEventListeners } from 'node:events';
import { Failure } from '../../../nodes/ShipEngine/shared/failure';
import { Throttle } from '../../../nodes/ShipEngine/shared/throttle';

/** What the step's options set, in milliseconds. */
const MAX_WAIT = 120_000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** How a wait stands, from now on. */
function watch(wait: Promise<void>) {
	const seen: { state: 'waiting' | 'through' | 'stopped'; error?: unknown } = { state: 'waiting' };
	wait.then(
		() => (seen.state = 'through'),
		(error: unknown) => Object.assign(seen, { state: 'stopped', error }),
	);
	return seen;
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

describe('a pause', () => {
	test('is none as long as nobody asks for one', async () => {
		const wait = watch(new Throttle(MAX_WAIT, undefined).ready());
		await pass(0);
		expect(wait.state).toBe('through');
	});

	test('holds back every request, those that came before it and those that come after', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		expect(throttle.close(10_000)).toBe(true);
		const first = watch(throttle.ready());
		await pass(4_000);
		const second = watch(throttle.ready());
		await pass(5_999);
		expect([first.state, second.state]).toEqual(['waiting', 'waiting']);
		await pass(1);
		expect([first.state, second.state]).toEqual(['through', 'through']);
	});

	test('becomes longer for those that wait already', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		throttle.close(10_000);
		const wait = watch(throttle.ready());
		await pass(5_000);
		throttle.close(20_000);
		await pass(19_999);
		expect(wait.state).toBe('waiting');
		await pass(1);
		expect(wait.state).toBe('through');
	});

	test('is not made shorter by another', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		throttle.close(10_000);
		throttle.close(1_000);
		const wait = watch(throttle.ready());
		await pass(9_999);
		expect(wait.state).toBe('waiting');
		await pass(1);
		expect(wait.state).toBe('through');
	});

	test('is over for all that come later', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		throttle.close(10_000);
		await pass(10_000);
		const wait = watch(throttle.ready());
		await pass(0);
		expect(wait.state).toBe('through');
	});

	test('of nothing is still one: the API is not asked again in the same moment', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		throttle.close(0);
		const wait = watch(throttle.ready());
		await pass(0);
		expect(wait.state).toBe('waiting');
		await pass(5_000);
		expect(wait.state).toBe('through');
	});

	test('belongs to one run', async () => {
		new Throttle(MAX_WAIT, undefined).close(10_000);
		const wait = watch(new Throttle(MAX_WAIT, undefined).ready());
		await pass(0);
		expect(wait.state).toBe('through');
	});
});

describe('the longest wait without success', () => {
	test('may be reached, and not passed', () => {
		expect(new Throttle(MAX_WAIT, undefined).close(MAX_WAIT)).toBe(true);
		expect(new Throttle(MAX_WAIT, undefined).close(MAX_WAIT + 1)).toBe(false);
		expect(new Throttle(MAX_WAIT, undefined).close(Number.POSITIVE_INFINITY)).toBe(false);
	});

	test('may be none', () => {
		expect(new Throttle(0, undefined).close(1)).toBe(false);
	});

	test('is the sum of pauses', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		const granted: boolean[] = [];
		for (let round = 0; round < 5; round++) {
			granted.push(throttle.close(MAX_WAIT / 4));
			await pass(MAX_WAIT / 4);
		}
		expect(granted).toEqual([true, true, true, true, false]);
	});

	test('begins anew with each success', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		for (let round = 0; round < 10; round++) {
			expect(throttle.close(MAX_WAIT)).toBe(true);
			await pass(MAX_WAIT);
			throttle.succeeded();
		}
	});

	test('a pause that is refused holds nothing back', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		throttle.close(MAX_WAIT + 1);
		const wait = watch(throttle.ready());
		await pass(0);
		expect(wait.state).toBe('through');
	});
});

describe('a cancelled execution', () => {
	const expectCancelled = (wait: { state: string; error?: unknown }) => {
		expect(wait.state).toBe('stopped');
		expect(wait.error).toBeInstanceOf(Failure);
		const { details } = wait.error as Failure;
		expect(details.reasons.map(({ code }) => code)).toEqual(['canceled']);
		expect(details.description).toMatch(/Nothing was sent/);
		expect(details).not.toHaveProperty('httpStatus');
	};

	test('leaves every wait at once', async () => {
		const execution = new AbortController();
		const throttle = new Throttle(MAX_WAIT, execution.signal);
		throttle.close(60_000);
		const waits = [throttle.ready(), throttle.ready(), throttle.pause(30_000)].map(watch);
		await pass(1_000);
		expect(waits.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
		execution.abort();
		await pass(0);
		waits.forEach(expectCancelled);
	});

	test('starts no further request', async () => {
		const execution = new AbortController();
		execution.abort();
		const wait = watch(new Throttle(MAX_WAIT, execution.signal).ready());
		await pass(0);
		expectCancelled(wait);
	});

	test('begins no further wait', async () => {
		const execution = new AbortController();
		const throttle = new Throttle(MAX_WAIT, execution.signal);
		throttle.close(60_000);
		execution.abort();
		const waits = [throttle.ready(), throttle.pause(30_000)].map(watch);
		await pass(0);
		waits.forEach(expectCancelled);
	});

	test('is not noticed where n8n gives no signal', async () => {
		const throttle = new Throttle(MAX_WAIT, undefined);
		const wait = watch(throttle.pause(30_000));
		await pass(30_000);
		expect(wait.state).toBe('through');
	});

	test('is listened for once, however many items wait', async () => {
		const { signal } = new AbortController();
		const throttle = new Throttle(MAX_WAIT, signal);
		const waits = Array.from({ length: 50 }, (_each, index) => throttle.pause(1_000 + index));
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		await pass(1_010);
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		await pass(1_000);
		await Promise.all(waits);
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	});

	test('is not listened for any more when a wait is over', async () => {
		const { signal } = new AbortController();
		const throttle = new Throttle(MAX_WAIT, signal);
		for (let round = 0; round < 20; round++) {
			const wait = watch(throttle.pause(1_000));
			await pass(1_000);
			expect(wait.state).toBe('through');
		}
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	});
});

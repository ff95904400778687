import type { Outcome, Unsuccessful } from '../../../nodes/ShipEngine/shared/answer';
import { Failure } from '../../../nodes/ShipEngine/shared/failure';
import { DEFAULT_THROTTLE_PAUSE, MAX_UNREACHED } from '../../../nodes/ShipEngine/shared/policy';
import { Throttle } from '../../../nodes/ShipEngine/shared/throttle';
import { Waits } from '../../../nodes/ShipEngine/shared/waits';
import { errorOf } from './support';

/** What the step's options set, in milliseconds. */
const MAX_WAIT = 120_000;

const throttleOf = (maxWait = MAX_WAIT, waits = new Waits(undefined)) =>
	new Throttle(maxWait, waits);

/** A 429 that asks for so long a pause. */
const limit = (retryAfter?: number): Unsuccessful => ({
	situation: 'throttled',
	status: 429,
	reasons: [],
	retryAfter,
});

const NOT_REACHED: Unsuccessful = { situation: 'unreached', reasons: [] };

/** How a wait stands, from now on. */
function watch(wait: Promise<unknown>) {
	const seen: { state: 'waiting' | 'through' | 'stopped'; came?: unknown } = { state: 'waiting' };
	wait.then(
		(came) => Object.assign(seen, { state: 'through', came }),
		(came: unknown) => Object.assign(seen, { state: 'stopped', came }),
	);
	return seen;
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

let chance: jest.SpyInstance;

beforeEach(() => {
	jest.useFakeTimers();
	// No more than what the API asks for, so that moments can be told exactly.
	chance = jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
	jest.useRealTimers();
	chance.mockRestore();
});

describe('a pause', () => {
	test('is none as long as nobody asks for one', async () => {
		const wait = watch(throttleOf().ready());
		await pass(0);
		expect(wait).toEqual({ state: 'through', came: undefined });
	});

	test('holds back every request, those that came before it and those that come after', async () => {
		const throttle = throttleOf();
		expect(throttle.close(limit(10_000))).toBe(true);
		const first = watch(throttle.ready());
		await pass(4_000);
		const second = watch(throttle.ready());
		await pass(5_999);
		expect([first.state, second.state]).toEqual(['waiting', 'waiting']);
		await pass(1);
		expect([first, second]).toEqual([
			{ state: 'through', came: undefined },
			{ state: 'through', came: undefined },
		]);
	});

	test('becomes longer for those that wait already', async () => {
		const throttle = throttleOf();
		throttle.close(limit(10_000));
		const wait = watch(throttle.ready());
		await pass(5_000);
		throttle.close(limit(20_000));
		await pass(19_999);
		expect(wait.state).toBe('waiting');
		await pass(1);
		expect(wait.state).toBe('through');
	});

	test('is not made shorter by another', async () => {
		const throttle = throttleOf();
		throttle.close(limit(10_000));
		throttle.close(limit(1_000));
		const wait = watch(throttle.ready());
		await pass(9_999);
		expect(wait.state).toBe('waiting');
		await pass(1);
		expect(wait.state).toBe('through');
	});

	test('is over for all that come later', async () => {
		const throttle = throttleOf();
		throttle.close(limit(10_000));
		await pass(10_000);
		const wait = watch(throttle.ready());
		await pass(0);
		expect(wait.state).toBe('through');
	});

	test('is not ended by what is learned meanwhile', async () => {
		const throttle = throttleOf();
		throttle.close(limit(10_000));
		throttle.learn({ value: 'se-1' });
		const wait = watch(throttle.ready());
		await pass(9_999);
		expect(wait.state).toBe('waiting');
	});

	test.each([
		['nothing: the API is not asked again in the same moment', 0, 1_000],
		['less than a second', 300, 1_000],
		['a second', 1_000, 1_000],
		['more', 1_001, 1_001],
		['no time that it names', undefined, DEFAULT_THROTTLE_PAUSE],
	])('of %s', async (_name, retryAfter, lasts) => {
		const throttle = throttleOf();
		throttle.close(limit(retryAfter));
		const wait = watch(throttle.ready());
		await pass(lasts - 1);
		expect(wait.state).toBe('waiting');
		await pass(1);
		expect(wait.state).toBe('through');
	});

	test('belongs to one run', async () => {
		throttleOf().close(limit(10_000));
		const wait = watch(throttleOf().ready());
		await pass(0);
		expect(wait.state).toBe('through');
	});

	test('is measured by a clock that nobody sets', async () => {
		for (const hour of [-3_600_000, 3_600_000]) {
			const throttle = throttleOf();
			throttle.close(limit(10_000));
			const wait = watch(throttle.ready());
			await pass(5_000);
			jest.setSystemTime(Date.now() + hour);
			await pass(4_999);
			expect(wait.state).toBe('waiting');
			await pass(1);
			expect(wait.state).toBe('through');
			expect(throttle.close(limit(10_000))).toBe(true);
		}
	});
});

describe('the chance in a pause', () => {
	/** When a request goes through after a 429, to the millisecond. */
	async function lasts(retryAfter: number): Promise<number> {
		const throttle = throttleOf();
		const began = performance.now();
		throttle.close(limit(retryAfter));
		const ready = throttle.ready().then(() => performance.now() - began);
		await pass(retryAfter * 2);
		return await ready;
	}

	test.each([
		[1_000, 1_250],
		[2_000, 2_500],
		[4_000, 5_000],
		[30_000, 31_000],
	])('makes %i milliseconds at the most %i', async (asked, longest) => {
		chance.mockReturnValue(0.999_999);
		const most = await lasts(asked);
		expect(most).toBeGreaterThan(longest - 2);
		expect(most).toBeLessThanOrEqual(longest);
	});

	test.each([1_000, 4_000, 30_000])('never makes %i milliseconds less', async (asked) => {
		chance.mockRestore();
		for (let round = 0; round < 20; round++) {
			const pause = await lasts(asked);
			expect(pause).toBeGreaterThanOrEqual(asked);
			expect(pause).toBeLessThanOrEqual(asked + 1_000);
		}
	});

	test('does not count as waiting: what is allowed is what the API asks for', () => {
		chance.mockReturnValue(0.999_999);
		expect(throttleOf().close(limit(MAX_WAIT))).toBe(true);
	});
});

describe('the longest wait without success', () => {
	test('may be reached, and not passed', () => {
		expect(throttleOf().close(limit(MAX_WAIT))).toBe(true);
		expect(throttleOf().close(limit(MAX_WAIT + 1))).toBe(false);
		expect(throttleOf().close(limit(Number.POSITIVE_INFINITY))).toBe(false);
	});

	test('may be none, or shorter than the shortest pause', () => {
		expect(throttleOf(0).close(limit(1))).toBe(false);
		expect(throttleOf(999).close(limit(0))).toBe(false);
		expect(throttleOf(1_000).close(limit(0))).toBe(true);
	});

	/** Which of five pauses are granted that together are a quarter too long. */
	async function granted(between: Array<Outcome<unknown>>): Promise<boolean[]> {
		const throttle = throttleOf();
		const grants: boolean[] = [];
		for (let round = 0; round < 5; round++) {
			grants.push(throttle.close(limit(MAX_WAIT / 4)));
			await pass(MAX_WAIT / 4);
			between.forEach((outcome) => throttle.learn(outcome));
		}
		return grants;
	}

	test('is the sum of pauses', async () => {
		expect(await granted([])).toEqual([true, true, true, true, false]);
	});

	test('counts the time between them too', async () => {
		const throttle = throttleOf();
		expect(throttle.close(limit(1_000))).toBe(true);
		await pass(MAX_WAIT - 1_000);
		expect(throttle.close(limit(1_000))).toBe(true);
		await pass(1);
		expect(throttle.close(limit(1_000))).toBe(false);
	});

	test.each<[string, Outcome<unknown>]>([
		['each success', { value: 'se-1' }],
		['a success of nothing', { value: undefined }],
		['a refusal', { situation: 'refused', status: 400, reasons: [] }],
		['a lost answer', { situation: 'interrupted', reasons: [] }],
		['an answer that lacks what was asked for', { situation: 'unusable', reasons: [] }],
	])('begins anew with %s', async (_name, outcome) => {
		expect(await granted([outcome])).toEqual([true, true, true, true, true]);
	});

	test.each<[string, Outcome<unknown>]>([
		['a further 429', limit(1)],
		['a connection that did not come about', NOT_REACHED],
		['a certificate that is not accepted', { situation: 'untrusted', reasons: [] }],
		['a proxy that lets nothing through', { situation: 'unsendable', reasons: [] }],
	])('goes on with %s', async (_name, outcome) => {
		expect(await granted([outcome])).toEqual([true, true, true, true, false]);
	});
});

describe('a pause that is longer than allowed', () => {
	test('holds nothing back: what is asked meanwhile comes to the same, unsent', async () => {
		const throttle = throttleOf();
		const refusal = limit(MAX_WAIT + 1);
		throttle.close(refusal);
		const waits = [throttle.ready(), throttle.ready()].map(watch);
		await pass(0);
		for (const wait of waits) {
			expect(wait.state).toBe('through');
			expect(wait.came).toBe(refusal);
		}
	});

	test('is over when the API said so', async () => {
		const throttle = throttleOf();
		const refusal = limit(MAX_WAIT + 1);
		throttle.close(refusal);
		await pass(MAX_WAIT);
		expect(await throttle.ready()).toBe(refusal);
		await pass(1);
		expect(await throttle.ready()).toBeUndefined();
	});

	test('leaves the shorter pause as it is that was granted before', async () => {
		const throttle = throttleOf();
		throttle.close(limit(10_000));
		const refusal = limit(MAX_WAIT + 1);
		throttle.close(refusal);
		const wait = watch(throttle.ready());
		await pass(9_999);
		expect(wait.state).toBe('waiting');
		await pass(1);
		expect(wait).toEqual({ state: 'through', came: refusal });
	});
});

describe('an API that is not reached', () => {
	const tries = (throttle: Throttle, count: number, outcome = NOT_REACHED) => {
		for (let each = 0; each < count; each++) throttle.learn(outcome);
	};

	test('is asked no more after many tries in a row', async () => {
		const throttle = throttleOf();
		tries(throttle, MAX_UNREACHED - 1);
		expect(await throttle.ready()).toBeUndefined();
		tries(throttle, 1);
		expect(await throttle.ready()).toEqual({ situation: 'unavailable', reasons: [] });
		await pass(24 * 3_600_000);
		expect(await throttle.ready()).toEqual({ situation: 'unavailable', reasons: [] });
		tries(throttle, 1);
		expect(await throttle.ready()).toEqual({ situation: 'unavailable', reasons: [] });
	});

	test('is asked again when what was under way has reached it', async () => {
		const throttle = throttleOf();
		tries(throttle, MAX_UNREACHED + 3);
		throttle.learn({ value: 'se-1' });
		expect(await throttle.ready()).toBeUndefined();
	});

	test('is told as that, whatever pause it asked for before', async () => {
		const throttle = throttleOf();
		throttle.close(limit(MAX_WAIT + 1));
		tries(throttle, MAX_UNREACHED);
		expect(await throttle.ready()).toMatchObject({ situation: 'unavailable' });
	});

	test.each(['untrusted', 'unsendable'] as const)(
		'is asked no more either where nothing gets to it otherwise: %s',
		async (situation) => {
			const throttle = throttleOf();
			tries(throttle, MAX_UNREACHED - 1);
			tries(throttle, 1, { situation, reasons: [] });
			expect(await throttle.ready()).toMatchObject({ situation: 'unavailable' });
		},
	);

	test.each<[string, Outcome<unknown>]>([
		['a success', { value: 'se-1' }],
		['a refusal', { situation: 'refused', status: 400, reasons: [] }],
		['a lost answer', { situation: 'interrupted', reasons: [] }],
	])('is counted anew after %s', async (_name, outcome) => {
		const throttle = throttleOf();
		tries(throttle, MAX_UNREACHED - 1);
		throttle.learn(outcome);
		tries(throttle, MAX_UNREACHED - 1);
		expect(await throttle.ready()).toBeUndefined();
		tries(throttle, 1);
		expect(await throttle.ready()).toMatchObject({ situation: 'unavailable' });
	});

	test('is not said to be so because it asks for pauses', async () => {
		const throttle = throttleOf();
		tries(throttle, MAX_UNREACHED, limit(1));
		expect(await throttle.ready()).toBeUndefined();
		tries(throttle, MAX_UNREACHED - 1);
		tries(throttle, 1, limit(1));
		expect(await throttle.ready()).toBeUndefined();
	});
});

describe('a run that is over', () => {
	const ENDS = [
		['cancelled', (_waits: Waits, execution: AbortController) => execution.abort()],
		['stopped', (waits: Waits) => waits.stop()],
	] as const;

	test.each(ENDS)('(%s) leaves every wait at once', async (_name, end) => {
		const execution = new AbortController();
		const waits = new Waits(execution.signal);
		const throttle = throttleOf(MAX_WAIT, waits);
		throttle.close(limit(60_000));
		const ready = [throttle.ready(), throttle.ready()].map(watch);
		await pass(1_000);
		expect(ready.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
		end(waits, execution);
		await pass(0);
		for (const { state, came } of ready) {
			expect(state).toBe('stopped');
			expect(came).toBeInstanceOf(Failure);
		}
	});

	test.each(ENDS)('(%s) starts no further request', async (_name, end) => {
		const execution = new AbortController();
		const waits = new Waits(execution.signal);
		const throttle = throttleOf(MAX_WAIT, waits);
		end(waits, execution);
		expect(await errorOf(throttle.ready())).toBeInstanceOf(Failure);
	});

	test.each(ENDS)('(%s) is told as that, whatever else stands', async (_name, end) => {
		const execution = new AbortController();
		const waits = new Waits(execution.signal);
		const throttle = throttleOf(MAX_WAIT, waits);
		throttle.close(limit(MAX_WAIT + 1));
		end(waits, execution);
		const { details } = (await errorOf(throttle.ready())) as Failure;
		expect(details.reasons.map(({ code }) => code)).toEqual(['canceled']);
	});
});

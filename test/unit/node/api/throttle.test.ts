import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { DEFAULT_THROTTLE_PAUSE } from '../../../../nodes/ShipEngine/api/policy';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';
import { errorOf } from '../support';
import { MAX_WAIT, letTimePass, limit, pass, stopTime, throttleOf, watch } from './throttling';

let chance: jest.SpyInstance<number>;
beforeEach(() => {
	chance = stopTime();
});
afterEach(letTimePass);

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

import type { Outcome } from '../../../../nodes/ShipEngine/api/answer';
import { MAX_UNREACHED } from '../../../../nodes/ShipEngine/api/policy';
import type { Throttle } from '../../../../nodes/ShipEngine/api/throttle';
import {
	MAX_WAIT,
	NOT_REACHED,
	letTimePass,
	limit,
	pass,
	stopTime,
	throttleOf,
	watch,
} from './throttling';

// When the API is asked no more.
beforeEach(() => void stopTime());
afterEach(letTimePass);

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

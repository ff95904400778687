import {
	DEFAULT_THROTTLE_PAUSE,
	MAX_TRIES,
	MAX_UNREACHED,
	MIN_THROTTLE_PAUSE,
	NEVER_ARRIVED,
	POLICY,
	jittered,
	retryPause,
} from '../../../../nodes/ShipEngine/api/policy';

const MINUTE = 60_000;

/** What happened, what becomes of a write, what of a read. */
const TABLE = [
	['throttled', 'wait', 'wait'],
	['unreached', 'retry', 'retry'],
	['untrusted', 'fail', 'fail'],
	['unsendable', 'fail', 'fail'],
	['unavailable', 'fail', 'fail'],
	['interrupted', 'unknown', 'retry'],
	['notReady', 'later', 'later'],
	['refused', 'fail', 'fail'],
	['unusable', 'unknown', 'fail'],
	['redirected', 'fail', 'fail'],
] as const;

test.each(TABLE)('%s: a write is to %s, a read to %s', (situation, write, read) => {
	expect([POLICY.write[situation], POLICY.read[situation]]).toEqual([write, read]);
});

test('the table says all', () => {
	const situations = TABLE.map(([situation]) => situation).sort();
	expect(Object.keys(POLICY).sort()).toEqual(['read', 'write']);
	expect(Object.keys(POLICY.write).sort()).toEqual(situations);
	expect(Object.keys(POLICY.read).sort()).toEqual(situations);
});

test('a write is sent again only where the API certainly did nothing', () => {
	const again = Object.entries(POLICY.write)
		.filter(([, reaction]) => ['wait', 'retry', 'later'].includes(reaction))
		.map(([situation]) => situation);
	expect(again).toEqual(['throttled', 'unreached', 'notReady']);
});

test('a lost or unusable answer to a write is never taken for a failure', () => {
	expect([POLICY.write.interrupted, POLICY.write.unusable]).toEqual(['unknown', 'unknown']);
});

test('what never arrived may be sent again, or fails for good', () => {
	expect([...NEVER_ARRIVED].sort()).toEqual(['unreached', 'unsendable', 'untrusted']);
	for (const situation of NEVER_ARRIVED) {
		for (const { [situation]: reaction } of [POLICY.write, POLICY.read]) {
			expect(['retry', 'fail']).toContain(reaction);
		}
	}
	// One item alone does not make the API out of reach for all.
	expect(MAX_UNREACHED).toBeGreaterThan(MAX_TRIES);
});

describe('pauses', () => {
	afterEach(() => jest.restoreAllMocks());
	const withChance = (chance: number) => jest.spyOn(Math, 'random').mockReturnValue(chance);

	test.each([
		['nothing', 0, 0],
		['a second', 1_000, 1_250],
		['four seconds', 4_000, 5_000],
		['a minute', 60_000, 61_000],
	])('of %s become longer by a quarter, and a second at the most', (_name, pause, longest) => {
		withChance(0);
		expect(jittered(pause)).toBe(pause);
		withChance(0.5);
		expect(jittered(pause)).toBe((pause + longest) / 2);
		withChance(1);
		expect(jittered(pause)).toBe(longest);
	});

	test.each([0, 0.999_999])('after a few tries grow and stay below a minute (%p)', (chance) => {
		withChance(chance);
		expect(MAX_TRIES).toBeGreaterThan(1);
		expect(MAX_TRIES).toBeLessThan(6);
		const pauses = Array.from({ length: MAX_TRIES }, (_each, index) => retryPause(index + 1));
		expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
		expect(new Set(pauses).size).toBe(pauses.length);
		expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
		expect(pauses.reduce((sum, pause) => sum + pause)).toBeLessThan(MINUTE / 2);
	});

	test('at the limit are a second at the least, and a part of its minute where it names none', () => {
		expect(MIN_THROTTLE_PAUSE).toBeGreaterThanOrEqual(500);
		expect(DEFAULT_THROTTLE_PAUSE).toBeGreaterThanOrEqual(MIN_THROTTLE_PAUSE);
		expect(DEFAULT_THROTTLE_PAUSE).toBeLessThan(MINUTE);
	});
});

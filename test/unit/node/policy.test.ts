import {
	DEFAULT_THROTTLE_PAUSE,
	MAX_TRIES,
	MIN_THROTTLE_PAUSE,
	POLICY,
	retryPause,
} from '../../../nodes/ShipEngine/shared/policy';

const MINUTE = 60_000;

/** What happened, what becomes of a write, what of a read. */
const TABLE = [
	['throttled', 'wait', 'wait'],
	['unreached', 'retry', 'retry'],
	['interrupted', 'unknown', 'retry'],
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
		.filter(([, reaction]) => reaction === 'wait' || reaction === 'retry')
		.map(([situation]) => situation);
	expect(again).toEqual(['throttled', 'unreached']);
});

test('a lost or unusable answer to a write is never taken for a failure', () => {
	expect([POLICY.write.interrupted, POLICY.write.unusable]).toEqual(['unknown', 'unknown']);
});

test('a few tries, with pauses that grow and stay below a minute', () => {
	expect(MAX_TRIES).toBeGreaterThan(1);
	expect(MAX_TRIES).toBeLessThan(6);
	const pauses = Array.from({ length: MAX_TRIES }, (_each, index) => retryPause(index + 1));
	expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
	expect(Math.min(...pauses)).toBeGreaterThanOrEqual(500);
	expect(pauses.reduce((sum, pause) => sum + pause)).toBeLessThan(MINUTE / 2);
	expect(MIN_THROTTLE_PAUSE).toBeGreaterThanOrEqual(500);
	expect(DEFAULT_THROTTLE_PAUSE).toBeGreaterThanOrEqual(MIN_THROTTLE_PAUSE);
	expect(DEFAULT_THROTTLE_PAUSE).toBeLessThan(MINUTE);
});

import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { LOOK_LASTS, SharedAccount } from '../../../../nodes/ShipEngine/accounts/sharedAccounts';

const ACCOUNT = 'of this test';

/** The runs that have joined; all leave at the end of each test. */
const joined: SharedAccount[] = [];

function join(key = ACCOUNT): SharedAccount {
	const account = SharedAccount.join(key);
	joined.push(account);
	return account;
}

afterEach(() => joined.splice(0).forEach((account) => account.leave()));

describe('what runs know together', () => {
	const CARRIER = {
		carrier_id: 'se-1',
		nickname: 'Shop',
		account_number: '',
		isDisabled: false,
		isNamed: true,
	};
	const LOST = new Failure({ message: 'Maybe', description: 'Look.', reasons: [] });

	test('is the same for all that have joined', () => {
		const [one, other] = [join(), join()];
		one.of('shop').made.push(CARRIER);
		one.of('shop').lose(LOST);
		expect(other.of('shop').made).toEqual([CARRIER]);
		expect(other.of('shop').lost).toBe(LOST);
		expect(join('another account').of('shop').made).toEqual([]);
		expect(join('another account').of('shop').lost).toBeUndefined();
	});

	test('counts a registration as open until its outcome is known', () => {
		const account = join();
		const [one, other] = [account.of('shop').begin(), account.of('shop').begin()];
		expect(account.of('shop').isOnlyOpen(one)).toBe(false);
		expect(account.of('shop').lost).toBeUndefined();
		account.of('shop').lose(new Failure({ ...LOST.details, registration: one }));
		expect(account.of('shop').lost).toMatchObject({ details: { registration: one } });
		account.of('shop').close(other);
		expect(account.of('shop').isOnlyOpen(one)).toBe(true);
		account.of('shop').close(one);
		expect(account.of('shop').lost).toBeUndefined();
	});

	test('stays as long as one of them is at work', () => {
		const one = SharedAccount.join('lasting');
		const other = SharedAccount.join('lasting');
		one.of('shop').made.push(CARRIER);
		one.leave();
		const third = SharedAccount.join('lasting');
		expect(third.of('shop').made).toEqual([CARRIER]);
		other.leave();
		third.leave();
	});

	test('is left by the last of them, but for what an older look does not show', () => {
		const before = performance.now();
		const runs = [1, 2, 3].map(() => SharedAccount.join('passing'));
		runs[0]!.of('shop').made.push(CARRIER);
		runs[0]!.of('shop').lose(LOST);
		runs.forEach((run) => run.leave());
		const next = SharedAccount.join('passing');
		expect(next.of('shop').made).toEqual([]);
		expect(next.of('shop').lost).toBeUndefined();
		expect(next.of('shop').madeSince(before)).toEqual([CARRIER]);
		expect(next.of('shop').madeSince(performance.now())).toEqual([]);
		next.leave();
	});

	test('is forgotten for good when no look can be as old', () => {
		// From the process's own time on, by which earlier tests have left accounts.
		let now = Math.ceil(performance.now());
		const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
		const account = SharedAccount.join('old');
		account.of('shop').made.push(CARRIER);
		account.leave();
		now += 2 * LOOK_LASTS - 1;
		const kept = SharedAccount.join('old');
		expect(kept).toBe(account);
		kept.leave();
		now += 2 * LOOK_LASTS;
		const next = SharedAccount.join('old');
		expect(next).not.toBe(account);
		next.leave();
		clock.mockRestore();
	});
});

import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { SharedAccount } from '../../../../nodes/ShipEngine/resources/stampsCom/sharedAccounts';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';
import { errorOf } from '../support';

/** Longer than any test. */
const LONG = 3_600_000;

const ACCOUNT = 'of this test';

/** The runs that have joined; all leave at the end of each test. */
const joined: SharedAccount[] = [];

function join(key = ACCOUNT): SharedAccount {
	const account = SharedAccount.join(key);
	joined.push(account);
	return account;
}

afterEach(() => joined.splice(0).forEach((account) => account.leave()));

/** Work that goes on until it is told to end. */
function work(name: string, log: string[]) {
	let end = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	return {
		end: () => end(),
		async run() {
			log.push(`${name} begins`);
			await ended;
			log.push(`${name} ends`);
			return name;
		},
	};
}

/** All that can happen by now has happened. */
const settled = async () => await new Promise((resolve) => setImmediate(resolve));

const BUSY = {
	failed: 'The Stamps account was not registered',
	on: 'the same nickname',
	code: 'nickname_in_use',
	field: 'nickname',
};

const turn = (
	account: SharedAccount,
	run: () => Promise<string>,
	{ nickname = 'shop', waits = new Waits(undefined), longest = LONG } = {},
) => account.of(nickname).turns.take(waits, longest, BUSY, run);

describe('turns', () => {
	test('are taken in the order of asking, one at a time', async () => {
		const log: string[] = [];
		const names = ['first', 'second', 'third'];
		const works = names.map((name) => work(name, log));
		// Each in a run of its own.
		const turns = works.map(({ run }) => turn(join(), run));
		await settled();
		expect(log).toEqual(['first begins']);
		for (const { end } of [...works].reverse()) end();
		expect(await Promise.all(turns)).toEqual(names);
		expect(log).toEqual(names.flatMap((name) => [`${name} begins`, `${name} ends`]));
	});

	test('are waited for by those who come while a later one is at work', async () => {
		const log: string[] = [];
		const [first, second] = [work('first', log), work('second', log)];
		const turns = [turn(join(), first.run), turn(join(), second.run)];
		first.end();
		await turns[0];
		await settled();
		const third = turn(join(), async () => 'third');
		void third.then(() => log.push('third ends'));
		await settled();
		expect(log).toEqual(['first begins', 'first ends', 'second begins']);
		second.end();
		await Promise.all([...turns, third]);
		expect(log.slice(-2)).toEqual(['second ends', 'third ends']);
	});

	test('are taken by items of one run as by runs', async () => {
		const log: string[] = [];
		const account = join();
		const works = [1, 2].map((each) => work(String(each), log));
		const turns = works.map(({ run }) => turn(account, run));
		await settled();
		expect(log).toEqual(['1 begins']);
		works.forEach(({ end }) => end());
		await Promise.all(turns);
		expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
	});

	test('begin at once where nobody is at work', async () => {
		const log: string[] = [];
		const { run, end } = work('alone', log);
		const taken = turn(join(), run, { longest: 0 });
		expect(log).toEqual(['alone begins']);
		end();
		expect(await taken).toBe('alone');
		expect(await turn(join(), async () => 'later', { longest: 0 })).toBe('later');
	});

	test.each([
		['other nicknames', { nickname: 'other' }, ACCOUNT],
		['other accounts', {}, 'another account'],
	])('do not wait for %s', async (_name, options, key) => {
		const log: string[] = [];
		const [one, other] = [work('one', log), work('other', log)];
		const turns = [turn(join(), one.run), turn(join(key), other.run, options)];
		expect(log).toEqual(['one begins', 'other begins']);
		other.end();
		expect(await turns[1]).toBe('other');
		one.end();
		await Promise.all(turns);
	});

	test('go on after one that failed, which fails with what it threw', async () => {
		const broken = new Error('Broken');
		const fails = turn(join(), async () => {
			throw broken;
		});
		const next = turn(join(), async () => 'next');
		expect(await errorOf(fails)).toBe(broken);
		expect(await next).toBe('next');
	});
});

describe('whoever leaves before their turn', () => {
	const LEAVES = [
		['since it takes too long', () => ({ longest: 1 }), 'nickname_in_use'],
		[
			'since the execution is cancelled',
			() => {
				const execution = new AbortController();
				queueMicrotask(() => execution.abort());
				return { waits: new Waits(execution.signal) };
			},
			'canceled',
		],
		[
			'since the run stops',
			() => {
				const waits = new Waits(undefined);
				queueMicrotask(() => waits.stop());
				return { waits };
			},
			'canceled',
		],
		[
			'since the run was over before',
			() => {
				const waits = new Waits(undefined);
				waits.stop();
				return { waits };
			},
			'canceled',
		],
	] as const;

	test.each(LEAVES)('(%s) does nothing, and is told why', async (_why, options, code) => {
		const log: string[] = [];
		const first = work('first', log);
		const taken = turn(join(), first.run);
		const second = work('second', log);
		const left = (await errorOf(turn(join(), second.run, options()))) as Failure;
		expect(left.details.reasons.map((reason) => reason.code)).toEqual([code]);
		expect(left.details.description).toMatch(/^Nothing was sent/);
		first.end();
		await taken;
		await settled();
		expect(log).toEqual(['first begins', 'first ends']);
	});

	test.each(LEAVES)('(%s) lets nobody pass who is still at work', async (_why, options) => {
		const log: string[] = [];
		const [first, third] = [work('first', log), work('third', log)];
		const taken = turn(join(), first.run);
		const left = errorOf(turn(join(), async () => 'second', options()));
		const last = turn(join(), third.run);
		await left;
		await settled();
		const late = turn(join(), async () => 'fourth');
		await settled();
		expect(log).toEqual(['first begins']);
		first.end();
		await settled();
		expect(log).toEqual(['first begins', 'first ends', 'third begins']);
		third.end();
		expect(await Promise.all([taken, last, late])).toEqual(['first', 'third', 'fourth']);
	});

	test('since it takes too long, is told about the nickname', async () => {
		const first = work('first', []);
		const taken = turn(join(), first.run);
		const { details } = (await errorOf(
			turn(join(), async () => 'second', { longest: 1 }),
		)) as Failure;
		const message =
			'The Stamps account was not registered: another run is still at work on the same nickname';
		expect(details).toEqual({
			message,
			description:
				"Nothing was sent. See what came of the other run, then run this item again; or raise 'Timeout'.",
			reasons: [{ code: 'nickname_in_use', field: 'nickname', message }],
		});
		first.end();
		await taken;
	});
});

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
		account.of('shop').settle(other);
		expect(account.of('shop').isOnlyOpen(one)).toBe(true);
		account.of('shop').settle(one);
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

	test('is forgotten with the last of them', () => {
		const runs = [1, 2, 3].map(() => SharedAccount.join('passing'));
		runs[0]!.of('shop').made.push(CARRIER);
		runs[0]!.of('shop').lose(LOST);
		runs.forEach((run) => run.leave());
		const next = SharedAccount.join('passing');
		expect(next).not.toBe(runs[0]);
		expect(next.of('shop').made).toEqual([]);
		expect(next.of('shop').lost).toBeUndefined();
		next.leave();
	});

	test('holds no turn any more when all are taken', async () => {
		const account = join();
		await Promise.all([1, 2, 3].map((each) => turn(account, async () => String(each))));
		await errorOf(
			turn(account, async () => {
				throw new Error('Broken');
			}),
		);
		await settled();
		expect(account.of('shop').turns.isFree).toBe(true);
	});
});

import { Waits } from '../../../../nodes/ShipEngine/api/waits';
import type { Reads } from '../../../../nodes/ShipEngine/api/requests';
import type { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { inTurn } from '../../../../nodes/ShipEngine/step/turns';
import { errorOf } from '../support';

/** Longer than any test. */
const LONG = 3_600_000;

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
	on: 'the same nickname',
	code: 'nickname_in_use',
	field: 'nickname',
};

interface Settings {
	key?: string;
	waits?: Waits;
	/** How long the turns before are waited for, in milliseconds. */
	longest?: number;
}

async function turn(
	run: () => Promise<string>,
	{ key = 'the shop', waits = new Waits(undefined), longest = LONG }: Settings = {},
): Promise<string> {
	const words = { failed: 'The Stamps account was not registered' };
	const api = { waits, common: { words, timeout: longest / 1000 } } as Reads;
	return await inTurn(key, api, BUSY, run);
}

describe('turns', () => {
	test('are taken in the order of asking, one at a time', async () => {
		const log: string[] = [];
		const names = ['first', 'second', 'third'];
		const works = names.map((name) => work(name, log));
		const turns = works.map(({ run }) => turn(run));
		await settled();
		expect(log).toEqual(['first begins']);
		for (const { end } of [...works].reverse()) end();
		expect(await Promise.all(turns)).toEqual(names);
		expect(log).toEqual(names.flatMap((name) => [`${name} begins`, `${name} ends`]));
	});

	test('are waited for by those who come while a later one is at work', async () => {
		const log: string[] = [];
		const [first, second] = [work('first', log), work('second', log)];
		const turns = [turn(first.run), turn(second.run)];
		first.end();
		await turns[0];
		await settled();
		const third = turn(async () => 'third');
		void third.then(() => log.push('third ends'));
		await settled();
		expect(log).toEqual(['first begins', 'first ends', 'second begins']);
		second.end();
		await Promise.all([...turns, third]);
		expect(log.slice(-2)).toEqual(['second ends', 'third ends']);
	});

	test('are taken by items of one run as by runs', async () => {
		const log: string[] = [];
		const works = [1, 2].map((each) => work(String(each), log));
		const turns = works.map(({ run }) => turn(run));
		await settled();
		expect(log).toEqual(['1 begins']);
		works.forEach(({ end }) => end());
		await Promise.all(turns);
		expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
	});

	test('begin at once where nobody is at work', async () => {
		const log: string[] = [];
		const { run, end } = work('alone', log);
		const taken = turn(run, { longest: 0 });
		expect(log).toEqual(['alone begins']);
		end();
		expect(await taken).toBe('alone');
		expect(await turn(async () => 'later', { longest: 0 })).toBe('later');
	});

	test('do not wait for those of something else', async () => {
		const log: string[] = [];
		const [one, other] = [work('one', log), work('other', log)];
		const turns = [turn(one.run), turn(other.run, { key: 'another shop' })];
		expect(log).toEqual(['one begins', 'other begins']);
		other.end();
		expect(await turns[1]).toBe('other');
		one.end();
		await Promise.all(turns);
	});

	test('go on after one that failed, which fails with what it threw', async () => {
		const broken = new Error('Broken');
		const fails = turn(async () => {
			throw broken;
		});
		const next = turn(async () => 'next');
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
		const taken = turn(first.run);
		const second = work('second', log);
		const left = (await errorOf(turn(second.run, options()))) as Failure;
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
		const taken = turn(first.run);
		const left = errorOf(turn(async () => 'second', options()));
		const last = turn(third.run);
		await left;
		await settled();
		const late = turn(async () => 'fourth');
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
		const taken = turn(first.run);
		const { details } = (await errorOf(turn(async () => 'second', { longest: 1 }))) as Failure;
		const message =
			'The Stamps account was not registered: another item or run is still at work on the same nickname';
		expect(details).toEqual({
			message,
			description:
				"Nothing was sent. Check its outcome, then run this item again; or raise 'Timeout'.",
			reasons: [{ code: 'nickname_in_use', field: 'nickname', message }],
		});
		first.end();
		await taken;
	});
});

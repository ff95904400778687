import { getEventListeners } from 'node:events';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';
import { errorOf } from '../support';

const NEVER = new Promise<never>(() => {});

/** Longer than any test. */
const LONG = 3_600_000;

/** A run that can be cancelled. */
function run() {
	const execution = new AbortController();
	const { signal } = execution;
	return {
		waits: new Waits(signal),
		cancel: () => execution.abort(),
		listeners: () => getEventListeners(signal, 'abort').length,
	};
}

/** What the wait is told of the end of the run. */
async function toldOf(wait: Promise<unknown>) {
	const failure = await errorOf(wait);
	if (!(failure instanceof Failure)) throw failure;
	return failure.details;
}

const CANCELED = {
	message: 'The execution was canceled before this item was sent',
	description: 'Nothing was sent for this item. Run it again when you are ready.',
	reasons: [
		{
			// n8n takes an execution for canceled by this word.
			code: 'canceled',
			field: null,
			message: 'The execution was canceled before this item was sent',
		},
	],
};

const STOPPED = {
	...CANCELED,
	message: 'Another item failed before this item was sent',
	reasons: [
		{
			code: 'canceled',
			field: null,
			message: 'Another item failed before this item was sent',
		},
	],
};

describe('a pause', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test.each([
		['with a signal of n8n', new AbortController().signal],
		['without', undefined],
	])('lasts as long as it should (%s)', async (_name, signal) => {
		const ended = jest.fn();
		void new Waits(signal).pause(30_000).then(ended);
		await jest.advanceTimersByTimeAsync(29_999);
		expect(ended).not.toHaveBeenCalled();
		await jest.advanceTimersByTimeAsync(1);
		expect(ended).toHaveBeenCalledTimes(1);
	});

	test('of nothing passes', async () => {
		const passed = new Waits(undefined).pause(0);
		await jest.advanceTimersByTimeAsync(0);
		await passed;
	});

	test('that would begin in a run that is over leaves no timer', async () => {
		const { waits } = run();
		waits.stop();
		await errorOf(waits.pause(LONG));
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('a wait for something', () => {
	test('ends with it', async () => {
		const { waits } = run();
		expect(await waits.until(Promise.resolve(), LONG)).toBe(true);
		// Whatever it comes to.
		expect(await waits.until(Promise.resolve(false), LONG)).toBe(true);
	});

	test('ends when the time is up', async () => {
		expect(await run().waits.until(NEVER, 5)).toBe(false);
		expect(await run().waits.until(NEVER, 0)).toBe(false);
	});

	test('takes a part of a millisecond for a whole one', async () => {
		expect(await run().waits.until(NEVER, 0.5)).toBe(false);
	});

	test('takes what has come about already, however short the time', async () => {
		expect(await run().waits.until(Promise.resolve(), 0)).toBe(true);
	});

	test('fails with what fails, and leaves nothing behind', async () => {
		const { waits, listeners } = run();
		const broken = new Error('Broken');
		expect(await errorOf(waits.until(Promise.reject(broken), LONG))).toBe(broken);
		expect(listeners()).toBe(0);
	});

	test('keeps no process alive', async () => {
		const timers = () =>
			process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
		const before = timers();
		void run().waits.until(NEVER, LONG);
		expect(timers()).toBe(before);
	});
});

describe.each([
	['cancelled', CANCELED, ({ cancel }: ReturnType<typeof run>) => cancel()],
	['stopped', STOPPED, ({ waits }: ReturnType<typeof run>) => waits.stop()],
])('a run that is %s', (_name, told, end) => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test('leaves every wait at once', async () => {
		const here = run();
		const ends = [
			here.waits.pause(LONG),
			here.waits.pause(1),
			here.waits.until(NEVER, LONG),
			here.waits.until(NEVER, LONG),
		].map(toldOf);
		end(here);
		expect(await Promise.all(ends)).toEqual([told, told, told, told]);
		expect(here.listeners()).toBe(0);
	});

	test('begins no further wait, not even for what is there', async () => {
		const here = run();
		end(here);
		expect(await toldOf(here.waits.pause(0))).toEqual(told);
		expect(await toldOf(here.waits.until(Promise.resolve(), LONG))).toEqual(told);
		expect(here.listeners()).toBe(0);
	});

	test('is over for what comes about in the same moment', async () => {
		const here = run();
		let happen = () => {};
		const wait = toldOf(here.waits.until(new Promise<void>((resolve) => (happen = resolve)), LONG));
		happen();
		end(here);
		expect(await wait).toEqual(told);
	});

	test('says so where something would be sent', () => {
		const here = run();
		expect(() => here.waits.refuseIfOver()).not.toThrow();
		end(here);
		expect(() => here.waits.refuseIfOver()).toThrow(told.message);
	});

	test('is told as that again and again', async () => {
		const here = run();
		end(here);
		end(here);
		expect(await toldOf(here.waits.pause(1))).toEqual(told);
		expect(await toldOf(here.waits.pause(1))).toEqual(told);
	});
});

test('a run that is stopped and cancelled is told as cancelled, since n8n ends it as such', async () => {
	const { waits, cancel } = run();
	waits.stop();
	cancel();
	expect(await toldOf(waits.pause(1))).toEqual(CANCELED);
});

test('one run ends without the others', async () => {
	const [here, there] = [run(), run()];
	here.waits.stop();
	expect(await there.waits.until(Promise.resolve(), LONG)).toBe(true);
});

describe("n8n's signal", () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test('is listened to once, however many items wait', async () => {
		const { waits, listeners } = run();
		const all = Array.from({ length: 50 }, (_each, index) => waits.pause(1_000 + index));
		expect(listeners()).toBe(1);
		// As long as one of them waits.
		await jest.advanceTimersByTimeAsync(1_048);
		expect(listeners()).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		await Promise.all(all);
		expect(listeners()).toBe(0);
	});

	test('is not listened to any more when a wait is over, and again with the next', async () => {
		const { waits, listeners, cancel } = run();
		for (let round = 0; round < 20; round++) {
			const wait = waits.pause(1_000);
			expect(listeners()).toBe(1);
			await jest.advanceTimersByTimeAsync(1_000);
			await wait;
			expect(listeners()).toBe(0);
		}
		const wait = toldOf(waits.pause(LONG));
		cancel();
		expect(await wait).toEqual(CANCELED);
	});
});

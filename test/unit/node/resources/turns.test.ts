import { setImmediate } from 'node:timers/promises';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';
import type { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Turns } from '../../../../nodes/ShipEngine/resources/stampsCom/turns';
import { errorOf } from '../support';

// The order of turns, and who leaves before their own, stand in sharedAccounts.test.ts.

const BUSY = {
	failed: 'The funds were not added',
	on: 'the same carrier',
	code: 'carrier_in_use',
	field: 'carrier_id',
};

const waits = new Waits(undefined);

test('are free again when all have had theirs, also those who failed or left', async () => {
	const turns = new Turns();
	let end = () => {};
	const first = turns.take(waits, 1_000, BUSY, async () => {
		await new Promise<void>((resolve) => (end = resolve));
	});
	const left = errorOf(turns.take(waits, 1, BUSY, async () => 'never'));
	const failed = errorOf(
		turns.take(waits, 1_000, BUSY, async () => {
			throw new Error('Broken');
		}),
	);
	expect(turns.isFree).toBe(false);
	await left;
	expect(turns.isFree).toBe(false);
	end();
	await Promise.all([first, failed]);
	await setImmediate();
	expect(turns.isFree).toBe(true);
	expect(await turns.take(waits, 1, BUSY, async () => 'next')).toBe('next');
});

test('say who is at work where it takes too long', async () => {
	const turns = new Turns();
	let end = () => {};
	const first = turns.take(waits, 1_000, BUSY, async () => {
		await new Promise<void>((resolve) => (end = resolve));
	});
	const { details } = (await errorOf(turns.take(waits, 1, BUSY, async () => 'never'))) as Failure;
	end();
	await first;
	const message = 'The funds were not added: another run is still at work on the same carrier';
	expect(details).toEqual({
		message,
		description: expect.stringMatching(/^Nothing was sent\./),
		reasons: [{ code: 'carrier_in_use', field: 'carrier_id', message }],
	});
});

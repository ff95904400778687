import type { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';
import { Api, failure, listed } from './registering';

// Runs of one process that register at the same account of the API.
const MAYBE = failure('Maybe', true);
const SHOP = listed('se-1', 'Shop');
const EXISTING = { carrier_id: 'se-1', existing: true };

describe('two runs', () => {
	test('of the same nickname come to one account', async () => {
		const api = new Api([[]]);
		const [one, other] = [api.run(), api.run()];
		const both = [one.register('Shop', 'se-1'), other.register('shop', 'se-2')];
		expect(await Promise.all(both)).toEqual([{ carrier_id: 'se-1' }, EXISTING]);
		expect([one.sent, other.sent]).toEqual([['Shop'], []]);
	});

	test('know what the other has made since they looked', async () => {
		const api = new Api([[]]);
		const [one, other] = [api.run(), api.run()];
		await one.register('First', 'se-7');
		await other.register('Shop', 'se-1');
		expect(await one.register('Shop', 'se-9')).toEqual(EXISTING);
	});

	test('know also of accounts that were to be doubled', async () => {
		const api = new Api([[]]);
		const wanted = { ifNicknameExists: 'registerAnother' };
		await api.run().register('Shop', 'se-1', wanted);
		expect(await api.run().register('Shop', 'se-9')).toEqual(EXISTING);
	});

	test('count an account once that is made by one and listed by now', async () => {
		const api = new Api([[], [SHOP]]);
		await api.run().register('Shop', 'se-1');
		expect(await api.run().register('Shop', 'se-9')).toEqual(EXISTING);
	});

	test('know of what the other may have made', async () => {
		const api = new Api([[]]);
		const [one, other] = [api.run(), api.run()];
		await one.register('Shop', MAYBE);
		expect(await other.register('Shop', 'se-9')).toMatchObject({
			details: { message: 'Maybe', isUnknown: true, isOfOther: true },
		});
		expect(other.sent).toEqual([]);
	});

	test('do not wait for each other where both want another account', async () => {
		const api = new Api([[]]);
		const wanted = { ifNicknameExists: 'registerAnother' };
		const never = async () => await new Promise<string>(() => {});
		void api.run().register('Shop', never, wanted);
		expect(await api.run().register('Shop', 'se-9', wanted)).toEqual({ carrier_id: 'se-9' });
	});

	test('wait for each other as long as a request may take', async () => {
		const waits = new Waits(undefined);
		const until = jest.spyOn(waits, 'until').mockResolvedValue(false);
		const api = new Api([[]], waits);
		void api.run().register('Shop', async () => await new Promise<string>(() => {}));
		const second = await api.run().register('Shop', 'se-9', { timeout: 7 });
		const message =
			'The Stamps account was not registered: another item or run is still at work on the same nickname';
		expect((second as Failure).details.reasons).toEqual([
			{ code: 'nickname_in_use', field: 'nickname', message },
		]);
		expect(until.mock.calls.map(([, longest]) => longest)).toEqual([7_000]);
	});

	test('for one sub-account know of each other, in either spelling of its ID', async () => {
		const api = new Api([[]]);
		await api.run().register('Shop', 'se-1', { onBehalfOf: 'se-5' });
		expect(await api.run().register('Shop', 'se-9', { onBehalfOf: '5' })).toEqual(EXISTING);
	});

	test('for different sub-accounts know nothing of each other', async () => {
		const api = new Api([[]]);
		await api.run().register('Shop', 'se-1', { onBehalfOf: 'se-5' });
		const other = await api.run().register('Shop', 'se-9', { onBehalfOf: 'se-6' });
		expect(other).toEqual({ carrier_id: 'se-9' });
	});
});

describe('what runs know', () => {
	const made = async (api: Api) => {
		const run = api.run();
		await run.register('Shop', 'se-1');
		return run;
	};

	test('is forgotten when the last of them has ended', async () => {
		const api = new Api([[]]);
		const [one, other] = [await made(api), await made(api)];
		one.close();
		const third = await made(api);
		expect(third.sent).toEqual([]);
		[other, third].forEach(({ close }) => close());
		expect((await made(api)).sent).toEqual(['Shop']);
	});

	test('is not forgotten because one of them ends twice', async () => {
		const api = new Api([[]]);
		const [one] = [await made(api), await made(api)];
		one.close();
		one.close();
		expect((await made(api)).sent).toEqual([]);
	});

	test('is all left at the end, of every sub-account', async () => {
		const api = new Api([[]]);
		const run = await made(api);
		await run.register('Shop', 'se-2', { onBehalfOf: 'se-5' });
		run.close();
		const next = api.run();
		const wanted: Array<Partial<{ onBehalfOf: string }>> = [{}, { onBehalfOf: 'se-5' }];
		for (const each of wanted) await next.register('Shop', 'se-9', each);
		expect(next.sent).toEqual(['Shop', 'Shop']);
	});
});

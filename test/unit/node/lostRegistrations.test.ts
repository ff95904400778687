import { Failure } from '../../../nodes/ShipEngine/shared/failure';
import { Waits } from '../../../nodes/ShipEngine/shared/waits';
import { Api, failure, listed } from './registering';

// What becomes of registrations whose answer was lost, and of the runs and items beside them.
const MAYBE = failure('Maybe', true);
const SHOP = listed('se-1', 'Shop');
const RECOVERED = { carrier_id: 'se-1', recovered: true };
const EXISTING = { carrier_id: 'se-1', existing: true };

describe('a lost answer', () => {
	test.each(['fail', 'returnExisting'])(
		'comes to the one account of the nickname, which was not there before (%s)',
		async (ifNicknameExists) => {
			const api = new Api([[], [listed('se-2', 'Other'), SHOP]]);
			const { register, sent } = api.run();
			expect(await register('Shop', MAYBE, { ifNicknameExists })).toEqual(RECOVERED);
			expect(sent).toEqual(['Shop']);
			expect(api.pauses).toEqual([0, 0]);
		},
	);

	test('is looked for once more after a pause, as the API may still be at work', async () => {
		const api = new Api([[], [], [SHOP]]);
		expect(await api.run().register('Shop', MAYBE, { onBehalfOf: 'se-5' })).toEqual(RECOVERED);
		expect(api.pauses).toEqual([0, 0, 2_000]);
		expect(api.looks.map(({ onBehalfOf }) => onBehalfOf)).toEqual(['se-5', 'se-5', 'se-5']);
	});

	test('stays lost where no account is there', async () => {
		const api = new Api([[]]);
		const { register, sent } = api.run();
		expect(await register('Shop', MAYBE)).toBe(MAYBE);
		expect(api.looks).toHaveLength(3);
		expect(sent).toEqual(['Shop']);
	});

	test('stays lost where nobody can tell which account it is', async () => {
		const api = new Api([[], [SHOP, listed('se-2', 'SHOP')]]);
		expect(await api.run().register('Shop', MAYBE)).toBe(MAYBE);
	});

	test('stays lost where the list cannot be had, whatever that fails with', async () => {
		const api = new Api([[], failure('Out of reach')]);
		expect(await api.run().register('Shop', MAYBE)).toBe(MAYBE);
		expect(api.looks).toHaveLength(3);
	});

	test('is found where only the first look of two fails', async () => {
		const api = new Api([[], failure('Out of reach'), [SHOP]]);
		expect(await api.run().register('Shop', MAYBE)).toEqual(RECOVERED);
	});

	test('is told as lost where the run ends meanwhile, not as never sent', async () => {
		const waits = new Waits(undefined);
		const api = new Api([[], [SHOP]], waits);
		const lost = async () => {
			waits.stop();
			throw MAYBE;
		};
		expect(await api.run().register('Shop', lost)).toBe(MAYBE);
		expect(api.looks).toHaveLength(1);
	});

	test('is not looked for where a second account is wanted anyway', async () => {
		const api = new Api([[SHOP]]);
		const wanted = { ifNicknameExists: 'registerAnother' };
		expect(await api.run().register('Shop', MAYBE, wanted)).toBe(MAYBE);
		expect(api.looks).toEqual([]);
	});

	test('that is found counts as made, though this run looked before', async () => {
		const api = new Api([[], [SHOP]]);
		const { register, sent } = api.run();
		await register('Shop', MAYBE);
		expect(await register('shop', 'se-9')).toEqual(EXISTING);
		expect(sent).toEqual(['Shop']);
		expect(api.looks).toHaveLength(2);
	});
});

describe('a retry of what may have been done', () => {
	test('sends nothing, and finds the account', async () => {
		const api = new Api([[SHOP]]);
		const { register, sent } = api.run();
		expect(await register('Shop', 'se-9', {}, MAYBE)).toEqual(RECOVERED);
		expect(sent).toEqual([]);
		expect(api.looks).toHaveLength(1);
	});

	test('sends nothing, and fails as before where there is none', async () => {
		const api = new Api([[]]);
		const { register, sent } = api.run();
		expect(await register('Shop', 'se-9', {}, MAYBE)).toBe(MAYBE);
		expect(sent).toEqual([]);
		expect(api.pauses).toEqual([0, 2_000]);
	});

	test('sends nothing where a second account is wanted anyway', async () => {
		const { register, sent } = new Api([[SHOP]]).run();
		const wanted = { ifNicknameExists: 'registerAnother' };
		expect(await register('Shop', 'se-9', wanted, MAYBE)).toBe(MAYBE);
		expect(sent).toEqual([]);
	});
});

describe('another item of a nickname whose registration is lost', () => {
	test('is told that, and is not sent', async () => {
		const { register, sent } = new Api([[]]).run();
		await register('Shop', MAYBE);
		expect(await register(' SHOP', 'se-9')).toMatchObject({
			details: { ...MAYBE.details, isOfOther: true },
		});
		expect(sent).toEqual(['Shop']);
	});

	test('gets the account where it is found by now', async () => {
		const api = new Api([[], [], [], [SHOP]]);
		const { register, sent } = api.run();
		expect(await register('Shop', MAYBE)).toBe(MAYBE);
		expect(await register('Shop', 'se-9')).toEqual(EXISTING);
		expect(sent).toEqual(['Shop']);
		// What was found is not looked for again.
		const looks = api.looks.length;
		expect(await register('Shop', 'se-9')).toEqual(EXISTING);
		expect(api.looks).toHaveLength(looks);
	});

	test('is told as the first one’s account where that is not to be doubled', async () => {
		const { register } = new Api([[], [], [], [SHOP]]).run();
		await register('Shop', MAYBE);
		const failed = await register('Shop', 'se-9', { ifNicknameExists: 'fail' });
		expect((failed as Failure).details.carrierId).toBe('se-1');
	});

	test('is sent where the nickname is another', async () => {
		const { register } = new Api([[]]).run();
		await register('Shop', MAYBE);
		expect(await register('Other', 'se-9')).toEqual({ carrier_id: 'se-9' });
	});
});

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
			details: { ...MAYBE.details, isOfOther: true },
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
		expect((second as Failure).details.reasons[0]?.code).toBe('nickname_in_use');
		expect(until.mock.calls.map(([, longest]) => longest)).toEqual([7_000]);
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

import type { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';
import { Api, failure, listed, deed, loss } from './registering';

// What becomes of registrations whose answer was lost, and of the items beside them.
const MAYBE = failure('Maybe', true);
/** What an item comes to whose outcome is not known. */
const OPEN = { details: { message: 'Maybe', isUnknown: true } };
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
		expect(await register('Shop', MAYBE)).toMatchObject(OPEN);
		expect(api.looks).toHaveLength(3);
		expect(sent).toEqual(['Shop']);
	});

	test('stays lost where nobody can tell which account it is', async () => {
		const api = new Api([[], [SHOP, listed('se-2', 'SHOP')]]);
		expect(await api.run().register('Shop', MAYBE)).toMatchObject(OPEN);
	});

	test('stays lost where the list cannot be had, whatever that fails with', async () => {
		const api = new Api([[], failure('Out of reach')]);
		expect(await api.run().register('Shop', MAYBE)).toMatchObject(OPEN);
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
		expect(await api.run().register('Shop', lost)).toMatchObject(OPEN);
		expect(api.looks).toHaveLength(1);
	});

	test('is not looked for where a second account is wanted anyway', async () => {
		const api = new Api([[SHOP]]);
		const wanted = { ifNicknameExists: 'registerAnother' };
		expect(await api.run().register('Shop', MAYBE, wanted)).toMatchObject(OPEN);
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

describe('an account that another answer named', () => {
	const OTHER = listed('se-2', 'Shop');
	const wanted = { ifNicknameExists: 'registerAnother' };

	/** A lost answer, while another run registers a second account of the nickname. */
	async function lostBesideAnother(...there: Array<ReturnType<typeof listed>>) {
		const api = new Api([[], there]);
		return await api.run().register('Shop', async () => {
			await api.run().register('Shop', 'se-2', wanted);
			throw MAYBE;
		});
	}

	test('is not the one of a lost answer', async () => {
		expect(await lostBesideAnother(OTHER)).toMatchObject(OPEN);
		expect(await lostBesideAnother(OTHER, SHOP)).toEqual(RECOVERED);
		expect(await lostBesideAnother(SHOP, OTHER)).toEqual(RECOVERED);
	});

	test('in an earlier try of Retry On Fail is not the one of a lost answer either', async () => {
		const deeds = [deed({ carrier_id: 'se-2', nickname: 'Shop' })];
		const { register } = new Api([[OTHER]]).run({ deeds });
		expect(await register('Shop', 'se-9', {}, MAYBE)).toMatchObject(OPEN);
		const later = new Api([[OTHER, SHOP]]).run({ deeds });
		expect(await later.register('Shop', 'se-9', {}, MAYBE)).toEqual(RECOVERED);
	});

	test('may be the one of a lost answer where it was only found', async () => {
		for (const found of [{ recovered: true }, { existing: true }]) {
			const deeds = [deed({ carrier_id: 'se-1', nickname: 'Shop', ...found })];
			const { register } = new Api([[SHOP]]).run({ deeds });
			expect(await register('Shop', 'se-9', {}, MAYBE)).toEqual(RECOVERED);
		}
	});

	test('that was found once may be found again', async () => {
		const api = new Api([[SHOP]]);
		await api.run().register('Shop', 'se-9', {}, MAYBE);
		expect(await api.run().register('Shop', 'se-9', {}, MAYBE)).toEqual(RECOVERED);
	});
});

describe('what earlier tries of Retry On Fail came to', () => {
	const made = { carrier_id: 'se-1', nickname: 'Shop' };
	const deeds = [deed(made)];
	const losses = [loss({ nickname: 'Shop' }, MAYBE)];
	const ofSub = { on_behalf_of: 'se-5' };

	test('is an account that is not listed yet', async () => {
		expect(await new Api([[]]).run({ deeds }).register('shop', 'se-9')).toEqual(EXISTING);
	});

	test('is none where it was only found: then the list has it', async () => {
		for (const found of [{ recovered: true }, { existing: true }]) {
			const { register } = new Api([[]]).run({ deeds: [deed({ ...made, ...found })] });
			expect(await register('Shop', 'se-9')).toEqual({ carrier_id: 'se-9' });
		}
	});

	test('is a lost answer, which another item of the nickname has to wait for', async () => {
		const { register, sent } = new Api([[]]).run({ losses });
		expect(await register(' SHOP', 'se-9')).toMatchObject({
			details: { ...MAYBE.details, isOfOther: true },
		});
		expect(sent).toEqual([]);
	});

	test('counts for its own sub-account', async () => {
		for (const [memory, onBehalfOf] of [
			[{ deeds }, 'se-5'],
			[{ losses }, 'se-5'],
			[{ deeds: [deed({ ...made, ...ofSub })] }, undefined],
			[{ losses: [loss({ nickname: 'Shop', ...ofSub }, MAYBE)] }, undefined],
		] as const) {
			const { register } = new Api([[]]).run(memory as unknown as Parameters<Api['run']>[0]);
			expect(await register('Shop', 'se-9', { onBehalfOf })).toEqual({ carrier_id: 'se-9' });
		}
		for (const onBehalfOf of ['se-5', '5']) {
			const sub = new Api([[]]).run({ deeds: [deed({ ...made, ...ofSub })] });
			expect(await sub.register('Shop', 'se-9', { onBehalfOf })).toEqual(EXISTING);
		}
	});
});

describe('a credential that cannot be used', () => {
	test('is told, unless an earlier try may have been carried out', async () => {
		const api = new Api([[]]);
		api.unusable = failure('The key cannot be used');
		expect(await api.run().register('Shop', 'se-9')).toBe(api.unusable);
		expect(await api.run().register('Shop', 'se-9', {}, MAYBE)).toMatchObject(OPEN);
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
		expect(await register('Shop', 'se-9', {}, MAYBE)).toMatchObject(OPEN);
		expect(sent).toEqual([]);
		expect(api.pauses).toEqual([0, 2_000]);
	});

	test('sends nothing where a second account is wanted anyway', async () => {
		const { register, sent } = new Api([[SHOP]]).run();
		const wanted = { ifNicknameExists: 'registerAnother' };
		expect(await register('Shop', 'se-9', wanted, MAYBE)).toMatchObject(OPEN);
		expect(sent).toEqual([]);
	});
});

describe('a retry that comes when the other runs are over', () => {
	const another = { ifNicknameExists: 'registerAnother' };

	/** What an item comes to now that n8n tries it again, with accounts listed that were not before. */
	const again = async (lost: unknown, ...now: Array<typeof SHOP>) => {
		const failed = lost as Failure;
		const run = new Api([now]).run({
			losses: [loss({ nickname: 'Shop' }, failed)],
		});
		return await run.register('Shop', 'se-9', {}, failed);
	};

	test('does not take what another run has made', async () => {
		const api = new Api([[]]);
		const run = api.run();
		await api.run().register('Shop', 'se-2', another);
		await api.run().register('Other', 'se-3', another);
		const lost = await run.register('Shop', MAYBE, another);
		const failed = await run.register('Shop', 'se-9', {}, lost as Failure);
		expect(failed).toMatchObject(OPEN);
		expect(await again(failed, listed('se-2', 'Shop'))).toMatchObject(OPEN);
		expect(await again(failed, listed('se-2', 'Shop'), SHOP)).toEqual(RECOVERED);
		expect(await again(failed, listed('se-3', 'Shop'))).toMatchObject({ carrier_id: 'se-3' });
	});

	test('takes none where another run was still at work on one', async () => {
		const api = new Api([[]]);
		const run = api.run();
		const lost = await run.register('Shop', MAYBE, another);
		void api.run().register('Shop', async () => await new Promise<string>(() => {}), another);
		const failed = await run.register('Shop', 'se-9', {}, lost as Failure);
		expect(await again(failed, SHOP)).toMatchObject(OPEN);
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
		expect(await register('Shop', MAYBE)).toMatchObject(OPEN);
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

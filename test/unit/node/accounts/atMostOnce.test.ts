import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Api, failure, listed } from './registering';

const NEW = { carrier_id: 'se-9' };

/** What a failure tells. */
function toldOf(result: unknown) {
	if (result instanceof Failure) return result.details;
	throw new Error('It came to an account');
}

describe('where no account has the nickname', () => {
	test.each(['fail', 'returnExisting'])('one is registered (%s)', async (ifNicknameExists) => {
		const api = new Api([[listed('se-1', 'Other')]]);
		const { register, sent } = api.run();
		expect(await register('Shop', 'se-9', { ifNicknameExists })).toEqual(NEW);
		expect(sent).toEqual(['Shop']);
		expect(api.looks).toHaveLength(1);
	});

	test('the look is for the sub-account, and as long as the request may take', async () => {
		const api = new Api([[]]);
		await api.run().register('Shop', 'se-9', { onBehalfOf: 'se-5', timeout: 7 });
		expect(api.looks).toEqual([{ onBehalfOf: 'se-5', timeout: 7 }]);
		expect(api.pauses).toEqual([0]);
	});

	test('what the API refuses is told as it is, and is not looked for', async () => {
		const api = new Api([[]]);
		const refused = failure('Declined');
		expect(await api.run().register('Shop', refused)).toBe(refused);
		expect(api.looks).toHaveLength(1);
	});
});

describe('where an account has the nickname', () => {
	const api = () => new Api([[listed('se-1', 'Shop'), listed('se-2', 'Other')]]);

	test('it is given where that is wanted', async () => {
		const { register, sent } = api().run();
		expect(await register('Shop', 'se-9')).toEqual({ carrier_id: 'se-1', existing: true });
		expect(sent).toEqual([]);
	});

	test.each(['fail', '', 'ReturnExisting'])(
		'it is told, and nothing is sent (%p)',
		async (ifNicknameExists) => {
			const { register, sent } = api().run();
			const message =
				"The Stamps account was not registered: an account with the nickname 'Shop' exists";
			expect(toldOf(await register('Shop', 'se-9', { ifNicknameExists }))).toEqual({
				message,
				description:
					"Nothing was sent. To go on with it, use se-1. Or set 'If Nickname Exists' to 'Return Existing' to have this step return that account, or choose another nickname.",
				reasons: [{ code: 'identifier_conflict', field: 'nickname', message }],
				carrierId: 'se-1',
			});
			expect(sent).toEqual([]);
		},
	);

	test('another is registered without a look where that is wanted', async () => {
		const here = api();
		const { register, sent } = here.run();
		const wanted = { ifNicknameExists: 'registerAnother' };
		expect(await register('Shop', 'se-9', wanted)).toEqual(NEW);
		expect(await register('Shop', 'se-10', wanted)).toEqual({ carrier_id: 'se-10' });
		expect(sent).toEqual(['Shop', 'Shop']);
		expect(here.looks).toEqual([]);
	});

	test.each(['fail', 'returnExisting'])('several of them are told (%s)', async (policy) => {
		const both = new Api([[listed('se-1', 'Shop'), listed('se-2', 'shop'), listed('se-3', 'x')]]);
		const { register, sent } = both.run();
		const told = toldOf(await register('Shop', 'se-9', { ifNicknameExists: policy }));
		expect(told.message).toMatch(/: 2 accounts with the nickname 'Shop' exist$/);
		expect(told.description).toBe(
			'Nothing was sent. To go on with it, use se-1 or se-2. For a new account, choose another nickname.',
		);
		expect(told.carrierId).toBeUndefined();
		expect(sent).toEqual([]);
	});

	test.each(['fail', 'returnExisting'])(
		'one that cannot be used is told as that, and not given (%s)',
		async (policy) => {
			for (const more of [
				{ disabled_by_billing_plan: true },
				{ account_number: 'stamps_com_disabled' },
			]) {
				const { register, sent } = new Api([[listed('se-1', 'Shop', more)]]).run();
				const told = toldOf(await register('Shop', 'se-9', { ifNicknameExists: policy }));
				expect(told.message).toMatch(
					/an account with the nickname 'Shop' exists, and is disabled by the billing plan$/,
				);
				expect(told.description).toBe(
					'Nothing was sent. To go on with it, use se-1. For a new account, choose another nickname.',
				);
				expect(told.carrierId).toBe('se-1');
				expect(sent).toEqual([]);
			}
		},
	);

	test('an account of another company has no say', async () => {
		const others = [listed('se-1', 'Shop', { carrier_code: 'ups' })];
		expect(await new Api([others]).run().register('Shop', 'se-9')).toEqual(NEW);
	});

	test('a card number in its place is not repeated, nor a page of text', async () => {
		for (const nickname of ['Shop 4111 1111 1111 1111', `Shop ${'x'.repeat(200)}`]) {
			const { register } = new Api([[listed('se-1', nickname)]]).run();
			const { message } = toldOf(await register(nickname, 'se-9', { ifNicknameExists: 'fail' }));
			expect(message).not.toMatch(/4111|x{100}/);
			expect(message).toMatch(/the nickname 'Shop (\[hidden\]|x+…)' exists$/);
		}
	});
});

describe('nicknames are compared as people see them', () => {
	const SAME: Array<[string, string, string]> = [
		['case', 'My Shop', 'my SHOP'],
		['spaces around', 'My Shop', '  My Shop\n'],
		['repeated spaces', 'My Shop', 'My   Shop'],
		['a no-break space', 'My Shop', 'My\u00a0Shop'],
		['a thin and a wide space', 'My Shop', 'My\u2009\u3000Shop'],
		['a tab', 'My Shop', 'My\tShop'],
		['an accent of its own', 'Caf\u00e9', 'Cafe\u0301'],
		['a ligature', 'Office', 'O\ufb03ce'],
		['full-width letters', 'Shop 1', 'Ｓｈｏｐ　１'],
		['a zero-width space', 'My Shop', 'My\u200b Shop'],
		['a zero-width space for no space', 'MyShop', 'My\u200bShop'],
		['marks of direction', 'My Shop', '\u202aMy Shop\u202c'],
		['a soft hyphen', 'Marathon', 'Mara\u00adthon'],
		['a byte order mark', 'Shop', '\ufeffShop'],
	];

	test.each(SAME)('whatever %s', async (_name, one, other) => {
		for (const [wanted, there] of [
			[one, other],
			[other, one],
		] as const) {
			const { register } = new Api([[listed('se-1', there)]]).run();
			expect(await register(wanted, 'se-9')).toEqual({ carrier_id: 'se-1', existing: true });
		}
	});

	test.each([
		['a space less', 'MyShop'],
		['a dash', 'My-Shop'],
		['another accent', 'My Sh\u00f3p'],
		['part of it', 'My Sho'],
		['more than it', 'My Shop 2'],
		['nothing', ''],
	])('and are others with %s', async (_name, there) => {
		const { register } = new Api([[listed('se-1', there)]]).run();
		expect(await register('My Shop', 'se-9')).toEqual(NEW);
	});

	test.each(SAME)('also where the answer is lost (%s)', async (_name, one, other) => {
		const api = new Api([[], [listed('se-1', other)]]);
		expect(await api.run().register(one, failure('Maybe', true))).toEqual({
			carrier_id: 'se-1',
			recovered: true,
		});
	});

	test('also among what this run has made itself', async () => {
		const { register, sent } = new Api([[]]).run();
		await register('My Shop', 'se-9');
		expect(await register(' my  shop', 'se-10')).toEqual({ carrier_id: 'se-9', existing: true });
		expect(sent).toEqual(['My Shop']);
	});
});

describe('the list of accounts', () => {
	test('is asked for once a run, and again by another run', async () => {
		const api = new Api([[]]);
		const { register } = api.run();
		await Promise.all(['One', 'Two'].map(async (name) => await register(name, `se-${name}`)));
		await register('Three', 'se-3');
		expect(api.looks).toHaveLength(1);
		await api.run().register('Four', 'se-4');
		expect(api.looks).toHaveLength(2);
	});

	test('is asked for once for each sub-account', async () => {
		const api = new Api([[]]);
		const { register } = api.run();
		for (const onBehalfOf of ['se-1', undefined, 'se-2', 'se-1', undefined]) {
			await register('Shop', 'se-9', { onBehalfOf });
		}
		expect(api.looks.map(({ onBehalfOf }) => onBehalfOf)).toEqual(['se-1', undefined, 'se-2']);
	});

	test('that could not be had is asked for again by the next item', async () => {
		const broken = failure('Out of reach');
		const api = new Api([broken, broken, [listed('se-1', 'Shop')]]);
		const { register, sent } = api.run();
		expect(await register('One', 'se-9')).toBe(broken);
		expect(await register('Two', 'se-9')).toBe(broken);
		expect(await register('Shop', 'se-9')).toEqual({ carrier_id: 'se-1', existing: true });
		expect(await register('Four', 'se-4')).toEqual({ carrier_id: 'se-4' });
		expect(api.looks).toHaveLength(3);
		expect(sent).toEqual(['Four']);
	});

	test('that could not be had fails all that wait for it, and nothing is sent', async () => {
		const broken = failure('Out of reach');
		const api = new Api([broken, []]);
		const { register, sent } = api.run();
		const all = ['One', 'Two', 'Three'].map(async (name) => await register(name, 'se-9'));
		expect(await Promise.all(all)).toEqual([broken, broken, broken]);
		expect(sent).toEqual([]);
		expect(api.looks).toHaveLength(1);
	});

	const error = (carrier_code?: string) => ({ carrier_code, message: 'It does not answer' });
	const withErrors = (...errors: object[]) => ({
		json: { carriers: [listed('se-1', 'Shop')], errors },
	});

	test('is fine beside an error about another company’s carrier', async () => {
		const api = new Api([withErrors(error('ups'), error('fedex'))]);
		expect(await api.run().register('Shop', 'se-9')).toEqual({
			carrier_id: 'se-1',
			existing: true,
		});
		expect(await api.run().register('Other', 'se-9')).toEqual(NEW);
	});

	test.each([
		['Stamps.com’s', [error('stamps_com')]],
		['nobody’s', [error()]],
		['Stamps.com’s, after another', [error('ups'), error('stamps_com')]],
		['nobody’s, before another', [error(), error('ups')]],
	])('is not complete beside an error about %s carrier', async (_name, errors) => {
		const { register, sent } = new Api([withErrors(...errors)]).run();
		expect(toldOf(await register('Other', 'se-9')).message).toBe(
			'The Stamps account was not registered, since its nickname could not be looked up',
		);
		expect(sent).toEqual([]);
	});
});

import type { IDataObject } from 'n8n-workflow';
import { EarlierSteps } from '../../../../nodes/ShipEngine/input/earlierSteps';
import { Past } from './past';
import { ACCOUNT, REGISTER, SEND, SENT, find, makesOf, toldOf } from './stepsBefore';

describe('the values of an earlier step', () => {
	test('are those of the same item, over a page that replaced it', () => {
		const past = new Past().step('Register', REGISTER);
		const accounts = ['se-1', 'se-2'].map((carrier_id) =>
			past.put('Register', { ...ACCOUNT, carrier_id }),
		);
		const pages = [accounts[1]!, accounts[0]!].map((item) => past.put('Page', {}, [item]));
		const steps = new EarlierSteps(past.seenBy(pages), makesOf);
		const ids = [0, 1].map(
			(index) => steps.find({ keys: ['carrier_id'], given: {} }, index).values.carrier_id,
		);
		expect(ids).toEqual(['se-2', 'se-1']);
	});

	test('are none where no step was before, none has run, or none has what is needed', () => {
		const past = new Past();
		expect(find(past, past.put('Page', {}), ['carrier_id'])).toEqual({ values: {} });
		past.step('Register', REGISTER);
		expect(find(past, past.put('Page', {}), ['carrier_id'])).toEqual({ values: {} });
		const account = past.put('Register', ACCOUNT);
		expect(find(past, account, ['verification_id'])).toEqual({ values: {} });
	});

	test.each([
		['is of another type', { type: 'n8n-nodes-base.set' }],
		['is switched off', { disabled: true }],
	])('are not taken from a step that %s', (_name, more) => {
		const past = new Past().step('Register', { ...REGISTER, ...more });
		expect(find(past, past.put('Register', ACCOUNT), ['carrier_id'])).toEqual({ values: {} });
	});

	test('are not taken from the step itself, which a loop makes its own ancestor', () => {
		const past = new Past().step('This', SEND);
		expect(find(past, past.put('This', SENT), ['verification_id'])).toEqual({ values: {} });
	});

	test('are taken from a step whose parameters are all as they were', () => {
		const past = new Past().step('Register', { parameters: undefined });
		const account = past.put('Register', ACCOUNT);
		expect(find(past, account, ['carrier_id']).values).toEqual(ACCOUNT);
	});

	test.each([undefined, null, '', '  '])('are none that are %p', (nothing) => {
		const past = new Past().step('Register', REGISTER).step('Send', SEND);
		const account = past.put('Register', ACCOUNT);
		const sent = past.put('Send', { ...SENT, phone: nothing }, [account]);
		expect(find(past, sent, ['phone']).values).toEqual(ACCOUNT);
	});
});

describe('of several steps', () => {
	/** Register, a page, Send, a page. */
	function line(sent: IDataObject = SENT) {
		const past = new Past().step('Register', REGISTER).step('Send', SEND);
		const account = past.put('Register', ACCOUNT);
		const page = past.put('Page', {}, [account]);
		const message = past.put('Send', sent, [page]);
		return { past, input: past.put('Page 2', {}, [message]) };
	}

	test('the one counts that came after the others', () => {
		const { past, input } = line({ ...SENT, phone: '5124854283' });
		expect(find(past, input, ['phone']).values.phone).toBe('5124854283');
	});

	test('the one counts that knows all values: they belong together', () => {
		const past = new Past().step('Register A', REGISTER).step('Send', SEND);
		past.step('Register B', REGISTER);
		const a = past.put('Register A', ACCOUNT);
		const sent = past.put('Send', SENT, [a]);
		const b = past.put('Register B', { ...ACCOUNT, carrier_id: 'se-2' }, [sent]);
		const input = past.put('Page', {}, [b]);
		expect(find(past, input, ['carrier_id', 'verification_id']).values).toEqual(SENT);
		// Where only the carrier is needed, it is the one registered last.
		expect(find(past, input, ['carrier_id']).values.carrier_id).toBe('se-2');
	});

	test('the last one tells what is missing, where none knows all', () => {
		const { past, input } = line();
		const { values } = find(past, input, ['carrier_id', 'nickname']);
		expect([values.carrier_id, values.nickname]).toEqual(['se-1', undefined]);
	});

	test('those that say the same need no order', () => {
		const past = new Past().step('A', REGISTER).step('B', REGISTER);
		const start = past.put('Trigger', {});
		const both = ['A', 'B'].map((name) => past.put(name, ACCOUNT, [start]));
		const input = past.put('Merge', {}, both);
		expect(find(past, input, ['carrier_id', 'phone']).values).toEqual(ACCOUNT);
	});

	test.each([
		['A', 'B'],
		['B', 'A'],
	])(
		'those that say different things and none of which came last are told (%s, %s)',
		(...names) => {
			const past = new Past();
			const start = past.put('Trigger', {});
			const both = names.map((name, index) => {
				past.step(name, REGISTER);
				return past.put(name, { ...ACCOUNT, carrier_id: `se-${index}` }, [start]);
			});
			const input = past.put('Merge', {}, both);
			const [one, other] = names;
			const message = `'${one}' and '${other}' both lead here and gave different values of carrier_id`;
			expect(toldOf(() => find(past, input, ['carrier_id', 'phone']))).toEqual({
				message,
				description: `Nothing was sent. Choose one: set the field with an expression such as {{ $('${one}').item.json.carrier_id }}.`,
				reasons: [{ code: 'ambiguous_value', field: 'carrier_id', message }],
			});
			// What they agree on can be had.
			expect(find(past, input, ['phone']).values.phone).toBe(ACCOUNT.phone);
		},
	);

	test('the one that is named beside the first says something else', () => {
		const past = new Past();
		const start = past.put('Trigger', {});
		const all = ['se-1', 'se-1', 'se-2'].map((carrier_id, index) => {
			past.step(`Step ${index}`, REGISTER);
			return past.put(`Step ${index}`, { carrier_id }, [start]);
		});
		const input = past.put('Merge', {}, all);
		expect(toldOf(() => find(past, input, ['carrier_id'])).message).toMatch(
			/^'Step 0' and 'Step 2' both/,
		);
	});

	test('the last one counts though two before it contradict each other', () => {
		const past = new Past().step('A', REGISTER).step('B', REGISTER).step('Last', REGISTER);
		const start = past.put('Trigger', {});
		const both = ['A', 'B'].map((name) => past.put(name, { carrier_id: `se-${name}` }, [start]));
		const merged = past.put('Merge', {}, both);
		const input = past.put('Last', { carrier_id: 'se-9' }, [merged]);
		expect(find(past, input, ['carrier_id']).values.carrier_id).toBe('se-9');
	});
});

describe('an ID that is given already', () => {
	function line() {
		const past = new Past().step('Register', REGISTER).step('Send', SEND);
		const account = past.put('Register', ACCOUNT);
		const sent = past.put('Send', SENT, [account]);
		return { past, input: past.put('Page', {}, [sent]) };
	}

	test('takes values of steps that are about it', () => {
		const { past, input } = line();
		expect(find(past, input, ['phone'], { carrier_id: 'se-1' }).values.phone).toBe(ACCOUNT.phone);
		const given = { verification_id: 'vfn_1' };
		expect(find(past, input, ['carrier_id'], given).values).toEqual(SENT);
	});

	test.each<IDataObject>([
		{ carrier_id: 'se-2' },
		{ carrier_id: 'se-2', verification_id: 'vfn_1' },
		{ verification_id: 'vfn_2' },
	])('takes nothing of steps that are about others: %p', (given) => {
		const { past, input } = line();
		expect(find(past, input, ['phone'], given)).toEqual({ values: {} });
	});

	test('takes nothing of a step that does not know it', () => {
		const past = new Past().step('Register', REGISTER);
		const input = past.put('Register', ACCOUNT);
		expect(find(past, input, ['carrier_id'], { verification_id: 'vfn_1' })).toEqual({ values: {} });
	});

	test('passes a later step by that is about another', () => {
		const { past, input } = line();
		past.step('Other', REGISTER);
		const other = past.put('Other', { carrier_id: 'se-2', phone: '5124854283' }, [input]);
		expect(find(past, other, ['phone'], { carrier_id: 'se-1' }).values.phone).toBe(ACCOUNT.phone);
	});
});

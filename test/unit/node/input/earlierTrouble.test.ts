import type { IDataObject } from 'n8n-workflow';
import { Past } from './past';
import { ACCOUNT, REGISTER, SEND, SENT, failed, find, toldOf } from './stepsBefore';

// What an item is told of earlier steps that failed, or that put out several items for it.
describe('a step that failed for the item', () => {
	/** Register, and a second one or a Send that failed. */
	function line(last: object, error: IDataObject = {}) {
		const past = new Past().step('First', REGISTER).step('Last', last);
		const first = past.put('First', { ...SENT });
		const page = past.put('Page', {}, [first]);
		const item = past.put('Last', failed(error), [page], { output: 1 });
		return { past, input: past.put('Page 2', {}, [item]) };
	}

	test('is told where it should have made what is needed: the older value no longer counts', () => {
		const again = line(REGISTER);
		expect(find(again.past, again.input, ['carrier_id'])).toEqual({
			values: {},
			failedStep: 'Last',
		});
		const sent = line(SEND);
		expect(find(sent.past, sent.input, ['carrier_id', 'verification_id'])).toEqual({
			values: {},
			failedStep: 'Last',
		});
	});

	test('is passed by where it makes something else', () => {
		for (const last of [SEND, { parameters: { operation: 'confirm' } }, {}]) {
			const { past, input } = line(last);
			expect(find(past, input, ['carrier_id']).values.carrier_id).toBe('se-1');
		}
	});

	test('is passed by where it was about another carrier than the one that is given', () => {
		const { past, input } = line(SEND, { carrier_id: 'se-2' });
		const given = { carrier_id: 'se-1' };
		expect(find(past, input, ['verification_id'], given).values.verification_id).toBe('vfn_1');
	});

	test('is told where it was about this carrier, or does not say about which', () => {
		for (const error of [{ carrier_id: 'se-1' }, {}, { carrier_id: '' }]) {
			const { past, input } = line(SEND, error);
			expect(find(past, input, ['verification_id'], { carrier_id: 'se-1' })).toEqual({
				values: {},
				failedStep: 'Last',
			});
		}
	});

	test('no longer counts where a later one has made it', () => {
		const { past, input } = line(REGISTER);
		past.step('Third', REGISTER);
		const third = past.put('Third', { carrier_id: 'se-3' }, [input]);
		expect(find(past, third, ['carrier_id']).values).toEqual({ carrier_id: 'se-3' });
	});

	test('is told from an item that has an error of its own', () => {
		for (const error of [null, 'none', false, undefined]) {
			const past = new Past().step('Register', REGISTER);
			const account = { ...ACCOUNT, error };
			const input = past.put('Register', account);
			expect(find(past, input, ['carrier_id'])).toEqual({ values: account });
		}
	});

	test('contradicts one that did not, where none of them came last', () => {
		const past = new Past().step('A', REGISTER).step('B', REGISTER);
		const start = past.put('Trigger', {});
		const both = [past.put('A', ACCOUNT, [start]), past.put('B', failed(), [start])];
		const input = past.put('Merge', {}, both);
		expect(toldOf(() => find(past, input, ['carrier_id'])).message).toMatch(/^'A' and 'B'/);
	});

	test('is named, one of them where several failed', () => {
		const past = new Past().step('A', REGISTER).step('B', REGISTER);
		const start = past.put('Trigger', {});
		const both = ['A', 'B'].map((name) => past.put(name, failed(), [start]));
		const input = past.put('Merge', {}, both);
		expect(find(past, input, ['carrier_id'])).toEqual({ values: {}, failedStep: 'A' });
	});
});

describe('an item that comes from several of a step', () => {
	const several = (step: string) => {
		const message = `This item comes from several items of '${step}', which have different values of carrier_id`;
		return {
			message,
			description: `Nothing was sent. Let each item of '${step}' come here by itself, or set the field with an expression.`,
			reasons: [{ code: 'several_items', field: 'carrier_id', message }],
		};
	};

	/** Register First, Split, Register Second, Aggregate; n8n names the steps in any order. */
	function line(...names: string[]) {
		const past = new Past();
		for (const name of names) past.step(name, REGISTER);
		const first = past.put('First', ACCOUNT);
		const parts = [1, 2].map(() => past.put('Split', {}, [first]));
		const both = parts.map((part, index) =>
			past.put('Second', { ...ACCOUNT, carrier_id: `se-2${index}` }, [part]),
		);
		return { past, input: past.put('Aggregate', {}, both) };
	}

	test.each([
		['First', 'Second'],
		['Second', 'First'],
	])('fails, and takes nothing of a step before it (%s, %s)', (...names) => {
		const { past, input } = line(...names);
		expect(toldOf(() => find(past, input, ['carrier_id']))).toEqual(several('Second'));
	});

	test('goes on with a step behind that', () => {
		const { past, input } = line('First', 'Second');
		past.step('Third', REGISTER);
		const third = past.put('Third', { carrier_id: 'se-3' }, [input]);
		const page = past.put('Page', {}, [third]);
		expect(find(past, page, ['carrier_id']).values).toEqual({ carrier_id: 'se-3' });
	});

	test('takes the values of another step where those are not what this one makes', () => {
		const past = new Past().step('Register', REGISTER).step('Send', SEND);
		const account = past.put('Register', ACCOUNT);
		const both = [1, 2].map((each) => past.put('Send', { ...SENT, id: each }, [account]));
		const input = past.put('Aggregate', {}, both);
		expect(find(past, input, ['carrier_id']).values).toEqual(ACCOUNT);
		expect(() => find(past, input, ['verification_id'])).toThrow(/several items of 'Send'/);
	});

	test('fails beside a step that did not come after it, whatever that says', () => {
		const past = new Past().step('A', REGISTER).step('B', REGISTER);
		const both = [1, 2].map(() => past.put('A', ACCOUNT));
		const b = past.put('B', ACCOUNT);
		const input = past.put('Merge', {}, [...both, b]);
		expect(toldOf(() => find(past, input, ['carrier_id']))).toEqual(several('A'));
	});
});

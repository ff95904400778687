import type { IExecuteFunctions } from 'n8n-workflow';
import { ItemLinks } from '../../../../nodes/ShipEngine/input/itemLinks';
import { Past } from './past';

describe('what a step put out for an item', () => {
	test('is the item that became it, over steps between', () => {
		const past = new Past();
		const [one, two] = ['se-1', 'se-2'].map((carrier_id) => past.put('Register', { carrier_id }));
		const pages = [two!, one!].map((item) => past.put('Page', {}, [item]));
		const links = new ItemLinks(past.seenBy(pages));
		expect(links.of('Register', 0)).toEqual({ step: 'Register', item: two });
		expect(links.of('Register', 0)?.item).toBe(two);
		expect(links.of('Register', 1)?.item).toBe(one);
		expect(links.of('Page', 1)?.item).toBe(pages[1]);
	});

	test('is none of a step that has not run, or that nothing links', () => {
		const past = new Past();
		past.put('Register', {});
		const links = new ItemLinks(past.seenBy([past.put('Page', {})]));
		expect(links.of('Register', 0)).toBeUndefined();
		expect(links.of('Never', 0)).toBeUndefined();
	});

	test('is no item where there are several', () => {
		const past = new Past();
		const both = [past.put('Register', {}), past.put('Register', {})];
		const links = new ItemLinks(past.seenBy([past.put('Aggregate', {}, both)]));
		expect(links.of('Register', 0)).toEqual({ step: 'Register' });
		expect(links.of('Aggregate', 0)?.item).toBeDefined();
	});

	test.each([
		['nothing', null],
		['undefined', undefined],
		['text', 'paired_item_multiple_matches'],
		['an error', new Error('paired_item_multiple_matches')],
		['an error without a type', Object.assign(new Error('x'), { context: {} })],
		['an error without a context', Object.assign(new Error('x'), { context: null })],
		['another error', Object.assign(new Error('x'), { context: { type: 'paired_item_no_info' } })],
	])('is none where n8n throws %s', (_name, thrown) => {
		const context = {
			getWorkflowDataProxy: () => ({
				$: () => {
					throw thrown;
				},
			}),
		} as unknown as IExecuteFunctions;
		expect(new ItemLinks(context).of('Register', 0)).toBeUndefined();
	});

	test('is none where n8n gives nothing', () => {
		const context = {
			getWorkflowDataProxy: () => ({ $: () => ({ itemMatching: () => undefined }) }),
		} as unknown as IExecuteFunctions;
		expect(new ItemLinks(context).of('Register', 0)).toBeUndefined();
	});

	test('is found for all items in the same data, which n8n takes time to make', () => {
		const past = new Past();
		const items = [1, 2, 3].map(() => past.put('Register', {}));
		const links = new ItemLinks(past.seenBy(items));
		expect(past.proxies).toBe(0);
		items.forEach((_item, index) => links.of('Register', index));
		links.isAfter({ step: 'Register', item: items[0] }, { step: 'Register', item: items[1] });
		expect(past.proxies).toBe(1);
	});
});

describe('whether one thing comes after another', () => {
	test('is told by what it goes back to', () => {
		const past = new Past();
		const first = past.put('First', {});
		const page = past.put('Page', {}, [first]);
		const second = past.put('Second', {}, [page]);
		const links = new ItemLinks(past.seenBy([second]));
		const [one, other] = [
			{ step: 'First', item: first },
			{ step: 'Second', item: second },
		];
		expect(links.isAfter(other, one)).toBe(true);
		expect(links.isAfter(one, other)).toBe(false);
	});

	test('is not so where it goes back to another item of that step', () => {
		const past = new Past();
		const [first, another] = [past.put('First', {}), past.put('First', {})];
		const second = past.put('Second', {}, [another!]);
		const links = new ItemLinks(past.seenBy([second]));
		const after = { step: 'Second', item: second };
		expect(links.isAfter(after, { step: 'First', item: first })).toBe(false);
		expect(links.isAfter(after, { step: 'First', item: another })).toBe(true);
	});

	test('is not so where neither leads to the other', () => {
		const past = new Past();
		const start = past.put('Trigger', {});
		const [a, b] = [past.put('A', {}, [start]), past.put('B', {}, [start])];
		const links = new ItemLinks(past.seenBy([past.put('Merge', {}, [a, b])]));
		expect(links.isAfter({ step: 'A', item: a }, { step: 'B', item: b })).toBe(false);
		expect(links.isAfter({ step: 'B', item: b }, { step: 'A', item: a })).toBe(false);
	});

	test('is told of something that went down the error output', () => {
		const past = new Past();
		const first = past.put('First', {}, [], { output: 1 });
		const second = past.put('Second', {}, [first], { output: 1 });
		const links = new ItemLinks(past.seenBy([second]));
		expect(links.isAfter({ step: 'Second', item: second }, { step: 'First', item: first })).toBe(
			true,
		);
	});

	test('is told of an earlier run in a loop, and of a later item of a run', () => {
		const past = new Past();
		const first = past.put('First', {});
		past.put('Second', {}, [], { run: 0 });
		const second = past.put('Second', {}, [first], { run: 0 });
		past.put('Second', {}, [], { run: 1, output: 1 });
		past.put('Second', {}, [], { run: 2 });
		const links = new ItemLinks(past.seenBy([second]));
		expect(links.isAfter({ step: 'Second', item: second }, { step: 'First', item: first })).toBe(
			true,
		);
	});

	test('is not so of an item that the step did not put out', () => {
		const past = new Past();
		const first = past.put('First', {});
		past.put('Second', {}, [first]);
		const links = new ItemLinks(past.seenBy([first]));
		const stranger = { step: 'Second', item: { json: {} } };
		expect(links.isAfter(stranger, { step: 'First', item: first })).toBe(false);
	});

	test('of several items is told where the other goes back to them', () => {
		const past = new Past();
		const both = [past.put('First', {}), past.put('First', {})];
		const second = past.put('Second', {}, both);
		const links = new ItemLinks(past.seenBy([second]));
		expect(links.isAfter({ step: 'Second', item: second }, { step: 'First' })).toBe(true);
		expect(links.isAfter({ step: 'First' }, { step: 'Second', item: second })).toBe(false);
	});

	test('of several items is not told where the other does not go back to them', () => {
		const past = new Past();
		const [one, other] = [past.put('First', {}), past.put('First', {})];
		const second = past.put('Second', {}, [one]);
		const stranger = past.put('Third', {});
		const links = new ItemLinks(past.seenBy([past.put('Merge', {}, [second, other])]));
		expect(links.isAfter({ step: 'Second', item: second }, { step: 'First' })).toBe(false);
		expect(links.isAfter({ step: 'Third', item: stranger }, { step: 'First' })).toBe(false);
	});
});

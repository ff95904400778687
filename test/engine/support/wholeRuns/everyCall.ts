import { expectErrorItem } from '../hostile';
import type { Call } from './observer';
import type { Played } from './play';
import type { Settings } from './settings';
import type { StandIn } from './standIns';

/** A secret in whatever way a text spreads it, and not as a part of something longer. */
const spread = (secret: string) =>
	new RegExp(`(?<![A-Za-z0-9])${[...secret].join('[^A-Za-z0-9]*')}(?![A-Za-z0-9])`);

/** Fails if a text holds a secret. */
export function expectNone(secrets: string[], text: string): void {
	for (const secret of secrets) {
		const found = spread(secret).exec(text);
		if (found) throw new Error(`A secret: …${text.slice(found.index - 200, found.index + 60)}…`);
	}
}

/** Fails unless a step that continues gave an item for each of its items, in their order and linked. */
function expectItems({ output, error, items }: Call): void {
	expect(error).toBeUndefined();
	expect(output).toHaveLength(items.length);
	output!.forEach((item, index) => {
		if (item.json.error === undefined) expect(item.pairedItem).toEqual({ item: index });
		else expectErrorItem(item, index, []);
	});
}

/** Fails unless a step that stops did all, or says which item it stopped at. */
function expectAllOrError({ output, error, items }: Call): void {
	if (error) {
		const { itemIndex, data } = error.context;
		expect([typeof itemIndex, typeof data]).toEqual(['number', 'object']);
		expect(error.message).toMatch(new RegExp(` \\[item ${String(itemIndex)}\\]$`));
		return;
	}
	expect(output!.map(({ pairedItem }) => pairedItem)).toEqual(
		items.map((_item, item) => ({ item })),
	);
	expect(output!.filter(({ json }) => json.error !== undefined)).toEqual([]);
}

/** What holds of every call of a step, whatever it does. */
export function expectCall(
	call: Call,
	{ onError }: Settings,
	secrets: string[],
	/** Takes out of all that was given what the item itself holds and an output repeats. */
	withoutOwn: (given: string) => string = (given) => given,
): void {
	if (onError === 'stopWorkflow') expectAllOrError(call);
	else expectItems(call);
	expectNone(secrets, withoutOwn(call.given));
	expect(call.late).toEqual([]);
}

/** Fails unless n8n kept apart what was done and what failed, with nothing of the input beside an error. */
export function expectBranches({ outcome }: Played, step: string, { onError }: Settings): void {
	if (onError !== 'continueErrorOutput' || outcome.run.status === 'canceled') return;
	for (const { error } of outcome.json(step)) expect(error).toBeUndefined();
	for (const json of outcome.json(step, 1)) expect(Object.keys(json)).toEqual(['error']);
}

/** Fails if the stand-in was asked more often than the node asked n8n to, as by a request sent twice. */
export function expectRequests({ api, key }: StandIn, calls: Call[]): void {
	const came = new Map<string, number>();
	// What an earlier case gave up may arrive now, where the machine was busy; it is refused.
	const own = api.requests.filter(({ headers }) => headers['api-key'] === key);
	for (const { method, path } of own) {
		came.set(`${method} ${path}`, (came.get(`${method} ${path}`) ?? 0) + 1);
	}
	for (const { method, path } of calls.flatMap(({ sent }) => sent)) {
		came.set(`${method} ${path}`, (came.get(`${method} ${path}`) ?? 0) - 1);
	}
	expect([...came].filter(([, more]) => more > 0)).toEqual([]);
}

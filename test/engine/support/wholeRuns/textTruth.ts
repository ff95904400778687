import type { IDataObject } from 'n8n-workflow';
import { expectBranches, expectCall, expectRequests } from './everyCall';
import { groupsOf } from './groups';
import { NO_HURRY } from './settings';
import { cardOf } from './shops';
import { tally } from './tally';
import type { Texted, Texting } from './texts';
import { type Told, count, toldOf } from './told';

/** An item and what it was told. */
interface Fate {
	item: IDataObject;
	wish: Texting;
	told: Told;
	isFlawed: boolean;
}

/** What tells a request of one item from those of others; some items ask for the very same. */
const keyOf = ({ carrier_id, phone, verification_id, verification_code }: IDataObject) =>
	[carrier_id, verification_id ?? phone, verification_code].join(' ');

const carrierOf = (path: string) => /stamps_com\/([^/]+)\//.exec(path)?.[1];

/** The same, of a request. */
const keyOfRequest = ({ path, body }: { path: string; body: IDataObject }) =>
	keyOf({
		carrier_id: carrierOf(path),
		verification_id: /verification\/(.+)/.exec(path)?.[1],
		...body,
	});

const isFlawed = ({ operation }: Texted['world'], { carrier, isOfOther, phone, code }: Texting) =>
	operation === 'send'
		? carrier === 'malformed' || (typeof phone === 'string' && phone !== 'own')
		: code === 'malformed' || (isOfOther && carrier === 'malformed');

/** No more is sent than items are told of, whichever of those that ask for the same it was. */
function expectOnce(group: Fate[], { run }: Texted): void {
	const key = keyOf(group[0]!.item);
	const sent = run.calls.flatMap((call) => call.sent).filter((each) => keyOfRequest(each) === key);
	const told = group.map((fate) => fate.told);
	const acted = sent.filter(({ didNothing }) => !didNothing);
	// An answer may come when the node has given it up: then what was told as unknown was not done.
	expect(acted.length).toBeGreaterThanOrEqual(count(told, 'done'));
	expect(acted.length).toBeLessThanOrEqual(count(told, 'done', 'unknown'));
	if (group.some((fate) => fate.isFlawed))
		expect([told[0]!.kind === 'done', sent]).toEqual([false, []]);
}

/** Each text is told, to whom it belongs. */
function expectTexts(group: Fate[], { standIn }: Texted): void {
	const { carrier_id, phone } = group[0]!.item;
	const texted = standIn.api.state.verifications
		.filter((each) => each.carrierId === carrier_id && each.phone === phone)
		.map(({ id }) => id);
	const named = group.flatMap(({ told }) => (told.kind === 'done' ? [told.output] : []));
	for (const output of named) {
		expect(output).toMatchObject({ carrier_id, phone, status: 'unverified' });
		expect(texted).toContain(output.verification_id);
	}
	expect(new Set(named.map(({ verification_id }) => verification_id)).size).toBe(named.length);
	const unknown = count(
		group.map(({ told }) => told),
		'unknown',
	);
	expect(texted.length - named.length).toBeLessThanOrEqual(unknown);
}

/** Each code is tried once, and what was verified is told. */
function expectCodes(group: Fate[], { standIn, run }: Texted): void {
	const { carrier_id, verification_id } = group[0]!.item;
	const key = keyOf(group[0]!.item);
	const tried = run.calls
		.flatMap(({ sent }) => sent)
		.filter((each) => keyOfRequest(each) === key && each.status !== 429 && each.status !== 307);
	expect(tried.length).toBeLessThanOrEqual(group.length);
	const { status } = standIn.api.state.verifications.find(({ id }) => id === verification_id)!;
	for (const { told } of group) {
		if (told.kind !== 'done') continue;
		expect(told.output).toMatchObject({ carrier_id, verification_id, status: 'verified' });
		expect(status).toBe('verified');
	}
}

/** What was verified was told of to somebody who had the code. */
function expectVerifiedTold(fates: Fate[], { standIn, before }: Texted): void {
	for (const { id } of before) {
		const { status } = standIn.api.state.verifications.find((each) => each.id === id)!;
		const told = fates
			.filter(({ item, wish }) => item.verification_id === id && wish.code === 'good')
			.map((fate) => fate.told);
		if (status === 'verified') expect(count(told, 'done', 'unknown')).toBeGreaterThan(0);
	}
}

/** Where nothing goes wrong, what is right is done. */
function expectDone(group: Fate[], { world }: Texted): void {
	const { onError, cancelled } = world.settings;
	if (world.timeout !== NO_HURRY || cancelled || onError === 'stopWorkflow') return;
	for (const { told, wish, isFlawed: wrong } of group) {
		const isGood =
			world.operation === 'send'
				? typeof wish.carrier === 'number' && !wrong
				: wish.code === 'good' && !wish.isOfOther && world.wishes.length === 1;
		if (isGood) expect(told.kind).toBe('done');
	}
}

/** Holds a world against what its stand-in knows. */
export function expectTruth(texted: Texted): void {
	const { world, standIn, items, run, before } = texted;
	const secrets = [
		standIn.key,
		...before.map(({ code }) => code),
		...items.map(({ verification_code }) => String(verification_code)),
		...items.map((_item, index) => cardOf(`p${index}`)),
	].filter((secret) => secret !== 'undefined');
	for (const call of run.calls) expectCall(call, world.settings, secrets);
	expectBranches(run, 'Step', world.settings);
	expectRequests(standIn, run.calls);

	const last = run.calls.at(-1);
	const told = last ? toldOf(last) : [];
	const fates = items.map((item, index): Fate => {
		const wish = world.wishes[index]!;
		return { item, wish, told: told[index]!, isFlawed: isFlawed(world, wish) };
	});
	const isStopped =
		world.settings.onError === 'stopWorkflow' && fates.some((fate) => fate.isFlawed);
	if (isStopped) expect(run.calls.flatMap(({ sent }) => sent)).toEqual([]);
	for (const group of groupsOf(fates, ({ item }) => keyOf(item))) {
		expectOnce(group, texted);
		if (world.operation === 'send') expectTexts(group, texted);
		else expectCodes(group, texted);
		expectDone(group, texted);
	}
	expectVerifiedTold(fates, texted);
	fates.forEach((fate) => tally(fate.told));
}

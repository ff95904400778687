import type { IDataObject } from 'n8n-workflow';
import { expectBranches, expectCall, expectRequests } from './everyCall';
import { groupsOf } from './groups';
import type { Sent } from './observer';
import { type Registered, type Told as Run, cardsOf } from './registrations';
import { NO_HURRY } from './settings';
import { type Policy, isFlawed, seen } from './shops';
import { tally } from './tally';
import { type Told, toldOf } from './told';

/** An item, what it was told, and what it came to at the API. */
interface Fate {
	run: Registered['runs'][number];
	index: number;
	item: IDataObject;
	told: Told;
	policy: Policy;
	isFlawed: boolean;
	/** The sub-account that it is for, in the spelling of the stand-in. */
	sub: string | undefined;
	/** The registrations that were sent for it, by all tries of n8n. */
	sent: Sent[];
	/** The IDs of the accounts that were made of it. */
	made: string[];
}

type Body = { nickname: string; address: { company_name: string } };
const tagOf = (body: unknown) => (body as Partial<Body>).address?.company_name;

function fatesOf({ world, standIn, runs }: Registered): Fate[] {
	return runs.flatMap((run) => {
		const last = run.calls.at(-1);
		const told = last ? toldOf(last) : [];
		return run.items.map(
			(item, index): Fate => ({
				run,
				index,
				item,
				told: told[index]!,
				policy: run.policy === 'byItem' ? run.shops[index]!.policy : run.policy,
				isFlawed: isFlawed(run.shops[index]!, {
					hasSubs: world.hasSubs,
					hasCards: run.source !== 'credential',
				}),
				sub: world.hasSubs ? String(item.sub).replace(/^(?=\d+$)/, 'se-') : undefined,
				sent: run.calls
					.flatMap(({ sent }) => sent)
					.filter(({ method, body }) => method === 'POST' && tagOf(body) === run.tags[index]),
				made: standIn.api.state.accounts
					.filter(({ body }) => tagOf(body) === run.tags[index])
					.map(({ carrierId }) => carrierId),
			}),
		);
	});
}

/** What was made is told, and what was told as not made was not. */
function expectTold({ told, made, isFlawed: wrong, sent }: Fate): void {
	// Once it may have been carried out, it is not sent again.
	expect(sent.slice(0, -1).filter(({ didNothing }) => !didNothing)).toEqual([]);
	expect(made.length).toBeLessThanOrEqual(1);
	if (told.kind === 'failed' || told.kind === 'unsaid') expect([told, made]).toEqual([told, []]);
	if (wrong) expect([told.kind === 'done' || told.kind === 'unknown', sent]).toEqual([false, []]);
}

/** What is put out for an item is the item's own. */
function expectOwn(fate: Fate, { standIn, before }: Registered): void {
	const { told, item, sub, made, policy } = fate;
	if (told.kind !== 'done') return;
	const { carrier_id: id, nickname, existing, recovered, ...others } = told.output;
	expect(seen(String(nickname))).toBe(seen(String(item.nickname)));
	expect(others).toEqual({
		...(existing !== true && { email: item.email }),
		phone: String(item.phone).replaceAll('-', ''),
		...(sub !== undefined && { on_behalf_of: item.sub }),
	});
	if (existing !== true) {
		// Where a lost one was found again, it is the item's own too.
		expect([recovered, made]).toEqual([recovered, [id]]);
		return;
	}
	expect([policy, made]).toEqual(['returnExisting', []]);
	const found = standIn.api.state.carriers(sub).find(({ carrier_id }) => carrier_id === id);
	expect(found).toMatchObject({ carrier_code: 'stamps_com', disabled_by_billing_plan: false });
	expect(seen(found!.nickname)).toBe(seen(String(item.nickname)));
	expect(before.find(({ carrier_id }) => carrier_id === id)?.account_number).not.toBe(
		'stamps_com_disabled',
	);
}

/** No account is doubled by an item that is not to double any. */
function expectNoDoubles(fates: Fate[], { before, standIn }: Registered): void {
	const groups = groupsOf(fates, ({ item, sub }) => `${sub} ${seen(String(item.nickname))}`);
	for (const group of groups) {
		const [{ item, sub }] = group;
		const there = new Set(standIn.api.state.carriers(sub));
		const earlier = before.filter(
			(carrier) =>
				there.has(carrier) &&
				carrier.carrier_code === 'stamps_com' &&
				seen(carrier.nickname) === seen(String(item.nickname)),
		);
		const made = group
			.filter(({ policy }) => policy !== 'registerAnother')
			.flatMap((fate) => fate.made);
		expect([made.length, earlier.length].filter(Boolean).length).toBeLessThanOrEqual(1);
		expect(made.length).toBeLessThanOrEqual(1);
	}
}

/** Of the people in one run, no two come to one account. */
function expectPeople(fates: Fate[]): void {
	const done = fates.filter(
		({ told, policy }) => told.kind === 'done' && policy !== 'registerAnother',
	);
	for (const group of groupsOf(done, ({ run, sub, item }) =>
		[run.tags.join(), sub, seen(String(item.nickname))].join(' '),
	)) {
		expect(new Set(group.map(({ item }) => `${item.email} ${item.phone}`)).size).toBe(1);
	}
}

/** A look that failed fails those who waited for it, and no others. */
function expectLooks({ calls, settings }: Registered['runs'][number], fates: Fate[]): void {
	const looks = calls.at(-1)?.sent.filter(({ method }) => method === 'GET') ?? [];
	const failed = fates.filter(
		({ told }) =>
			told.kind === 'failed' &&
			/could not be looked up/.test(String(told.error.message)) &&
			// At the API's limit nobody is asked for a while.
			told.error.http_status !== 429,
	);
	expect(failed.length).toBeLessThanOrEqual(looks.length * settings.maxConcurrency);
}

/** Where nothing goes wrong, what is right is done. */
function expectDone(fates: Fate[], { world, before }: Registered): void {
	if (world.timeout !== NO_HURRY) return;
	const isAlone = ({ item }: Fate) =>
		[...before, ...fates.map((fate) => fate.item)].filter(
			({ nickname }) => seen(String(nickname)) === seen(String(item.nickname)),
		).length === 1;
	for (const fate of fates) {
		const { run, index, told, policy } = fate;
		const { onError, cancelled } = run.settings;
		const isGood = ['good', 'card in the nickname'].includes(run.shops[index]!.condition);
		if (cancelled || onError === 'stopWorkflow' || !isGood) continue;
		if (policy === 'registerAnother' || isAlone(fate)) {
			expect(told).toMatchObject({
				kind: 'done',
				output: expect.not.objectContaining({ existing: true }),
			});
		}
	}
}

/** The nicknames that outputs repeat from the items: a card in one is the item's own. */
const withoutNicknames = ({ items }: Run) => {
	const own = items.map(({ nickname }) => String(nickname).trim());
	return (given: string) =>
		own.reduce(
			(rest, nickname) =>
				rest
					.replaceAll(`"nickname":${JSON.stringify(nickname)}`, '')
					.replaceAll(`nickname: '${nickname}'`, ''),
			given,
		);
};

/** Holds a world against what its stand-in knows. */
export function expectTruth(registered: Registered): void {
	const { standIn, runs } = registered;
	const fates = fatesOf(registered);
	for (const run of runs) {
		const secrets = [standIn.key, ...cardsOf(run)];
		for (const call of run.calls) {
			expectCall(call, run.settings, secrets, withoutNicknames(run));
		}
		expectBranches(run, 'Step', run.settings);
		expectLooks(
			run,
			fates.filter((fate) => fate.run === run),
		);
		const isStopped =
			run.settings.onError === 'stopWorkflow' &&
			fates.some((fate) => fate.run === run && fate.isFlawed);
		if (isStopped) expect(run.calls.flatMap(({ sent }) => sent)).toEqual([]);
	}
	expectRequests(
		standIn,
		runs.flatMap(({ calls }) => calls),
	);
	for (const fate of fates) {
		expectTold(fate);
		expectOwn(fate, registered);
		tally(fate.told);
	}
	expectNoDoubles(fates, registered);
	expectPeople(fates);
	expectDone(fates, registered);
	expect(fates.flatMap(({ made }) => made).sort()).toEqual(
		standIn.api.state.accounts.map(({ carrierId }) => carrierId).sort(),
	);
}

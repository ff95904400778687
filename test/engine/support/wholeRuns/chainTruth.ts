import type { IDataObject } from 'n8n-workflow';
import { type Chained, waysOf } from './chains';
import { expectBranches, expectCall, expectRequests } from './everyCall';
import { groupsOf } from './groups';
import type { Call } from './observer';
import { cardsOf } from './registrations';
import { NO_HURRY } from './settings';
import { tally } from './tally';
import { type Told, count, toldOf } from './told';

/** What one item came to, all along the chain. */
interface Way {
	/** The account that was made of the item of the trigger. */
	account?: string;
	phone: string;
	registered: Told;
}

const tagOf = (body: unknown) =>
	(body as { address?: { company_name?: string } }).address?.company_name;

function waysAlong({ standIn, items, tags }: Chained, register: Call): Way[] {
	const told = toldOf(register);
	return items.map(({ phone }, index) => ({
		account: standIn.api.state.accounts.find(({ body }) => tagOf(body) === tags[index])?.carrierId,
		phone: String(phone).replaceAll('-', ''),
		registered: told[index]!,
	}));
}

/** The place of a carrier's text or of a verification, as requests have it. */
const pathOf = (carrier: string | undefined, verification?: unknown) =>
	`/v1/connections/carriers/stamps_com/${carrier}/verification${verification === undefined ? '' : `/${String(verification)}`}`;

/** Each item's account is its own. */
function expectRegistered(ways: Way[]): void {
	for (const { registered, account, phone } of ways) {
		tally(registered);
		if (registered.kind === 'done') {
			expect(registered.output).toMatchObject({ carrier_id: account, phone });
		} else if (registered.kind !== 'unknown') expect(account).toBeUndefined();
	}
}

/** Each text is for the account and the phone of the item from which it comes. */
function expectSent(ways: Way[], calls: Call[], { standIn }: Chained): Told[] {
	const told = toldOf(calls.at(-1)!);
	expect(told).toHaveLength(ways.length);
	const sent = calls.flatMap((call) => call.sent);
	for (const group of groupsOf(
		ways.map((way, place) => ({ ...way, told: told[place]! })),
		({ phone }) => phone,
	)) {
		const [{ account, phone, registered }] = group;
		const own = sent.filter(({ body }) => body.phone === phone);
		if (registered.kind !== 'done') {
			// What Register does not know, Send passes on.
			expect([
				count(
					group.map((each) => each.told),
					'done',
				),
				own,
			]).toEqual([0, []]);
			continue;
		}
		expect(own.filter(({ path }) => path !== pathOf(account))).toEqual([]);
		const acted = own.filter(({ didNothing }) => !didNothing).length;
		expect(acted).toBeLessThanOrEqual(
			count(
				group.map((each) => each.told),
				'done',
				'unknown',
			),
		);
		for (const each of group) {
			tally(each.told);
			if (each.told.kind !== 'done') continue;
			expect(each.told.output).toMatchObject({ carrier_id: account, phone });
			const { verification_id: id } = each.told.output;
			expect(standIn.api.state.verifications.find((one) => one.id === id)).toMatchObject({
				carrierId: account,
				phone,
			});
		}
	}
	return told;
}

/** Each code is confirmed with the verification and the account of the item from which it comes. */
function expectConfirmed(
	ways: Array<Way & { texted: Told }>,
	calls: Call[],
	{ world, standIn }: Chained,
): void {
	const told = toldOf(calls.at(-1)!);
	expect(told).toHaveLength(ways.length);
	const right = ways.map(({ account, texted }) =>
		texted.kind === 'done' ? pathOf(account, texted.output.verification_id) : undefined,
	);
	for (const { path } of calls.flatMap(({ sent }) => sent)) expect(right).toContain(path);
	told.forEach((each, place) => {
		tally(each);
		const { account, texted } = ways[place]!;
		if (each.kind === 'done') {
			const { verification_id: id } = (texted as Told & { kind: 'done' }).output;
			expect(each.output).toMatchObject({ carrier_id: account, verification_id: id });
			const { status } = standIn.api.state.verifications.find((one) => one.id === id)!;
			expect(status).toBe('verified');
		}
		const isSound = world.timeout === NO_HURRY && !world.register.cancelled;
		const isFirst = right.indexOf(right[place]) === place && right[place] !== undefined;
		if (isSound && isFirst && !world.wrong[place] && world.confirm.onError !== 'stopWorkflow') {
			const isAlone = right.filter((path) => path === right[place]).length === 1;
			if (isAlone) expect(each.kind).toBe('done');
		}
	});
}

/** The code that a person has typed into a page. */
const typedIn = ({ verification_code: code }: IDataObject) =>
	code === undefined ? [] : [String(code)];

/** Holds a chain against what its stand-in knows. */
export function expectTruth(chained: Chained): void {
	const { world, standIn, run, tags } = chained;
	const secrets = [
		standIn.key,
		...cardsOf({ tags }),
		...standIn.api.state.verifications.map(({ code }) => code),
		...run.calls.flatMap(({ items }) => items.flatMap((item) => typedIn(item))),
	];
	const settings = { Register: world.register, Send: world.send, Confirm: world.confirm };
	for (const [name, given] of Object.entries(settings)) {
		for (const call of run.calls.filter(({ step }) => step === name)) {
			expectCall(call, given, secrets);
		}
		expectBranches(run, name, given);
	}
	expectRequests(standIn, run.calls);

	const callsOf = (name: string) => run.calls.filter(({ step }) => step === name);
	const register = callsOf('Register').at(-1);
	if (!register) return;
	const ways = waysAlong(chained, register);
	expectRegistered(ways);
	const { toSend, toConfirm } = waysOf(world, run.calls);
	if (callsOf('Send').length === 0) return;
	const coming = toSend.map((place) => ways[place]!);
	const texted = expectSent(coming, callsOf('Send'), chained);
	if (callsOf('Confirm').length === 0) return;
	const confirming = toConfirm.map((place) => ({ ...coming[place]!, texted: texted[place]! }));
	expectConfirmed(confirming, callsOf('Confirm'), chained);
}

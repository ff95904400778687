import type { IDataObject } from 'n8n-workflow';
import { type Known, passed } from './onTheWay';
import { type Leg, type Owned, STEPS, comingTo, nameOfLeg, personOf, tagOf } from './owners';
import { bareId } from '../../../../nodes/ShipEngine/values/names';

/** What a step put out for an item, as far as later steps can know it. */
interface Output {
	who: number | undefined;
	isSilent?: boolean;
	json: IDataObject;
	hasFailed: boolean;
	/** The way back from its input. */
	past: Known['past'];
	isLost?: boolean;
}

/** What became of the items of all chains, for a list of what failed. */
export const tallied = new Map<string, number>();

const count = (what: string) => tallied.set(what, (tallied.get(what) ?? 0) + 1);

const NAMES = ['carrier_id', 'on_behalf_of', 'external_account_id', 'nickname', 'verification_id'];

const isFailed = ({ error }: IDataObject) => error !== null && typeof error === 'object';

const same = (one: unknown, other: unknown) => bareId(String(one)) === bareId(String(other));

/** The person whose account a carrier is; undefined for nobody's. */
const ownerOf = ({ standIn }: Owned, carrierId: unknown) => {
	const account = standIn.api.state.accounts.find((each) => each.carrierId === carrierId);
	return account && Number(tagOf(account.body)?.slice(1));
};

/** Whoever is registered, texted, confirmed or charged is who the item says. */
function expectOwn(owned: Owned, leg: Leg, { who }: Known, output: IDataObject): void {
	const { world, standIn } = owned;
	const { state } = standIn.api;
	expect(who).toBeDefined();
	const person = personOf(world, who!);
	if (leg.kind === 'create') {
		const made = state.subAccounts.find(({ account_id }) => account_id === output.account_id);
		expect(made?.fields.external_account_id).toBe(person.external_account_id);
		return;
	}
	if (leg.kind === 'disconnect') return;
	expect(ownerOf(owned, output.carrier_id)).toBe(who);
	if (leg.kind === 'send' || leg.kind === 'confirm') {
		const sent = state.verifications.find(({ id }) => id === output.verification_id);
		expect(sent).toMatchObject({ carrierId: output.carrier_id, phone: person.phone });
	}
	const account = state.accounts.find(({ carrierId }) => carrierId === output.carrier_id)!;
	const sub = state.subAccounts.find(({ account_id }) => `se-${account_id}` === account.onBehalfOf);
	expect(sub?.fields.external_account_id).toBe(
		world.isPartner ? person.external_account_id : undefined,
	);
}

/** Nothing was asked for that is nobody's, or of somebody for whom no item asked. */
function expectSent({ world, standIn, calls }: Owned, place: number, coming: Known[]): void {
	const { kind, carrier: setting } = world.legs[place]!;
	const call = calls.find(({ step }) => step === nameOfLeg(world.legs, place));
	if (!call || kind === 'create' || kind === 'register' || setting === 'named') return;
	const asked = new Map<number, number>();
	for (const { who } of coming) {
		if (who !== undefined) asked.set(who, (asked.get(who) ?? 0) + 1);
	}
	const acting = call.sent.filter(({ method }) => method !== 'GET');
	for (const { path } of acting) {
		const carrier = /se-\d+/.exec(path)?.[0];
		if (carrier === undefined) continue;
		// A code is tried only with the carrier that it was sent for.
		const verification = /vfn_\w+/.exec(path)?.[0];
		if (verification !== undefined) {
			const sent = standIn.api.state.verifications.find(({ id }) => id === verification);
			expect(sent?.carrierId).toBe(carrier);
		}
		const owner = ownerOf({ world, standIn, calls }, carrier)!;
		const left = asked.get(owner) ?? 0;
		expect([owner, left > 0]).toEqual([owner, true]);
		asked.set(owner, left - 1);
	}
}

const hasFailedRegistration = (calls: Owned['calls']) =>
	calls.some(
		({ step, output = [] }) =>
			step === 'Step register' && output.some(({ json }) => isFailed(json)),
	);

/** Whether an item must go through: its links are right, and nothing in it says otherwise. */
function mustGoThrough(
	{ world, calls }: Owned,
	leg: Leg,
	item: Known,
	json: IDataObject,
	outputs: Map<string, Output[]>,
): boolean {
	const { kind, carrier } = leg;
	if (item.who === undefined) return false;
	if (item.isSilent && (kind === 'create' || kind === 'register')) return false;
	if (kind === 'create') return true;
	if (kind === 'register') {
		return !world.declined[item.who] && (!world.isPartner || item.has.includes('on_behalf_of'));
	}
	// What somebody set by hand is theirs; it is held to be right wherever it is used.
	if (carrier === 'named') return false;
	const { needs, looksBack } = STEPS[kind];
	const isDragged = carrier === 'dragged';
	if (isDragged && !item.has.includes('carrier_id')) return false;
	const open: string[] = [
		...needs.filter((key) => !(isDragged && key === 'carrier_id')),
		...(world.isPartner ? ['on_behalf_of'] : []),
	];
	if (open.every((key) => item.has.includes(key))) return true;
	if (!looksBack) return false;
	const nearer: unknown[] = [];
	for (const { step, index, isFact } of item.past) {
		const all = outputs.get(step)!;
		const output = all[index]!;
		if (output.hasFailed) return false;
		if (!open.every((key) => key in output.json)) {
			nearer.push(output.json.carrier_id);
			continue;
		}
		// A step on the way that was about another account of the person is a doubt.
		const isDoubted =
			open.includes('carrier_id') &&
			!open.includes('verification_id') &&
			nearer.some((carrier) => carrier !== undefined && !same(carrier, output.json.carrier_id));
		if (isDoubted) return false;
		if (output.who !== item.who) return false;
		// One person can have two accounts.
		const isAgreed = [...NAMES, 'phone'].every(
			(key) => !(key in json) || !(key in output.json) || same(json[key], output.json[key]),
		);
		if (!isAgreed) return false;
		const isAlike = (key: string, each: Output) =>
			key in each.json && same(each.json[key], output.json[key]);
		const everywhere = [...outputs.values()].flat();
		// A name that people give proves nothing if another account has it, or one that failed may have.
		const isOnly = (key: string) =>
			['carrier_id', 'verification_id'].includes(key) ||
			(!(key === 'nickname' && world.isPartner) &&
				!hasFailedRegistration(calls) &&
				everywhere.every(
					(each) =>
						!isAlike(key, each) ||
						!('carrier_id' in each.json) ||
						same(each.json.carrier_id, output.json.carrier_id),
				));
		const isProof = (key: string) =>
			item.has.includes(key) &&
			key in output.json &&
			same(json[key], output.json[key]) &&
			all.filter((each) => isAlike(key, each)).length === 1 &&
			isOnly(key);
		return isFact || NAMES.some(isProof);
	}
	return false;
}

/** Whether an item must fail: what was set gives nothing, or what it lacks is looked up nowhere. */
function mustFail({ world }: Owned, { kind, carrier }: Leg, { has }: Known): boolean {
	const behalf = world.isPartner ? ['on_behalf_of'] : [];
	if (kind === 'create') return false;
	if (kind === 'register') return behalf.some((key) => !has.includes(key));
	if (carrier === 'dragged' && !has.includes('carrier_id')) return true;
	const needs = STEPS[kind].needs.filter((key) => key !== 'carrier_id' || carrier === 'empty');
	return !STEPS[kind].looksBack && [...needs, ...behalf].some((key) => !has.includes(key));
}

/** Holds a chain of chance against whose the items are. */
export function expectOwners(owned: Owned): void {
	const { world, calls } = owned;
	const outputs = new Map<string, Output[]>();
	let coming: Known[] = comingTo(world).map((who) => ({
		who,
		has: ['nickname', 'email', 'phone', 'external_account_id'],
		past: [],
	}));

	for (const [place, leg] of world.legs.entries()) {
		const name = nameOfLeg(world.legs, place);
		const known = new Map<number, string[]>();
		const of = (who: number) => {
			const found = known.get(who) ?? inTable(owned, place, who);
			known.set(who, found);
			return found;
		};
		for (const way of leg.before) coming = passed(way, coming, world.people, of);

		const call = calls.find(({ step }) => step === name);
		if (!call) {
			expect(coming).toEqual([]);
			return;
		}
		expect(call.items.map(({ who }) => who)).toEqual(
			coming.map(({ who, isSilent }) => (isSilent ? undefined : who)),
		);
		expectSent(owned, place, coming);
		const given = call.output!.map(({ json }) => json);
		given.forEach((json, index) => {
			const item = coming[index]!;
			const must = mustGoThrough(owned, leg, item, call.items[index]!, outputs);
			if (!isFailed(json)) {
				expect([mustFail(owned, leg, item), item]).toEqual([false, item]);
				if (leg.carrier !== 'named') expectOwn(owned, leg, item, json);
				count(must ? 'went through, as it has to' : 'went through, and is right');
				return;
			}
			const { errors, http_status: status } = json.error as IDataObject;
			// A declined card, a code that nobody texted, a carrier that was disconnected before.
			if (status !== null) return count('refused by the API');
			const codes = (errors as IDataObject[]).map(({ code }) => String(code));
			expect([must, codes, item, call.items[index]]).toEqual([
				false,
				codes,
				item,
				call.items[index],
			]);
			count(`failed: ${[...new Set(codes)].join(', ')}`);
		});

		const own = given.map(
			(json, index): Output => ({
				who: coming[index]!.who,
				isSilent: coming[index]!.isSilent,
				json,
				hasFailed: isFailed(json),
				past: coming[index]!.past,
				isLost: coming[index]!.isLost,
			}),
		);
		const put = putOut(leg, own);
		outputs.set(name, put);
		coming = put.map(({ who, isSilent, json, past, isLost }, index) => ({
			who,
			isSilent,
			has: Object.keys(json),
			past: [{ step: name, index, isFact: true }, ...past],
			isLost,
		}));
	}
}

/** What a table has of a person when the items come to a step. */
function inTable({ world, calls }: Owned, place: number, who: number): string[] {
	const done = (kind: Leg['kind']) =>
		world.legs
			.slice(0, place)
			.some(
				(leg, index) =>
					leg.kind === kind &&
					calls
						.find(({ step }) => step === nameOfLeg(world.legs, index))
						?.output?.some(
							({ json }, at) =>
								!isFailed(json) &&
								calls.find(({ step }) => step === nameOfLeg(world.legs, index))!.items[at]!.who ===
									who,
						),
			);
	return [
		...['nickname', 'email', 'phone', 'external_account_id'],
		...(done('register') ? ['carrier_id'] : []),
		...(done('create') ? ['on_behalf_of'] : []),
		...(done('send') ? ['verification_id'] : []),
	];
}

/** What a step's first output gives to the next. */
function putOut({ onError }: Leg, outputs: Output[]): Output[] {
	const kept = onError === 'continue' ? outputs : outputs.filter(({ hasFailed }) => !hasFailed);
	if (onError !== 'always' || kept.length > 0) return kept;
	// n8n's own empty item comes from all of them.
	const [only, ...others] = outputs;
	const isOne = only !== undefined && others.length === 0;
	const { who, past } = isOne ? only : { who: undefined, past: [] };
	return [{ who, past, isSilent: true, json: {}, hasFailed: true, isLost: !isOne || only.isLost }];
}

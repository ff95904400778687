import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Verification } from '../../../../sandbox/api';
import { chain, held, step } from '../engine';
import { type Trouble, faultsOf, troubles } from './faults';
import { type Played, play } from './play';
import { NO_HURRY, type Settings, nodeSettings, settings, timeout } from './settings';
import { cardOf } from './shops';
import type { StandIn } from './standIns';

/** What an item asks Send or Confirm for. */
export interface Texting {
	/** One of the carriers; of another company; one that is not there; no ID at all. */
	carrier: number | 'ups' | 'nowhere' | 'malformed';
	/** Of the item alone, or one that others have too; no phone, and a card in its place. */
	phone: number | 'own' | 'malformed' | 'card';
	/** One of the verifications; its own carrier counts unless another is wanted. */
	verification: number;
	isOfOther: boolean;
	code: 'good' | 'wrong' | 'malformed';
}

/** A run of Send or Confirm, and the stand-in that it meets. */
export interface TextWorld {
	operation: 'send' | 'confirm';
	onBehalfOf?: string;
	/** How many codes may be tried on a verification. */
	attempts: number;
	met: Trouble[];
	/** In seconds. */
	timeout: number;
	wishes: Texting[];
	settings: Settings;
}

/** How many carriers there are, and of which of them each verification is. */
const CARRIERS = 3;
const VERIFICATIONS = [0, 0, 1, 2];

const often = <T>(value: fc.Arbitrary<T>, ...seldom: T[]) =>
	fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(...seldom) });

const texting: fc.Arbitrary<Texting> = fc.record({
	carrier: often<Texting['carrier']>(fc.nat(CARRIERS - 1), 'ups', 'nowhere', 'malformed'),
	phone: often<Texting['phone']>(
		fc.oneof(fc.constant('own' as const), fc.nat(1)),
		'malformed',
		'card',
	),
	verification: fc.nat(VERIFICATIONS.length - 1),
	isOfOther: often(fc.constant(false), true),
	code: fc.oneof(
		{ weight: 8, arbitrary: fc.constantFrom<Array<Texting['code']>>('good', 'wrong') },
		{ weight: 1, arbitrary: fc.constant('malformed' as const) },
	),
});

export const textWorld = (operation: TextWorld['operation']): fc.Arbitrary<TextWorld> =>
	fc
		.record({
			operation: fc.constant(operation),
			onBehalfOf: fc.constantFrom(undefined, 'se-1'),
			attempts: fc.constantFrom(3, 1),
			met: troubles(operation, 8),
			isSound: fc.integer({ min: 0, max: 7 }).map((drawn) => drawn === 0),
			timeout,
			wishes: fc.array(texting, { maxLength: 12, size: 'max' }),
			settings,
		})
		.map(({ isSound, ...world }) => (isSound ? { ...world, met: [], timeout: NO_HURRY } : world));

/** A world of Send or Confirm after its run. */
export interface Texted {
	world: TextWorld;
	standIn: StandIn;
	items: IDataObject[];
	/** The verifications that were there before. */
	before: Verification[];
	run: Played;
}

const OPERATIONS = { send: 'sendVerification', confirm: 'confirmVerification' };

const phoneOf = (phone: Texting['phone'], index: number) =>
	({ own: `512485${4200 + index}`, malformed: '12', card: cardOf(`p${index}`) })[String(phone)] ??
	`5125550${100 + Number(phone)}`;

const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** Lets a world happen. */
export async function happen(world: TextWorld, standIn: StandIn): Promise<Texted> {
	const { onBehalfOf, operation } = world;
	standIn.reset({ attempts: world.attempts });
	if (onBehalfOf) standIn.asPartner();
	const { api, key } = standIn;
	const carriers = Array.from({ length: CARRIERS }, (_carrier, index) =>
		api.addCarrier({ nickname: `Shop ${index}`, onBehalfOf }),
	).map(({ carrier_id }) => carrier_id);
	const ups = api.addCarrier({ nickname: 'Other', carrier_code: 'ups', onBehalfOf }).carrier_id;
	const idOf = (carrier: Texting['carrier']) =>
		({ ups, nowhere: 'se-999', malformed: '../se' })[String(carrier)] ?? carriers[Number(carrier)];

	if (operation === 'confirm') {
		for (const place of VERIFICATIONS) {
			const path = `/v1/connections/carriers/stamps_com/${carriers[place]}/verification`;
			await fetch(api.url + path, {
				method: 'POST',
				headers: {
					'API-Key': key,
					'Content-Type': 'application/json',
					...(onBehalfOf && { 'On-Behalf-Of': onBehalfOf }),
				},
				body: JSON.stringify({ phone: '5124854282', verification_type: 'sms' }),
			});
		}
		api.requests.length = 0;
	}
	const before = [...api.state.verifications];
	const items = world.wishes.map((wish, index): IDataObject => {
		if (operation === 'send')
			return { carrier_id: idOf(wish.carrier), phone: phoneOf(wish.phone, index) };
		const { id, carrierId, code } = before[wish.verification]!;
		const codes = { good: code, wrong: otherThan(code), malformed: `x${code}` };
		return {
			carrier_id: wish.isOfOther ? idOf(wish.carrier) : carrierId,
			verification_id: id,
			verification_code: codes[wish.code],
		};
	});

	faultsOf(operation, world.met).forEach((fault) => api.faults.add(fault));
	const { maxConcurrency, maxWait, cancelled } = world.settings;
	const options = {
		timeout: world.timeout,
		maxConcurrency,
		maxWait,
		...(onBehalfOf && { onBehalfOf }),
	};
	const node = step('Step', OPERATIONS[operation], { options }, nodeSettings(world.settings));
	const workflow = { nodes: [held('Trigger', items), node], connections: chain('Trigger', 'Step') };
	const [run] = await play(standIn, [{ workflow, cancelled }]);
	return { world, standIn, items, before, run: run! };
}

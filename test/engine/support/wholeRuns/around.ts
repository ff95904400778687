import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../../sandbox/api';
import { chain, held, step } from '../engine';
import { type Trouble, faultsOf, troubles } from './faults';
import { type Played, play } from './play';
import { NO_HURRY, type Settings, nodeSettings, settings, timeout } from './settings';
import type { StandIn } from './standIns';

/** The operations before and after an account that write, with what they look at. */
const OPERATIONS = {
	createSubAccount: {
		looks: 'findSubAccount',
		parameters: { resource: 'subAccount', operation: 'create' },
	},
	connect: {
		looks: 'carriers',
		parameters: { resource: 'carrier', operation: 'connectExisting' },
	},
	disconnect: {
		looks: 'getCarrier',
		parameters: { resource: 'carrier', operation: 'disconnect' },
	},
} as const satisfies Partial<Record<Operation, { looks: Operation; parameters: IDataObject }>>;

export type AroundOperation = keyof typeof OPERATIONS;

/** A run of one of them, and the stand-in that it meets. */
export interface AroundWorld {
	operation: AroundOperation;
	onBehalfOf?: string;
	/** Whether what is there already is given back. */
	returnsExisting: boolean;
	met: Trouble[];
	metByLooks: Trouble[];
	/** In seconds. */
	timeout: number;
	/** What each item is about, of a few; more than one item may be about the same. */
	wishes: number[];
	settings: Settings;
}

/** How many things there are that items can be about; the last one is there beforehand. */
export const THINGS = 4;

export const aroundWorld = (operation: AroundOperation): fc.Arbitrary<AroundWorld> =>
	fc
		.record({
			operation: fc.constant(operation),
			onBehalfOf: fc.constantFrom(undefined, operation === 'createSubAccount' ? undefined : 'se-1'),
			returnsExisting: fc.boolean(),
			met: troubles(operation, 6),
			metByLooks: troubles(OPERATIONS[operation].looks, 6),
			isSound: fc.integer({ min: 0, max: 7 }).map((drawn) => drawn === 0),
			timeout,
			wishes: fc.array(fc.nat(THINGS - 1), { maxLength: 6, size: 'max' }),
			settings,
		})
		.map(({ isSound, ...world }) =>
			isSound ? { ...world, met: [], metByLooks: [], timeout: NO_HURRY } : world,
		);

/** A world after its run. */
export interface Happened {
	world: AroundWorld;
	standIn: StandIn;
	/** What each item is about: an ID of one's own, a nickname or a carrier. */
	about: string[];
	run: Played;
}

/** Lets a world happen. */
export async function happen(world: AroundWorld, standIn: StandIn): Promise<Happened> {
	const { operation, onBehalfOf, wishes, returnsExisting } = world;
	const { api } = standIn;
	if (onBehalfOf || operation === 'createSubAccount') standIn.asPartner();
	const names = Array.from({ length: THINGS }, (_thing, index) => `Thing ${index}`);
	const isThere = operation === 'disconnect';
	const there = isThere ? names : names.slice(-1);
	const carriers = there.map((nickname) => api.addCarrier({ nickname, onBehalfOf }));
	if (operation === 'createSubAccount') api.addSubAccount({ external_account_id: names.at(-1)! });
	const about = wishes.map((wish) => (isThere ? carriers[wish]!.carrier_id : names[wish]!));
	const items = about.map(
		(id): IDataObject => (isThere ? { carrier_id: id } : { external_account_id: id, nickname: id }),
	);

	const { looks, parameters } = OPERATIONS[operation];
	faultsOf(operation, world.met).forEach((fault) => api.faults.add(fault));
	faultsOf(looks, world.metByLooks).forEach((fault) => api.faults.add(fault));
	const { maxConcurrency, maxWait, cancelled } = world.settings;
	const choice = returnsExisting ? 'returnExisting' : 'fail';
	const node = step(
		'Step',
		parameters.operation,
		{
			...parameters,
			...(operation === 'createSubAccount' && { ifExternalAccountIdExists: choice }),
			...(operation === 'connect' && { ifNicknameExists: choice }),
			options: {
				timeout: world.timeout,
				maxConcurrency,
				maxWait,
				...(onBehalfOf && { onBehalfOf }),
			},
		},
		nodeSettings(world.settings),
	);
	const workflow = { nodes: [held('Trigger', items), node], connections: chain('Trigger', 'Step') };
	const [run] = await play(standIn, [{ workflow, cancelled }]);
	return { world, standIn, about, run: run! };
}

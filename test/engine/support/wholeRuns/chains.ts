import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { chain, held, person, step } from '../engine';
import { REGISTRATION } from '../fixtures';
import { type Between, between, nodesBetween, passed } from './between';
import { type Trouble, faultsOf, troubles } from './faults';
import { Observer, type Call } from './observer';
import { type Played, play } from './play';
import { SOURCES } from './registrations';
import { NO_HURRY, type Settings, nodeSettings, settings, timeout } from './settings';
import { itemOf } from './shops';
import type { StandIn } from './standIns';

/** The three steps one after another, what stands between them, and the stand-in that they meet. */
export interface ChainWorld {
	/** Of each shop, whether its card is declined. */
	declined: boolean[];
	policy: 'fail' | 'registerAnother';
	beforeSend: Between[];
	beforeCode: Between[];
	/** Whether another account is registered for each item before its code is asked for. */
	hasSecond: boolean;
	/** Of each item that comes to the page for codes, whether the person mistypes it. */
	wrong: boolean[];
	met: Record<'carriers' | 'confirm' | 'register' | 'send', Trouble[]>;
	/** In seconds. */
	timeout: number;
	register: Settings;
	send: Settings;
	confirm: Settings;
}

export const chainWorld: fc.Arbitrary<ChainWorld> = fc
	.record({
		declined: fc.array(
			fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 4),
			{ maxLength: 4, size: 'max' },
		),
		policy: fc.constantFrom<Array<ChainWorld['policy']>>('fail', 'registerAnother'),
		beforeSend: between,
		beforeCode: between,
		hasSecond: fc.boolean(),
		wrong: fc.array(fc.boolean(), { maxLength: 6 }),
		met: fc.record({
			carriers: troubles('carriers', 2),
			register: troubles('register', 2),
			send: troubles('send', 4),
			confirm: troubles('confirm', 4),
		}),
		isSound: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0),
		timeout,
		register: settings,
		send: settings,
		confirm: settings,
	})
	.map(({ isSound, ...world }) =>
		isSound
			? {
					...world,
					met: { carriers: [], register: [], send: [], confirm: [] },
					timeout: NO_HURRY,
				}
			: world,
	);

/** Which items came to a step: the place of each among those of the step before. */
export interface Ways {
	toSend: number[];
	toConfirm: number[];
}

const lastOf = (calls: Call[], name: string) => calls.findLast((call) => call.step === name);

/** The places of a step's items that went on: all, or those that did not fail. */
const goingOn = (call: Call | undefined, { onError }: Settings): number[] =>
	(call?.output ?? []).flatMap(({ json }, place) =>
		onError === 'continueErrorOutput' && json.error !== undefined ? [] : [place],
	);

export function waysOf(world: ChainWorld, calls: Call[]): Ways {
	return {
		toSend: passed(world.beforeSend, goingOn(lastOf(calls, 'Register'), world.register)),
		toConfirm: passed(world.beforeCode, goingOn(lastOf(calls, 'Send'), world.send)),
	};
}

/** A chain after its run. */
export interface Chained {
	world: ChainWorld;
	standIn: StandIn;
	items: IDataObject[];
	tags: string[];
	run: Played;
}

/** Lets a chain happen. */
export async function happen(world: ChainWorld, standIn: StandIn): Promise<Chained> {
	const { api } = standIn;
	for (const operation of ['carriers', 'register', 'send', 'confirm'] as const) {
		faultsOf(operation, world.met[operation]).forEach((fault) => api.faults.add(fault));
	}
	const tags = world.declined.map((_declined, index) => `chain${index}`);
	const items = world.declined.map((isDeclined, index) => ({
		...itemOf(
			{
				spelling: 0,
				owner: index,
				sub: 0,
				policy: world.policy,
				condition: isDeclined ? 'card declined' : 'good',
			},
			tags[index]!,
		),
		phone: `512-485-43${10 + index}`,
	}));

	const observer = new Observer();
	/** The person has the code of the text that was sent for the item, if one was. */
	const code = (index: number) => {
		const place = waysOf(world, observer.calls).toConfirm[index]!;
		const id = lastOf(observer.calls, 'Send')?.output?.[place]?.json.verification_id;
		const right = api.state.verifications.find((each) => each.id === id)?.code ?? '100001';
		return { verification_code: world.wrong[index] ? `${right.slice(1)}7` : right };
	};
	const stepOf = (name: string, operation: string, given: Settings, parameters: IDataObject = {}) =>
		step(
			name,
			operation,
			{
				...parameters,
				options: {
					timeout: world.timeout,
					maxConcurrency: given.maxConcurrency,
					maxWait: given.maxWait,
				},
			},
			nodeSettings(given),
		);
	// Nothing of it belongs to the verification that was sent before.
	const second = step(
		'Register another',
		'register',
		{ ...REGISTRATION, companyName: 'Second' },
		{ onError: 'continueRegularOutput' },
	);
	const nodes = [
		held('Trigger', items),
		stepOf('Register', 'register', world.register, {
			...SOURCES.fields,
			ifNicknameExists: world.policy,
		}),
		...nodesBetween(world.beforeSend, 'After registering'),
		stepOf('Send', 'sendVerification', world.send),
		...nodesBetween(world.beforeCode, 'After sending'),
		...(world.hasSecond ? [second] : []),
		person('Code page', code),
		stepOf('Confirm', 'confirmVerification', world.confirm),
	];
	const workflow = { nodes, connections: chain(...nodes.map(({ name }) => name)) };
	const { cancelled } = world.register;
	const [run] = await play(standIn, [{ workflow, cancelled, observer }]);
	return { world, standIn, items, tags, run: run! };
}

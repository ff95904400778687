import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { IDataObject, INodeType } from 'n8n-workflow';
import { until } from '../../../../sandbox/support/poll';
import type { Verdict } from '../../../../nodes/ShipEngine/accounts/openCharges';
import {
	type Outcome,
	type WorkflowJson,
	chain,
	held,
	retryWorkflow,
	runWorkflow,
} from '../engine';
import { addFunds, said } from '../openCharges';
import { startedAnew } from '../restart';
import { type Trouble, faultsOf, troubles } from './faults';
import { type Call, Observer } from './observer';
import { reach } from './play';
import { NO_HURRY, type Settings, nodeSettings, settings, timeout } from './settings';
import type { StandIn } from './standIns';

/** An execution of a workflow that adds funds in one step, or in two. */
interface Charging {
	/** The carrier of each item. */
	items: number[];
	steps: 1 | 2;
	settings: Settings;
}

/** What people do, one after another. */
type Move =
	| { kind: 'run'; atOnce: Charging[] }
	/** One of the executions that have failed is retried, so often at once, with the workflow of now or of then. */
	| { kind: 'retry'; which: number; times: number; isOfNow: boolean }
	/** Somebody looks what became of the charges that are open, and enters all or some of it. */
	| { kind: 'say'; knows: 'all' | 'some' }
	| { kind: 'restart' };

/** What happens to a balance meanwhile: a label is bought, or automatic funding adds to it. */
interface Drift {
	carrier: number;
	by: number;
	ms: number;
}

export interface ChargeWorld {
	met: Trouble[];
	/** In seconds. */
	timeout: number;
	drifts: Drift[];
	moves: Move[];
}

export const CARRIERS = 2;

/** What the second step adds to the amount of the first one's item. */
const MORE = 30;

const charging: fc.Arbitrary<Charging> = fc.record({
	items: fc.array(fc.nat(CARRIERS - 1), { minLength: 1, maxLength: 3 }),
	steps: fc.constantFrom(1, 1, 2),
	settings: fc.tuple(settings, fc.nat(2)).map(
		// Only what has stopped can be retried.
		([given, drawn]): Settings => (drawn > 0 ? { ...given, onError: 'stopWorkflow' } : given),
	),
});

const run = fc.array(charging, { minLength: 1, maxLength: 3 }).map(
	(atOnce): Move => ({
		kind: 'run',
		atOnce,
	}),
);

const move: fc.Arbitrary<Move> = fc.oneof(
	{ weight: 3, arbitrary: run },
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('retry' as const),
			which: fc.nat(9),
			times: fc.constantFrom(1, 1, 2, 3),
			isOfNow: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn > 0),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('say' as const),
			knows: fc.constantFrom('all' as const, 'all' as const, 'some' as const),
		}),
	},
	{ weight: 1, arbitrary: fc.constant<Move>({ kind: 'restart' }) },
);

const drift: fc.Arbitrary<Drift> = fc.record({
	carrier: fc.nat(CARRIERS - 1),
	// Also as much as charges are.
	by: fc.constantFrom(-15, -3.5, 10, 10.01, 10.02, 100),
	ms: fc.constantFrom(0, 5, 50, 250),
});

export const chargeWorld: fc.Arbitrary<ChargeWorld> = fc
	.record({
		met: troubles('addFunds', 8),
		isSound: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
		timeout,
		drifts: fc.array(drift, { maxLength: 3 }),
		first: run,
		then: fc.array(move, { minLength: 1, maxLength: 6 }),
	})
	.map(({ isSound, first, then, ...world }) => ({
		...world,
		moves: [first, ...then],
		...(isSound && { met: [], timeout: NO_HURRY }),
	}));

/** What an item wants: another amount for each, so that no charge can be taken for another's. */
export interface Wish {
	carrier: string;
	amount: number;
}

/** An execution, or a retry of one, once it is over. */
export interface Execution {
	wishes: Wish[];
	workflow: (verdicts: Map<string, Verdict>) => WorkflowJson;
	/** The workflow as it was, and what it said of charges. */
	then: WorkflowJson;
	verdicts: Map<string, Verdict>;
	/** The one that it is a retry of. */
	of?: Execution;
	outcome: Outcome;
	calls: Call[];
}

/** What was done in a move. */
export interface Moved {
	executions: Execution[];
	/** Which carriers were asked for which amounts, in that order. */
	asked: Wish[];
	/** How often the n8n process had been started anew. */
	life: number;
	/** The charges before it, by their amount, and after it, when all that was late has come. */
	before: number[];
	after: number[];
}

/** Told of each move, at its end. */
export type Watch = (moved: Moved) => Map<string, Verdict>;

const cents = (dollars: number) => Math.round(dollars * 100) / 100;

/** What an item of a step wants. */
export const wishOf = (step: string, { carrier_id, amount }: IDataObject): Wish => ({
	carrier: String(carrier_id),
	amount: cents(Number(amount) + (step === 'Add' ? 0 : MORE)),
});

function workflowsOf(
	{ items, steps, settings: given }: Charging,
	seconds: number,
	data: IDataObject[],
) {
	return (verdicts: Map<string, Verdict>): WorkflowJson => {
		const { maxConcurrency, maxWait } = given;
		const options = { timeout: seconds, maxConcurrency, maxWait, ...said(...verdicts) };
		const step = (name: string, more: number) => ({
			...addFunds({ amount: `={{ $json.amount + ${more} }}`, options }, nodeSettings(given)),
			name,
		});
		const nodes = [held('Trigger', data), step('Add', 0), step('Then', MORE)];
		const own = nodes.slice(0, items.length === 0 ? 1 : steps + 1);
		return { nodes: own, connections: chain(...own.map(({ name }) => name)) };
	};
}

const askedBy = (executions: Execution[]): Wish[] =>
	executions
		.flatMap(({ calls }) => calls.flatMap(({ sent }) => sent))
		.sort((one, other) => one.order - other.order)
		.map(({ path, body }) => ({ carrier: path.split('/')[3]!, amount: Number(body.amount) }));

/** Lets a world happen. */
export async function happen(world: ChargeWorld, standIn: StandIn, watch: Watch): Promise<void> {
	const { api, credentials } = standIn;
	const carriers = Array.from({ length: CARRIERS }, (_none, index) =>
		api.addCarrier({ nickname: `Shop ${index}`, balance: 50 }),
	);
	faultsOf('addFunds', world.met).forEach((fault) => api.faults.add(fault));
	const charges = () => api.state.charges.map(({ amount }) => amount);
	const arrived = () =>
		api.requests.filter(({ headers }) => headers['api-key'] === standIn.key).length;

	let wishes = 0;
	let process: INodeType = startedAnew();
	let life = 0;
	let verdicts = new Map<string, Verdict>();
	let known = new Map<string, Verdict>();
	const failed: Execution[] = [];

	const watched = async (start: (around: Observer['around']) => Promise<Outcome>) => {
		const observer = new Observer();
		const { execute } = process;
		const outcome = await start(
			async (context) =>
				await observer.around(context, async () => (await execute!.call(context)) as never),
		);
		return { outcome, calls: observer.calls };
	};

	const begin = (given: Charging) => {
		const data = given.items.map((index) => {
			wishes += 1;
			return { carrier_id: carriers[index]!.carrier_id, amount: cents(10 + wishes / 100) };
		});
		const workflow = workflowsOf(given, world.timeout, data);
		const then = workflow(verdicts);
		return async (): Promise<Execution> => {
			let isOver = false;
			const { cancelled } = given.settings;
			const cancel = cancelled && reach(cancelled, api, () => isOver);
			const over = await watched(
				async (around) => await runWorkflow(then, credentials, cancel, around),
			);
			isOver = true;
			const steps = then.nodes.slice(1).map(({ name }) => name);
			const wished = steps.flatMap((step) => data.map((item) => wishOf(step, item)));
			return { ...over, workflow, then, verdicts, wishes: wished };
		};
	};

	const retry = (of: Execution, isOfNow: boolean) => async (): Promise<Execution> => {
		const own = isOfNow ? verdicts : of.verdicts;
		const then = of.workflow(own);
		const over = await watched(
			async (around) => await retryWorkflow(of.outcome.run, then, credentials, around),
		);
		return { ...of, ...over, then, verdicts: own, of };
	};

	for (const move of world.moves) {
		if (move.kind === 'restart') {
			process = startedAnew();
			life += 1;
		} else if (move.kind === 'say') {
			const all = [...known];
			verdicts = new Map(
				move.knows === 'all' ? all : all.filter((_each, index) => index % 2 === 0),
			);
		} else {
			const of =
				move.kind === 'retry' ? failed[move.which % Math.max(1, failed.length)] : undefined;
			if (move.kind === 'retry' && !of) continue;
			const starts =
				move.kind === 'run'
					? move.atOnce.map(begin)
					: Array.from({ length: move.times }, () => retry(of!, move.isOfNow));
			const before = charges();
			const others = arrived();
			const drifting = world.drifts.map(async ({ carrier, by, ms }) => {
				await sleep(ms);
				const own = carriers[carrier]!;
				own.balance = cents(own.balance + by);
			});
			const executions = await Promise.all(starts.map(async (start) => await start()));
			await Promise.all(drifting);
			const asked = askedBy(executions);
			// One that was given up may be on its way, where the machine is busy; or it was never sent.
			const isOver = async () =>
				(arrived() >= others + asked.length && api.faults.underWay === 0) || undefined;
			await until('what was given up', isOver, 5).catch(() => {});
			known = watch({ executions, asked, life, before, after: charges() });
			failed.push(...executions.filter(({ outcome }) => outcome.run.status === 'error'));
		}
	}
}

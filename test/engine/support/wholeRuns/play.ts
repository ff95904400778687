import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../../../../sandbox/api';
import { type Outcome, type WorkflowJson, runWorkflow } from '../engine';
import { LONGEST_DELAY } from './faults';
import { type Call, Observer } from './observer';
import type { Moment } from './settings';
import type { StandIn } from './standIns';

/** A run that is over. */
export interface Played {
	calls: Call[];
	outcome: Outcome;
}

/** How long the stand-in may go on after a run, and how long is waited for a request that is late. */
const AFTERWARDS = LONGEST_DELAY;

/** Resolves at a moment of a run. */
export async function reach(
	{ requests, ms }: Moment,
	api: Api,
	isOver: () => boolean,
): Promise<void> {
	while (!isOver() && api.requests.length < requests) await sleep(5);
	await sleep(ms);
}

/** Runs workflows at once at a stand-in, and then waits for what is late. */
export async function play(
	{ api, credentials }: StandIn,
	runs: Array<{ workflow: WorkflowJson; cancelled?: Moment; observer?: Observer }>,
): Promise<Played[]> {
	const played = await Promise.all(
		runs.map(async ({ workflow, cancelled, observer = new Observer() }) => {
			let isOver = false;
			const cancel = cancelled && reach(cancelled, api, () => isOver);
			const outcome = await runWorkflow(workflow, credentials, cancel, observer.around);
			isOver = true;
			return { calls: observer.calls, outcome };
		}),
	);
	await sleep(AFTERWARDS);
	return played;
}

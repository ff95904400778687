import { randomUUID } from 'node:crypto';
import { startApi } from '../../sandbox/api';
import type { Exchange } from '../vendor/exchanges';
import { STEPS, type Step } from './steps';
import { type Person, type Place, type Result, Walk, failed } from './walk';

/** The key of the stand-in, one of a sandbox too. */
const OURS = 'TEST_stand-in';

/** What a step came to at one place. */
export interface AtPlace {
	result: Result;
	exchanges: Exchange[];
}

/** A step at both places. */
export interface Taken {
	step: Step;
	real: AtPlace;
	ours: AtPlace;
}

/** What became of each step. */
export interface Walked {
	taken: Taken[];
	/** The names of the steps that were left out. */
	left: string[];
	/** How often the API's limit of requests was reached. */
	limited: number;
	/** What may be left at the API. */
	remains: string[];
}

/** How whoever runs it is asked, and told. */
export interface Ask {
	/** Whether to take a step that writes. */
	goOn(step: Step): Promise<boolean>;
	/** That a step begins. */
	tell(line: string): void;
}

/** A step at one place. A connection that breaks off is an outcome too. */
async function takenAt(step: Step, walk: Walk): Promise<AtPlace> {
	const result = await step.act(walk).catch(() => undefined);
	const exchanges = walk.taken();
	const isAnswered = exchanges.some(({ status }) => status > 0);
	const because = isAnswered ? 'an answer that cannot be used' : 'no answer';
	return { result: result ?? failed(because), exchanges };
}

/** Statuses by which somebody on the way says that no answer came in time. */
const TOO_LATE = [408, 499];

/** Whether the API itself has refused, in its own form (OpenAPI document). */
function isRefusal({ status, answered }: Exchange): boolean {
	const { request_id, errors } = (answered ?? {}) as { request_id?: unknown; errors?: unknown };
	const isOwn = typeof request_id === 'string' && Array.isArray(errors) && errors.length > 0;
	return isOwn && status >= 400 && status < 500 && !TOO_LATE.includes(status);
}

/** Whether it is certain that nothing was made or changed. */
const isRefused = ({ result, exchanges }: AtPlace) =>
	!(result.is === 'refused' && result.codes.includes('outcome_unknown')) &&
	exchanges.filter(({ method }) => method !== 'GET').every(isRefusal);

/**
 * Goes the whole walk at an API, and each step at the stand-in too.
 *
 * @param api - the API to be asked
 * @param person - whose data are used, at both places
 * @param signal - ends the walk, and the step that is under way
 */
export async function walkBoth(
	api: Place,
	person: Person,
	ask: Ask,
	signal: AbortSignal,
): Promise<Walked> {
	const standIn = await startApi({ apiKeys: [OURS], isPartner: api.keyType === 'partner' });
	const ours: Place = {
		url: standIn.url,
		apiKey: OURS,
		keyType: api.keyType,
		code: async (phone) => standIn.codeFor(phone.replace(/\D/g, '').slice(-10)),
	};
	const nickname = `n8n check ${randomUUID().slice(0, 8)}`;
	const there = await Walk.begin(api, person, nickname, signal);
	const here = await Walk.begin(ours, person, nickname, new AbortController().signal);
	const walked: Walked = { taken: [], left: [], limited: 0, remains: [] };
	const remaining = new Map<Step['is'], Step>();
	const done = new Set<Step['is']>();
	try {
		for (const step of STEPS) {
			if (step.forPartners && api.keyType !== 'partner') continue;
			const isPossible = step.after === undefined || done.has(step.after);
			const isWanted =
				isPossible && !signal.aborted && (step.writes === undefined || (await ask.goOn(step)));
			if (!isWanted) {
				walked.left.push(step.name);
				continue;
			}
			ask.tell(step.name);
			const real = await takenAt(step, there);
			if (real.result.is === 'left') {
				walked.left.push(step.name);
				continue;
			}
			walked.taken.push({ step, real, ours: await takenAt(step, here) });
			if (step.leaves && !isRefused(real)) remaining.set(step.is, step);
			if (real.result.is !== 'done') continue;
			done.add(step.is);
			remaining.delete(step.undoes);
		}
		walked.limited = there.limited;
		walked.remains = [...remaining.values()].map((step) => step.leaves!(there));
	} finally {
		await Promise.all([there.end(), here.end()]);
		await standIn.close();
	}
	return walked;
}

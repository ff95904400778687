import { inspect } from 'node:util';
import { chain, items, runWorkflow, step as nodeOf } from './support/engine';
import { Between } from '../faults/between';
import { type Row, ROWS, STEPS, type Step, expected, nameOf } from '../faults/cases';
import { type Result } from '../faults/said';
import { SecretCounter } from '../faults/secrets';
import { type Runner, STEP, Stand } from '../faults/stand';
import {
	CARD_CREDENTIAL,
	CARD_NUMBERS,
	codeOf,
	keyOf,
	parametersOf,
	SEAL_CREDENTIAL,
	loginOf,
	settingsOf,
} from '../faults/steps';

/**
 * The table of faults in n8n-core's own engine. The steps meet each fault side by side, each at an
 * API of its own, since some of them have to wait.
 */

/** Many times what it takes: a busy machine is no failure. */
const LONGEST = 1_200_000;

let between: Between;
const stands = new Map<Step, Stand>();
const results = new Map<Row, Promise<Met>>();

/** What a row came to, and the keys of the sub-accounts that it made. */
interface Met {
	result: Result;
	/** All that the step itself put out or threw, with what only a log would show. */
	kept: string;
	keys: string[];
}

async function meet({ fault, step }: Row): Promise<Met> {
	const stand = stands.get(step)!;
	const { operation, ...parameters } = parametersOf(step);
	const node = nodeOf(STEP, String(operation), parameters, settingsOf(step));
	let trusted = stand.credential;
	let kept = '';
	const runner: Runner = {
		trust: async (credential) => {
			trusted = credential;
		},
		async run(item, onRetry) {
			const nodes = [items('Trigger', item), node];
			let tries = 0;
			const credentials = {
				get shipEnginePaymentCardApi() {
					return { ...CARD_CREDENTIAL, baseUrl: trusted.baseUrl };
				},
				get shipEngineCardSealApi() {
					return { ...SEAL_CREDENTIAL, baseUrl: trusted.baseUrl };
				},
				get shipEngineStampsLoginApi() {
					return { ...loginOf(step), baseUrl: trusted.baseUrl };
				},
				// The step asks for it once in each try.
				get shipEngineApi() {
					tries += 1;
					if (tries > 1) void onRetry?.();
					return { ...trusted };
				},
			};
			const connections = chain('Trigger', STEP);
			const outcome = await runWorkflow({ nodes, connections }, credentials);
			const { error, runData } = outcome.run.data.resultData;
			kept += inspect([error, runData[STEP]], { depth: 20, maxStringLength: null });
			return outcome.run.data;
		},
	};
	const result = await stand.meet(fault, runner);
	return { result, kept, keys: stand.subAccountKeys };
}

beforeAll(async () => {
	between = await Between.open();
	Object.assign(process.env, between.environment);
	await Promise.all(STEPS.map(async (step) => stands.set(step, await Stand.open(step, between))));
	for (const step of STEPS) {
		let before: Promise<unknown> = Promise.resolve();
		for (const row of ROWS.filter((each) => each.step === step)) {
			const result = before.then(async () => await meet(row));
			results.set(row, result);
			before = result.catch(() => {});
		}
	}
	await Promise.allSettled(results.values());
}, LONGEST);

afterAll(async () => {
	for (const name of Object.keys(between.environment)) delete process.env[name];
	await Promise.all([between, ...stands.values()].map(async (each) => await each.close()));
});

test.each(ROWS.map((row): [string, string, Row] => [row.fault.name, nameOf(row.step), row]))(
	'%s: %s',
	async (_fault, _step, row) => {
		const { result, kept, keys } = await results.get(row)!;
		expect(result).toEqual(expected(row));
		const counter = new SecretCounter(kept);
		for (const secret of [
			...Object.values(CARD_NUMBERS),
			...keys,
			loginOf(row.step).password,
			keyOf(row.step),
			codeOf(row.step, row.fault),
		]) {
			expect(counter.count(secret)).toBe(0);
		}
	},
);

test('no secret gets to what stands between the steps and the API', () => {
	const counter = new SecretCounter(between.received);
	for (const secret of [...Object.values(CARD_NUMBERS), ...STEPS.map(keyOf)]) {
		expect(counter.count(secret)).toBe(0);
	}
});

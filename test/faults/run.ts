import { isDeepStrictEqual } from 'node:util';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import {
	type CardSource,
	FAULTS,
	type Fault,
	ROWS,
	type Row,
	STEPS,
	expected,
	nameOf,
} from './cases';
import { type Result } from './said';
import { Between } from './between';
import { beyondInput, beyondParameters } from './beyondInput';
import type { StoredExecution } from './database';
import { type Compared, Comparison } from './httpRequest';
import { WatchedN8n } from './n8n';
import { type Found, SecretCounter } from './secrets';
import { Stand } from './stand';
import { CARD_NUMBERS, codeOf, keyOf, loginOf } from './steps';
import { credentialsOf, nodeOf, workflowOf } from './workflows';

/** What a row came to in a real n8n. */
export interface Outcome {
	row: Row;
	result: Result;
	/** Absent where the step is trusted with none. */
	card?: Found;
	code?: Found;
	/** The password of a login, or the key of a sub-account. */
	own?: Found;
	key: Found;
	/** What is not as it has to be, in words. */
	problems: string[];
}

/** What the whole table came to. */
export interface Report {
	outcomes: Outcome[];
	comparison: Compared[];
	/** How often each card stands in the bytes of the database in the end: what n8n itself stores. */
	stored: Record<CardSource, number>;
	/** What is not as it has to be, of the rows and of what n8n keeps apart from them. */
	problems: string[];
}

/** A step of the table in n8n. */
interface Placed {
	stand: Stand;
	workflow: WorkflowFile;
}

/**
 * Runs the table in a real n8n: each step is a workflow with an API of its own. The steps meet a
 * fault side by side; then the files and the log of n8n are searched, and the next fault begins.
 * @param onFault told which fault comes next
 */
export async function runFaults(
	installed: InstalledN8n,
	onFault: (name: string) => void = () => {},
	signal?: AbortSignal,
): Promise<Report> {
	const placed: Placed[] = [];
	const comparison = await Comparison.open();
	const between = await Between.open();
	try {
		for (const [index, step] of STEPS.entries()) {
			const workflow = workflowOf(nameOf(step), `step-${index}`, nodeOf(step));
			placed.push({ stand: await Stand.open(step, between), workflow });
		}
		const own = placed.flatMap(({ stand }) => credentialsOf(stand.step, stand.credential));
		const contents = {
			credentials: [...own, ...comparison.credentials],
			workflows: [...placed.map(({ workflow }) => workflow), ...comparison.workflows],
			environment: between.environment,
		};
		const n8n = await WatchedN8n.start(installed, contents, signal);
		try {
			const outcomes: Outcome[] = [];
			for (const fault of FAULTS) {
				onFault(fault.name);
				outcomes.push(...(await meetAll(n8n, fault, placed)));
			}
			onFault('the same by the HTTP Request node');
			const stored = await storedCards(n8n);
			const problems = [
				...outcomes.flatMap((outcome) => outcome.problems),
				...(await keptApart(n8n, between)),
				...(['parameters', 'item'] as const)
					.filter((source) => stored[source] === 0)
					.map((source) => `the card of the ${source} was not found where n8n stores it`),
			];
			return { outcomes, comparison: await comparison.run(n8n), stored, problems };
		} finally {
			await n8n.stop();
		}
	} finally {
		await Promise.all(
			[comparison, between, ...placed.map(({ stand }) => stand)].map((each) => each.close()),
		);
	}
}

/** Lets every step of a fault meet it, and searches what n8n keeps then. */
async function meetAll(n8n: WatchedN8n, fault: Fault, placed: Placed[]): Promise<Outcome[]> {
	const logged = (await n8n.log()).length;
	const met = await Promise.all(
		ROWS.filter((row) => row.fault === fault).map(async (row) => {
			const { stand, workflow } = placed.find((each) => each.stand.step === row.step)!;
			const stored: StoredExecution[] = [];
			const result = await stand.meet(fault, {
				trust: async (credential) => await n8n.trust(credentialsOf(stand.step, credential)),
				async run(item, onRetry) {
					const execution = await n8n.run(workflow, item, onRetry);
					stored.push(execution);
					return execution.data;
				},
			});
			return { row, result, stored, keys: stand.subAccountKeys };
		}),
	);
	const log = new SecretCounter((await n8n.log()).slice(logged));
	const bytes = new SecretCounter(await n8n.database.bytes());
	return met.map(({ row, result, stored, keys }) => {
		const beyond = new SecretCounter(stored.map(beyondInput).join('\n'));
		const search = (secret: string, isInput: boolean): Found => ({
			// What n8n has no cause to store is to be nowhere in the bytes of its files. Of the others, no
			// copy may be part of something else there, and none may be in what is beyond the input.
			database: Math.max(
				isInput ? bytes.embedded(secret) : bytes.count(secret),
				beyond.count(secret),
			),
			log: log.count(secret),
		});
		const { card, operation } = row.step;
		return judged({
			row,
			result,
			card: card && search(CARD_NUMBERS[card], card === 'parameters' || card === 'item'),
			code: operation === 'confirm' ? search(codeOf(row.step, fault), true) : undefined,
			own: [...keys, ...(operation === 'connect' ? [loginOf(row.step).password] : [])]
				.map((secret) => search(secret, false))
				.at(0),
			key: search(keyOf(row.step), false),
		});
	});
}

/** Says what of an outcome is not as it has to be. */
function judged(outcome: Omit<Outcome, 'problems'>): Outcome {
	const { row, result } = outcome;
	const problems: string[] = [];
	const say = (text: string) => problems.push(`${row.fault.name}: ${nameOf(row.step)}: ${text}`);
	if (!isDeepStrictEqual(result, expected(row))) {
		say(`came to ${JSON.stringify(result)} instead of ${JSON.stringify(expected(row))}`);
	}
	for (const secret of ['card', 'code', 'own', 'key'] as const) {
		const { database = 0, log = 0 } = outcome[secret] ?? {};
		if (database + log > 0) say(`${secret}: ${database} in the database, ${log} in the log`);
	}
	return { ...outcome, problems };
}

async function storedCards(n8n: WatchedN8n): Promise<Report['stored']> {
	const bytes = new SecretCounter(await n8n.database.bytes());
	const { credential, parameters, item, sealed } = CARD_NUMBERS;
	return {
		credential: bytes.count(credential),
		parameters: bytes.count(parameters),
		item: bytes.count(item),
		sealed: bytes.count(sealed),
	};
}

/**
 * Searches what n8n keeps apart from executions, all of its log, also of its start, and what it sent
 * to whatever stands between the steps and the API.
 */
async function keptApart(n8n: WatchedN8n, between: Between): Promise<string[]> {
	const secrets = [
		...Object.values(CARD_NUMBERS),
		...STEPS.map(keyOf),
		...STEPS.map((step) => loginOf(step).password),
	];
	const places = [
		...(await n8n.database.otherTables()).map(({ table, rows }) => ({
			place: `table ${table}`,
			text: JSON.stringify(rows.map(beyondParameters)),
		})),
		{ place: 'log', text: await n8n.log() },
		{ place: 'event log', text: await n8n.eventLog() },
		{ place: 'proxy or untrusted server', text: between.received },
	];
	return places.flatMap(({ place, text }) => {
		const counter = new SecretCounter(text);
		return secrets
			.filter((secret) => counter.count(secret) > 0)
			.map((secret) => `${place}: ${counter.count(secret)} times ${secret}`);
	});
}

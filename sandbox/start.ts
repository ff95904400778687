import { once } from 'node:events';
import type { IDataObject } from 'n8n-workflow';
import { type Api, SANDBOX_KEY, startApi } from './api';
import {
	asVisitor,
	CALLER_HEADER,
	callerCredentials,
	STAFF,
	VISITOR,
	visitorCredential,
} from './examples/callers';
import {
	type ExampleWorkflow,
	apiCredential,
	CARD_ACCOUNT,
	cardCredential,
	partnerCredential,
	sealCredential,
	exampleWorkflows,
	pointedAt,
	REAL_API,
} from './examples/contents';
import { TEST_CARD_NUMBER } from './examples/person';
import { HttpFormDriver } from './forms/http';
import { FORM_PATH, PHONE, REGISTRATION, codeAnswer } from './forms/registration';
import { type Mailbox, startMailbox } from './mail';
import type { WorkflowFile } from './n8n/api';
import type { InstalledN8n } from './n8n/install.cjs';
import { type N8n, type N8nContents, startN8n } from './n8n/instance';
import { type QueueN8n, startQueueN8n } from './queue';
import { readPage } from './support/docs';
import { until } from './support/poll';
import { type Twilio, startTwilio } from './twilio';

/**
 * `npm start`: stand-ins for the API, for Twilio and for a mail server, and a real n8n with the packed node, its
 * credentials and the example workflows. One onboarding is run through the forms; then all stay up.
 * With `--once` they don't. With `--queue`, n8n is one main and two workers, as on several machines.
 * With SHIPENGINE_API_KEY set there are no stand-ins, and nothing is
 * registered by itself.
 */

/** Prints a line of what goes on, with a name in a column of its own. */
const say = (name: string, text: string) => console.log(`  ${name.padEnd(54)}${text}`);

/** The id of an example workflow in the n8n that runs. */
const idOf = (n8n: N8n, file: string) =>
	n8n.workflowIds[exampleWorkflows().findIndex((each) => each.file === file)] ?? '';

/**
 * The one item that a step of the newest run put out on its success output. n8n saves a run a moment
 * after it has shown the page that comes of it.
 * @returns undefined where there is no such item within a few seconds
 */
async function outputOf(n8n: N8n, file: string, step: string): Promise<IDataObject | undefined> {
	return await until(
		`the output of ${step}`,
		async () => {
			const execution = await n8n.api.latestExecution(idOf(n8n, file));
			const run = execution?.data.resultData.runData[step]?.at(-1);
			return run?.data?.main?.[0]?.[0]?.json;
		},
		10,
	).catch(() => undefined);
}

/**
 * Fills in the page as a person would, and says what came of each step.
 * @returns whether the account ended verified
 */
async function runOnboarding(n8n: N8n, api: Api): Promise<boolean> {
	console.log('\nOne onboarding, through its page:');
	const form = new HttpFormDriver();
	await form.open(asVisitor(n8n.url + FORM_PATH));
	let page = await form.submit(REGISTRATION);
	for (const step of ['Register Stamps Account', 'Send Verification']) {
		say(step, JSON.stringify(await outputOf(n8n, 'onboarding', step)));
	}
	if (page.isForm) page = await form.submit(codeAnswer(api.codeFor(PHONE)));
	const confirmed = await outputOf(n8n, 'onboarding', 'Confirm Verification');
	say('Confirm Verification', JSON.stringify(confirmed));
	say('The last page', `${page.title}. ${page.text}`);
	return confirmed?.status === 'verified';
}

/** What stands in for services that cost money. */
interface StandIns {
	api: Api;
	twilio: Twilio;
	mailbox: Mailbox;
}

async function startStandIns(): Promise<StandIns> {
	const api = await startApi({
		onText: ({ phone, code }) => say('Text message', `to ${phone}: ${code}`),
	});
	const twilio = await startTwilio({
		onMessage: ({ to, body }) => say('Text message, Twilio', `to ${to}: ${body}`),
	});
	const mailbox = await startMailbox(({ to, text }) =>
		say('Email', `to ${to}: ${/http\S+/.exec(text)?.[0] ?? text}`),
	);
	return { api, twilio, mailbox };
}

/** The page on the workflows: they are listed in its order. */
const PAGES = readPage('workflows/README.md');

/** Your own account may be published only where its form asks who is there: the owner's card pays. */
function guarded({ file, workflow }: ExampleWorkflow): WorkflowFile {
	if (file !== 'own-account') return workflow;
	const nodes = workflow.nodes.map((node) => {
		if (node.type !== 'n8n-nodes-base.formTrigger') return node;
		const credentials = { httpBasicAuth: { id: null, name: 'Basic Auth account' } };
		return {
			...node,
			parameters: { ...node.parameters, authentication: 'basicAuth' },
			credentials,
		};
	});
	return { ...workflow, nodes };
}

function printAddresses(n8n: N8n, standIns?: StandIns): void {
	const { email, password } = n8n.api.owner;
	console.log('\nRunning until Ctrl-C; nothing is kept afterwards:');
	say('n8n', `${n8n.url}/home/workflows  (sign in as ${email}, password ${password})`);
	say('To begin with', n8n.url + FORM_PATH);
	say('', `user ${VISITOR.user}, password ${VISITOR.password}`);
	const examples = exampleWorkflows().map((example, index) => ({ ...example, index }));
	const place = ({ file }: ExampleWorkflow) => PAGES.indexOf(`(${file}.json)`);
	examples.sort((one, other) => place(one) - place(other));
	examples.forEach(({ file, workflow, index }) => {
		const served = n8n.addresses[index] ?? [];
		// What nothing starts by itself is started in the editor.
		const addresses = served.length > 0 ? served : [`${n8n.url}/workflow/${idOf(n8n, file)}`];
		say(workflow.name, addresses.join('  '));
	});
	say('To call A JSON API', `send the header ${CALLER_HEADER.name}: ${CALLER_HEADER.value}`);
	say('For staff', `user ${STAFF.user}, password ${STAFF.password}, on the forms`);
	if (standIns) {
		say('The API', `${standIns.api.url}  (stand-in; its text messages appear here)`);
		say('Twilio and email', 'stand-ins too; what is sent by them appears here');
		return;
	}
	say('The API', REAL_API);
	console.log(
		'\nThe key is your own, so the accounts opened here are real ones. Workflows that take the card\n' +
			`from the credential '${CARD_ACCOUNT}' need it filled in first.`,
	);
}

function contentsOf(realKey: string | undefined, standIns?: StandIns): N8nContents {
	const key = { apiKey: realKey ?? SANDBOX_KEY, baseUrl: standIns?.api.url ?? REAL_API };
	return {
		credentials: [
			apiCredential(key),
			partnerCredential(key),
			cardCredential(key.baseUrl, realKey ? '' : TEST_CARD_NUMBER),
			sealCredential(key.baseUrl),
			visitorCredential,
			...callerCredentials,
			...(standIns ? [standIns.twilio.credential, standIns.mailbox.credential] : []),
		],
		workflows: exampleWorkflows().map((example) => pointedAt(guarded(example), key.baseUrl)),
		environment: standIns?.twilio.environment,
	};
}

/** Stays until it is to end, or n8n has ended by itself; the exit code. */
async function untilEnded(n8n: N8n, signal: AbortSignal): Promise<number> {
	if (signal.aborted) return 0;
	const log = await Promise.race([n8n.ended(), once(signal, 'abort').then(() => undefined)]);
	if (log === undefined || signal.aborted) return 0;
	console.error(`\nn8n has ended. Run the same command again. Its log ends with:\n${log}`);
	return 1;
}

/** Says which of the machines did how much. */
async function printWorkers({ workers }: QueueN8n): Promise<void> {
	for (const [index, worker] of workers.entries()) {
		say(`Worker ${index + 1}`, `${(await worker.executions()).length} of the runs`);
	}
}

/**
 * @param n8n the installed n8n
 * @param signal says that it is to end
 * @returns the exit code: with `--once`, 0 only if the account ended verified
 */
export async function main(
	args: string[],
	n8n: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const realKey = process.env.SHIPENGINE_API_KEY;
	const isOnce = args.includes('--once');
	if (realKey && isOnce) {
		throw new Error(
			'--once registers an account by itself, which is not done with a key of your own. ' +
				'Leave out --once, or unset SHIPENGINE_API_KEY.',
		);
	}
	const standIns = realKey ? undefined : await startStandIns();
	try {
		const installed = await n8n;
		const contents = contentsOf(realKey, standIns);
		const isQueue = args.includes('--queue');
		const mode = isQueue ? ' in queue mode, one main and two workers,' : '';
		console.log(`Starting n8n ${installed.version}${mode} with the node...`);
		const queue = isQueue ? await startQueueN8n(installed, contents, { signal }) : undefined;
		const running = queue?.main ?? (await startN8n(installed, contents, signal));
		const stop = async () => await (queue ?? running).stop();
		// Whatever is being waited for ends with n8n.
		signal.addEventListener('abort', () => void stop());
		try {
			const isVerified = standIns && (await runOnboarding(running, standIns.api));
			if (queue) await printWorkers(queue);
			if (isOnce) return isVerified ? 0 : 1;
			printAddresses(running, standIns);
			return await untilEnded(running, signal);
		} finally {
			await stop();
		}
	} finally {
		await standIns?.mailbox.close();
		await standIns?.twilio.close();
		await standIns?.api.close();
	}
}

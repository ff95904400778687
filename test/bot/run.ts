import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { type Api, DECLINED_CARD, SANDBOX_KEY, startApi } from '../../sandbox/api';
import { apiCredential, exampleWorkflow, sealCredential } from '../../sandbox/examples/contents';
import { TEST_CARD_NUMBER } from '../../sandbox/examples/person';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { type Outcome, type Registration, anyAddress, register, sendCode } from './visitor';

/** A bot at workflow 1 in a real n8n, and an honest merchant beside it. */

const LOGIN = { username: 'office', password: 'a password for the bot to guess' };

/** The two pages. n8n takes from the parameters what its version of the trigger knows. */
const PAGES = {
	Anyone: { access: 'anyone', authentication: 'none' },
	'Basic Auth': { access: 'basicAuth', authentication: 'basicAuth' },
};

export type PageName = keyof typeof PAGES;

const pathOf = (name: PageName) => name.toLowerCase().replace(' ', '-');

function workflowOf(name: PageName): WorkflowFile {
	const workflow = exampleWorkflow('onboarding');
	const page = workflow.nodes.find(({ name: step }) => step === 'Onboarding Page')!;
	page.parameters = { ...page.parameters, ...PAGES[name], path: pathOf(name) };
	page.webhookId = pathOf(name);
	page.credentials = {
		...page.credentials,
		shipEnginePageLoginApi: { id: null, name: 'ShipEngine Page Login account' },
	};
	return Object.assign(workflow, { id: pathOf(name), name });
}

/** What one page saw in one part of the time. */
export interface Row {
	page: PageName;
	addresses: 'one' | 'many';
	minutes: number;
	/** Pages that the bot has loaded or tried to, and registrations that it has sent. */
	tries: number;
	/** Cards of the bot's that were sent to the API. */
	cards: number;
	/** Of those, the ones whose verdict the bot was told. */
	verdicts: number;
	texts: number;
	/** Texts to the one phone that the bot sends in every other registration. */
	textsToOne: number;
	/** Codes that were sent to the API. */
	codes: number;
	runs: number;
	/** How long each merchant took, in seconds; undefined for those who gave up. */
	merchants: Array<number | undefined>;
}

/** The phone that the bot wants to ring. */
const VICTIM = { email: 'bot@example.com', phone: '5123000000' };

const AT_ONCE = 8;

/** A merchant who is told to wait longer than this comes back another day. */
const PATIENCE = 120;

let people = 0;

const someone = (who: 'bot' | 'merchant') => {
	people += 1;
	const phone = `512${who === 'bot' ? '31' : '41'}${String(people).padStart(5, '0')}`;
	return { email: `${who}${people}@example.com`, phone };
};

/** Sends until the time is over; returns how often, and how many verdicts it was told. */
async function attack(url: string, addresses: Row['addresses'], until: number) {
	const told = { tries: 0, verdicts: 0 };
	const bot = async () => {
		while (Date.now() < until) {
			told.tries += 1;
			const isVictim = told.tries % 2 === 0;
			const person = isVictim ? VICTIM : someone('bot');
			const address = addresses === 'one' ? '203.0.113.66' : anyAddress();
			const { kind, code } = await register({
				page: url,
				address,
				...person,
				// Once there is an account, a declined card rings its phone too.
				card: isVictim && told.tries > 2 ? DECLINED_CARD : TEST_CARD_NUMBER,
			}).catch((): Outcome => ({ kind: 'other' }));
			if (kind === 'good' || kind === 'declined') told.verdicts += 1;
			if (code) await guessCodes(url, address, code).catch(() => undefined);
			// A bot without the page tries passwords, and posts of its own.
			if (kind === 'no page') await guess(url);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, bot));
	return told;
}

/** Tries codes as long as they are tried, and asks for new text messages. */
async function guessCodes(page: string, address: string, code: NonNullable<Outcome['code']>) {
	const sender = { page, address };
	let isTried = true;
	for (let guess = 100_000; isTried && guess < 100_100; guess += 1) {
		isTried = await sendCode(sender, code, { verification_code: String(guess) });
	}
	await sendCode(sender, code, { new_code: true });
}

async function guess(url: string): Promise<void> {
	const options = { validateStatus: () => true, timeout: 30_000 };
	const auth = { username: LOGIN.username, password: `guess ${Math.random()}` };
	await axios.get(url, { ...options, auth }).catch(() => undefined);
	const body = JSON.stringify({ pass: 'made up', sealed_card: 'e30....', email: 'a@b.com' });
	const headers = { 'Content-Type': 'text/plain' };
	await axios.post(url, body, { ...options, headers }).catch(() => undefined);
}

/** A merchant a minute: each waits as long as the page says, if that is not too long. */
async function merchants(page: string, auth: Registration['auth'], until: number) {
	const took: Row['merchants'] = [];
	const one = async () => {
		const began = Date.now();
		const person = someone('merchant');
		const address = anyAddress();
		for (;;) {
			const sender = { page, address, auth, ...person, card: TEST_CARD_NUMBER };
			const { kind, seconds = 0 } = await register(sender);
			if (kind === 'good') return took.push(Math.round((Date.now() - began) / 1000));
			if (kind !== 'wait' || seconds > PATIENCE) return took.push(undefined);
			await pause(seconds * 1000);
		}
	};
	const all: Array<Promise<unknown>> = [];
	while (Date.now() < until) {
		all.push(one());
		await pause(Math.min(60_000, Math.max(0, until - Date.now())));
	}
	await Promise.all(all);
	return took;
}

const isBot = (body: unknown) => String((body as IDataObject | undefined)?.email).startsWith('bot');

/** What the API has of the bot by now. */
const counted = async (api: Api, n8n: N8n) => ({
	cards: api.requests.filter(({ method, path, body }) =>
		method === 'POST' && path === '/v1/registration/stamps_com' ? isBot(body) : false,
	).length,
	texts: api.state.verifications.filter(({ phone }) => phone.startsWith('5123')).length,
	codes: api.requests.filter(({ method }) => method === 'PUT').length,
	textsToOne: api.state.verifications.filter(({ phone }) => phone === VICTIM.phone).length,
	// n8n numbers the runs of all workflows.
	runs: Math.max(
		...(await Promise.all(
			n8n.workflowIds.map(async (id) => Number((await n8n.api.newestId(id)) ?? 0)),
		)),
	),
});

/** Attacks each of the pages, from one address and then from many, so long each time. */
export async function attackAll(
	installed: InstalledN8n,
	minutes: number,
	signal?: AbortSignal,
): Promise<Row[]> {
	const api = await startApi();
	try {
		return await attackPages(api, installed, minutes, signal);
	} finally {
		await api.close();
	}
}

async function attackPages(
	api: Api,
	installed: InstalledN8n,
	minutes: number,
	signal?: AbortSignal,
): Promise<Row[]> {
	const names = Object.keys(PAGES) as PageName[];
	const n8n = await startN8n(
		installed,
		{
			credentials: [
				apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
				sealCredential(api.url),
				{
					name: 'ShipEngine Page Login account',
					type: 'shipEnginePageLoginApi',
					data: { user: LOGIN.username, password: LOGIN.password },
				},
			],
			workflows: names.map(workflowOf),
			environment: { N8N_PROXY_HOPS: '1' },
		},
		signal,
	);
	const rows: Row[] = [];
	try {
		for (const page of names) {
			const url = `${n8n.url}/webhook/${pathOf(page)}`;
			for (const addresses of ['one', 'many'] as const) {
				const before = await counted(api, n8n);
				const until = Date.now() + minutes * 60_000;
				const auth = page === 'Basic Auth' ? LOGIN : undefined;
				const [told, took] = await Promise.all([
					attack(url, addresses, until),
					merchants(url, auth, until),
				]);
				const after = await counted(api, n8n);
				rows.push({
					...{ page, addresses, minutes, ...told, merchants: took },
					cards: after.cards - before.cards,
					texts: after.texts - before.texts,
					textsToOne: after.textsToOne - before.textsToOne,
					codes: after.codes - before.codes,
					runs: after.runs - before.runs,
				});
			}
		}
		return rows;
	} finally {
		await n8n.stop();
	}
}

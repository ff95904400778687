import { readFile } from 'node:fs/promises';
import path from 'node:path';
import axios from 'axios';
import { parse } from 'node-html-parser';
import type { IDataObject, INode } from 'n8n-workflow';
import type { PageSettings } from '../../../nodes/StampsOnboardingTrigger/pageSettings';
import { SEAL_ACCOUNT, sealCredential } from '../../../sandbox/examples/contents';
import { REGISTRANT } from '../../../sandbox/examples/person';
import { untilServed } from '../../../sandbox/n8n/triggers';
import { until } from '../../../sandbox/support/poll';
import { CARD, SEAL_SECRET, now, sealedCard } from '../../support/sealing';
import { type Sandbox, startSandbox } from '../support/sandbox';
import { node } from '../support/workflows';

/** The page's door in a real n8n: what starts no run leaves nothing, and limits hold at the same moment. */

jest.setTimeout(120_000);

const SEAL = { shipEngineCardSealApi: { id: null, name: SEAL_ACCOUNT } };

const step = (name: string, type: string, version: number, parameters: IDataObject) =>
	node(name, `n8n-nodes-base.${type}`, version, {
		webhookId: name,
		parameters: parameters as INode['parameters'],
	});

/** A workflow with a page that everybody may open, and Register at its end. */
function pageWorkflow(name: string, parameters: IDataObject = {}, ...between: INode[]) {
	const nodes = [
		node('Page', 'n8n-nodes-shipengine.stampsOnboardingTrigger', 1, {
			webhookId: name,
			parameters: { path: name, access: 'anyone', ...parameters } as INode['parameters'],
			credentials: SEAL,
		}),
		...between,
		node('Register', 'n8n-nodes-shipengine.shipEngine', 1, {
			parameters: {
				dataMode: 'autoMapInputData',
				cardSource: 'sealed',
				ifNicknameExists: 'returnExisting',
			},
			credentials: { ...SEAL, shipEngineApi: { id: null, name: 'ShipEngine account' } },
		}),
	];
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name: from }, index) => [
				from,
				{ main: [[{ node: nodes[index + 1]!.name, type: 'main' as const, index: 0 }]] },
			]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' as const } };
}

const WORKFLOWS = [
	pageWorkflow('open', { options: { registrationsAnHour: 10_000, requestDetails: true } }),
	pageWorkflow('addresses', { options: { requestDetails: true } }),
	pageWorkflow('rush', { options: { registrationsAnHour: 7 } }),
	pageWorkflow(
		'waits',
		{},
		step('Lead on', 'set', 3.4, {
			mode: 'raw',
			jsonOutput: '={{ { to: $execution.resumeUrl } }}',
		}),
		step('Wait', 'wait', 1.1, { resume: 'webhook', options: {} }),
		step('Registration', 'set', 3.4, {
			mode: 'raw',
			jsonOutput: "={{ $('Page').first().json }}",
		}),
	),
];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox([], {
		workflows: WORKFLOWS,
		environment: { N8N_PROXY_HOPS: '1' },
	});
}, 600_000);

afterAll(async () => await sandbox?.stop(), 60_000);

const urlOf = (name: string) => `${sandbox.n8n.url}/webhook/${name}`;

const idOf = (name: string) =>
	sandbox.n8n.workflowIds[WORKFLOWS.findIndex((each) => each.name === name)]!;

const runsOf = async (name: string) => (await sandbox.n8n.api.executions(idOf(name))).length;

const options = { validateStatus: () => true, headers: { 'Content-Type': 'text/plain' } };

async function settingsOf(name: string): Promise<PageSettings> {
	const { data } = await axios.get<string>(urlOf(name));
	return JSON.parse(parse(data).querySelector('#settings')!.rawText) as PageSettings;
}

let people = 0;

const newPerson = () => {
	people += 1;
	return { email: `door${people}@example.com`, phone: `512486${1000 + people}` };
};

/** What the page of a workflow sends for a person. */
async function bodyFor(name: string, person = newPerson()): Promise<string> {
	const { publicJwk, pass, passId } = await settingsOf(name);
	const sealing = { card: CARD, person: { ...person, pass: passId }, iat: now() };
	const sealed_card = await sealedCard(publicJwk, sealing);
	return JSON.stringify({ ...REGISTRANT, ...person, sealed_card, pass });
}

const post = async (name: string, body: unknown, headers: Record<string, string> = {}) =>
	await axios.post<IDataObject>(urlOf(name), body, {
		...options,
		headers: { ...options.headers, ...headers },
	});

const statuses = (answers: Array<{ status: number }>) =>
	Object.fromEntries(
		[...new Set(answers.map(({ status }) => status))].map((status) => [
			status,
			answers.filter((each) => each.status === status).length,
		]),
	);

test('of 50 at the same moment, exactly as many start a run as the limit says', async () => {
	const bodies = await Promise.all(Array.from({ length: 50 }, async () => await bodyFor('rush')));
	const answers = await Promise.all(bodies.map(async (body) => await post('rush', body)));
	expect(statuses(answers)).toEqual({ 200: 7, 429: 43 });
	await until('the runs', async () => (await runsOf('rush')) === 7 || undefined, 30);

	const body = await bodyFor('open');
	const same = await Promise.all(Array.from({ length: 50 }, async () => await post('open', body)));
	expect(statuses(same)).toEqual({ 200: 1, 409: 49 });
});

test('a proxy that n8n trusts tells whose address it is', async () => {
	const from = async (address: string) =>
		await post('addresses', await bodyFor('addresses'), { 'X-Forwarded-For': address });
	const answers = [];
	for (let count = 0; count < 11; count += 1) answers.push(await from('203.0.113.7'));
	expect(statuses(answers)).toEqual({ 200: 10, 429: 1 });
	// What the sender puts in front does not count.
	expect((await from('198.51.100.1, 203.0.113.7')).status).toBe(429);
	expect((await from('203.0.113.8')).status).toBe(200);
	const item = await until(
		'the last run',
		async () => {
			const latest = await sandbox.n8n.api.latestExecution(idOf('addresses'));
			const [page] = latest?.data.resultData.runData.Page ?? [];
			const json = page?.data?.main?.[0]?.[0]?.json;
			return json?.ip === '203.0.113.8' ? json : undefined;
		},
		30,
	);
	expect(item.user_agent).toContain('axios');
});

const JUNK: Array<[string, unknown, Record<string, string>]> = [
	['a list', '[]', {}],
	[
		'deep JSON',
		JSON.stringify({ a: 'x' }).replace('"x"', '['.repeat(9_000) + ']'.repeat(9_000)),
		{ 'Content-Type': 'application/json' },
	],
	['a pass that is an object', '{"sealed_card":"x","pass":{"toString":1,"valueOf":1}}', {}],
	[
		'the same, parsed',
		'{"sealed_card":"x","pass":{"toString":1}}',
		{ 'Content-Type': 'application/json' },
	],
	['a form', 'pass=x&email=y', { 'Content-Type': 'application/x-www-form-urlencoded' }],
	['XML', '<a><b/></a>', { 'Content-Type': 'application/xml' }],
	[
		'a file',
		'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--b--\r\n',
		{ 'Content-Type': 'multipart/form-data; boundary=b' },
	],
	['nothing', '', {}],
	['33 kB', `{"pass":"${'x'.repeat(33_000)}"}`, {}],
];

test.each(JUNK)('%s leaves no run, and is no failure of n8n', async (_name, body, headers) => {
	const before = await runsOf('open');
	const { status } = await post('open', body, headers);
	expect([400, 401, 413, 422]).toContain(status);
	expect(await runsOf('open')).toBe(before);
});

test('no other website reads the page, or what it answers', async () => {
	const origin = { Origin: 'https://evil.example' };
	const page = await axios.get(urlOf('open'), { headers: origin });
	expect(page.headers['access-control-allow-origin']).toBeUndefined();
	const sent = await post('open', await bodyFor('open'), origin);
	expect(sent.status).toBe(400);
	expect(sent.headers['access-control-allow-origin']).toBeUndefined();
	const own = await post('open', await bodyFor('open'), { Origin: 'null' });
	expect(own.headers).toMatchObject({
		'access-control-allow-origin': 'null',
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
	});
	expect(own.data).toEqual({ stage: 'received' });
});

describe('what a page lacks', () => {
	test('is told whoever publishes it, and the page is not there', async () => {
		const file = pageWorkflow('lacks', { termsUrl: 'terms' });
		const id = await sandbox.n8n.api.addWorkflow(file);
		// n8n tries several times before it says so.
		const publication = await until(
			'n8n to give it up',
			async () => {
				const told = JSON.stringify(await sandbox.n8n.api.publicationOf(id));
				return told.includes('"failed"') ? told : undefined;
			},
			60,
		);
		expect(publication).toContain("'Terms URL' must be an address that begins with https or http");
		expect((await axios.get(urlOf('lacks'), options)).status).toBe(404);
	});

	test('later on, strangers learn nothing of it, no run fails, and it is in the log', async () => {
		const credential = sealCredential(sandbox.api.url, 'a'.repeat(40));
		const before = await runsOf('open');
		const body = await bodyFor('open');
		await sandbox.n8n.api.changeCredential(credential);
		try {
			const page = await axios.get<string>(urlOf('open'), options);
			expect([page.status, page.data]).toEqual([503, 'This page is not ready. Try again later.']);
			const sent = await post('open', body);
			expect(sent.status).toBe(503);
			expect(JSON.stringify(sent.data)).not.toContain('redential');
			expect(await runsOf('open')).toBe(before);
			const log = await readFile(path.join(sandbox.n8n.folder, 'n8n.log'), 'utf8');
			expect(log).toContain("The page of 'Page' is not ready: The 'Secret' of");
		} finally {
			await sandbox.n8n.api.changeCredential(sealCredential(sandbox.api.url, SEAL_SECRET));
		}
	});
});

/** The accounts of a person. */
const accountsOf = ({ email }: { email: string }) =>
	sandbox.api.state.accounts.filter(({ body }) => (body as IDataObject).email === email);

const registered = async (person: { email: string }) =>
	await until('the account', async () => accountsOf(person).length === 1 || undefined, 60);

test('n8n’s own retry opens the same card again', async () => {
	const person = newPerson();
	sandbox.api.faults.add({ kind: 'serverErrorBefore', operation: 'carriers', times: 20 });
	expect((await post('open', await bodyFor('open', person))).status).toBe(200);
	const failed = await until(
		'the run to fail',
		async () => {
			const latest = await sandbox.n8n.api.latestExecution(idOf('open'));
			return latest?.status === 'error' ? latest : undefined;
		},
		60,
	);
	sandbox.api.faults.clear();
	await sandbox.n8n.api.retryExecution(failed.id);
	await registered(person);
});

test('n8n is killed between the door and Register, and started again: the card opens', async () => {
	const person = newPerson();
	await post('waits', await bodyFor('waits', person));
	const address = await until(
		'the run to wait',
		async () => {
			const latest = await sandbox.n8n.api.latestExecution(idOf('waits'));
			const [led] = latest?.data.resultData.runData['Lead on'] ?? [];
			return latest?.status === 'waiting' ? led?.data?.main?.[0]?.[0]?.json.to : undefined;
		},
		60,
	);
	expect(accountsOf(person)).toEqual([]);
	await sandbox.n8n.restart();
	await untilServed(urlOf('waits'));
	await axios.get(String(address));
	await registered(person);
});

test('after a restart a page that was open before can still send', async () => {
	const person = newPerson();
	const body = await bodyFor('open', person);
	await sandbox.n8n.restart();
	await untilServed(urlOf('open'));
	expect((await post('open', body)).status).toBe(200);
	await registered(person);
});

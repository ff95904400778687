import { createHash } from 'node:crypto';
import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { SCRIPT } from '../../nodes/StampsOnboardingTrigger/page.generated';
import { MONITOR, VISITOR, callerCredentials } from '../../sandbox/examples/callers';
import { apiCredential, exampleWorkflow } from '../../sandbox/examples/contents';
import { SANDBOX_KEY } from '../../sandbox/api';
import { FORM_PATH } from '../../sandbox/forms/registration';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import { until } from '../../sandbox/support/poll';
import { httpAnswer, startServer } from '../support/servers';
import { type Sandbox, startSandbox } from './support/sandbox';
import { node } from './support/workflows';

/** Watch: the page as it is, and as somebody else has made it; the API; who hears of it. */

const SHA256 = createHash('sha256').update(SCRIPT).digest('hex');

/** The workflow for a page, whose clock is a request. */
function watching(
	name: string,
	pageUrl: string,
	script = SHA256,
	whole = pageSha256,
): WorkflowFile {
	const example = exampleWorkflow('watch');
	const nodes = example.nodes.map((each): INode => {
		if (each.name !== 'Every Hour') return each;
		return node(each.name, 'n8n-nodes-base.webhook', 2, {
			webhookId: name,
			parameters: { path: `hour-${name}`, httpMethod: 'POST', responseMode: 'responseNode' },
		});
	});
	return JSON.parse(
		JSON.stringify({ ...example, id: undefined, name, nodes })
			.replace('https://your-n8n/webhook/open-stamps-account', pageUrl)
			.replace('"name":"script_sha256","value":""', `"name":"script_sha256","value":"${script}"`)
			.replace('"name":"page_sha256","value":""', `"name":"page_sha256","value":"${whole}"`)
			.replace('"path":"stamps-health"', `"path":"health-${name}"`),
	) as WorkflowFile;
}

let sandbox: Sandbox;
let page: { headers: Record<string, string>; html: string };

/** What the workflow says of the page as it is. */
let pageSha256 = '';

beforeAll(async () => {
	sandbox = await startSandbox(['onboarding'], { credentials: callerCredentials });
	const { user: username, password } = VISITOR;
	const { data, headers } = await axios.get<string>(sandbox.n8n.url + FORM_PATH, {
		auth: { username, password },
	});
	page = { html: data, headers: headers as Record<string, string> };
	const { data: told } = await healthOf(own(), SHA256, '');
	pageSha256 = /set it to ([\da-f]{64})"/.exec(JSON.stringify(told))![1]!;
	sandbox.api.requests.length = 0;
}, 600_000);

afterAll(async () => await sandbox?.stop(), 60_000);

let count = 0;

/** Watches a page: what a monitor gets. */
async function healthOf(pageUrl: string, script?: string, whole?: string) {
	const name = `watch-${(count += 1)}`;
	await sandbox.n8n.api.addWorkflow(watching(name, pageUrl, script, whole));
	return await askHealth(name);
}

async function askHealth(name: string, password = MONITOR.password) {
	const { status, data } = await until(
		'the workflow to be served',
		async () => {
			const answer = await axios.get<unknown>(`${sandbox.n8n.url}/webhook/health-${name}`, {
				auth: { username: MONITOR.user, password },
				validateStatus: () => true,
			});
			return answer.status === 404 ? undefined : answer;
		},
		30,
	);
	return { status, data };
}

const own = () => sandbox.n8n.url + FORM_PATH;

const WELL = { status: 200, data: { ok: true, problems: [] } };

test('all is well; who has not the password hears nothing', async () => {
	expect(await healthOf(own())).toEqual(WELL);
	expect(await healthOf(own(), ` ${SHA256.toUpperCase()} `)).toEqual(WELL);
	expect(await askHealth('watch-2', 'wrong')).toMatchObject({ status: 401 });
	expect(sandbox.api.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
});

test('the script of another release', async () => {
	expect(await healthOf(own(), 'f'.repeat(64))).toEqual({
		status: 503,
		data: {
			ok: false,
			problems: [
				'The script of the page is not that of the release',
				'The header content-security-policy of the page is another one',
			],
		},
	});
});

/** What somebody between the page and the browser might do. */
const CHANGES: Record<string, [(html: string, headers: Record<string, string>) => string, string]> =
	{
		'one letter of the script': [
			(html) => html.replace('"use strict"', '"use stric_"'),
			'The script of the page is not that of the release',
		],
		'one more script': [
			(html) =>
				html.replace('<main>', '<main><script src="https://elsewhere.example/x.js"></script>'),
			'The page has 3 script elements, and not two',
		],
		'a script behind the last one': [
			(html) => html.replace('</body>', '<script>alert(1)</script></body>'),
			'The page has 3 script elements, and not two',
		],
		'no policy': [
			(html, headers) => {
				delete headers['content-security-policy'];
				return html;
			},
			'The header content-security-policy of the page is another one',
		],
		'a policy that lets in one more address': [
			(html, headers) => {
				const policy = headers['content-security-policy']!;
				headers['content-security-policy'] = policy.replace(
					'script-src ',
					'script-src https://elsewhere.example ',
				);
				return html;
			},
			'The header content-security-policy of the page is another one',
		],
		'a policy without the sandbox': [
			(html, headers) => {
				const policy = headers['content-security-policy']!;
				headers['content-security-policy'] = policy.replace(/; sandbox.*/, '');
				return html;
			},
			'The header content-security-policy of the page is another one',
		],
		'a script let in beside the style': [
			(html, headers) => {
				const policy = headers['content-security-policy']!;
				headers['content-security-policy'] = policy.replace(
					/style-src '[^']+'/,
					"style-src 'sha256-AAAA; script-src-elem https://elsewhere.example; x '",
				);
				return html.replace(
					'<script id="settings"',
					'<script src="https://elsewhere.example/x.js"',
				);
			},
			'The header content-security-policy of the page is another one',
		],
		'another key for the card': [
			(html) => html.replace(/"x":"(.)/, (_, first) => `"x":"${first === 'A' ? 'B' : 'A'}`),
			'The page is another one',
		],
		'a link that leads elsewhere': [
			(html) => html.replace('<main>', '<main><a href="https://elsewhere.example">Pay here</a>'),
			'The page is another one',
		],
		'what leads on by itself': [
			(html) => html.replace('<title>', '<meta http-equiv="refresh" content="0;url=/x"><title>'),
			'The page is another one',
		],
		'a header that leads on by itself': [
			(html, headers) => {
				headers.refresh = '0; url=https://elsewhere.example';
				return html;
			},
			'The header refresh of the page is another one',
		],
		'other letters': [
			(html, headers) => {
				headers['content-type'] = 'text/html; charset=utf-16le';
				return html;
			},
			'The header content-type of the page is another one',
		],
		'another way of telling where one came from': [
			(html, headers) => {
				headers['referrer-policy'] = 'unsafe-url';
				return html;
			},
			'The header referrer-policy of the page is another one',
		],
	};

test.each(Object.entries(CHANGES))('a page with %s', async (_, [change, problem]) => {
	const headers = { ...page.headers };
	for (const name of ['content-length', 'transfer-encoding', 'connection', 'keep-alive']) {
		delete headers[name];
	}
	const html = change(page.html, headers);
	const server = await startServer(httpAnswer(200, html, headers));
	try {
		expect(await healthOf(`http://${server.host}:${server.port}/`)).toMatchObject({
			status: 503,
			data: {
				problems: expect.arrayContaining([expect.stringMatching(`^${problem}`)]) as string[],
			},
		});
	} finally {
		await server.close();
	}
});

test('nothing is set yet', async () => {
	const name = 'watch-unset';
	const unset = watching(name, 'https://your-n8n/webhook/open-stamps-account', '', '');
	await sandbox.n8n.api.addWorkflow(unset);
	expect(await askHealth(name)).toMatchObject({
		status: 503,
		data: { problems: [expect.stringMatching(/^page_url is still the one of the example/)] },
	});
});

test('no page, and no API', async () => {
	expect(await healthOf(`${sandbox.n8n.url}/webhook/nothing-here`)).toMatchObject({
		status: 503,
		data: { problems: ['The page answers 404'] },
	});
	expect(await healthOf('http://127.0.0.1:1/')).toMatchObject({
		status: 503,
		data: { problems: ['The page answers nothing'] },
	});
	const key = { apiKey: 'wrong', baseUrl: sandbox.api.url };
	await sandbox.n8n.api.changeCredential(apiCredential(key));
	try {
		const { status, data } = await healthOf(own());
		expect(status).toBe(503);
		expect(JSON.stringify(data)).toMatch(/API key/);
	} finally {
		const right = { apiKey: SANDBOX_KEY, baseUrl: sandbox.api.url };
		await sandbox.n8n.api.changeCredential(apiCredential(right));
	}
});

test.each([
	['all is well', SHA256, 'success'],
	['something is wrong', '0'.repeat(64), 'error'],
])('each hour, where %s', async (_, sha256, status) => {
	const name = `watch-${(count += 1)}`;
	const workflow = watching(name, own(), sha256);
	// To be seen here, a run that went well has to be kept.
	workflow.settings = { executionOrder: 'v1' };
	const id = await sandbox.n8n.api.addWorkflow(workflow);
	const start = async () =>
		await axios.post(`${sandbox.n8n.url}/webhook/hour-${name}`, {}, { validateStatus: () => true });
	await until('the clock', async () => (await start()).status !== 404 || undefined, 30);
	const run = await until('the run', async () => await sandbox.n8n.api.latestExecution(id), 30);
	expect(run.status).toBe(status);
	if (status === 'error') {
		expect(run.data.resultData.error?.message).toBe(
			'The script of the page is not that of the release. The header content-security-policy of the page is another one',
		);
	}
});

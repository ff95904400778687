import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { STAFF, callerCredentials } from '../../../sandbox/examples/callers';
import { exampleWorkflow } from '../../../sandbox/examples/contents';
import { HttpFormDriver } from '../../../sandbox/forms/http';
import { REGISTRATION } from '../../../sandbox/forms/registration';
import { type Mailbox, startMailbox } from '../../../sandbox/mail';
import type { WorkflowFile } from '../../../sandbox/n8n/api';
import { untilServed } from '../../../sandbox/n8n/triggers';
import { until } from '../../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './sandbox';
import { node } from './workflows';

/** The three workflows for a list of merchants in a real n8n, and what its staff and its merchants do. */

export const PAGE = '/webhook/finish-stamps-account';

export const TABLE = 'Stamps merchant accounts';

/**
 * The links as a workflow that a request starts, in place of the clock.
 *
 * @param isLater - three days have passed: n8n's expressions have a clock that no test puts forward
 */
function links(url: string, isLater = false): WorkflowFile {
	const name = isLater ? 'remind-later' : 'remind';
	const example = exampleWorkflow('many-merchants-links');
	const started = example.nodes.map((each): INode => {
		if (each.name !== 'Every Morning') return each;
		return node(each.name, 'n8n-nodes-base.webhook', 2, {
			webhookId: name,
			parameters: { path: name, httpMethod: 'POST', responseMode: 'lastNode' },
		});
	});
	const text = JSON.stringify({ ...example, id: undefined, name, nodes: started });
	const there = text.replace('https://n8n.example.com', url);
	const later = there
		.replace('$now.minus({ days: 3 })', '$now')
		.replace('send-stamps-link', 'send-stamps-link-later');
	return JSON.parse(isLater ? later : there) as WorkflowFile;
}

const COLUMNS = [
	...['nickname', 'email', 'name', 'phone', 'address_line1', 'city_locality'],
	...['state_province', 'postal_code', 'agree_to_carrier_terms'],
];

export const phoneOf = (index: number) => `5124${String(100_000 + index)}`;

export const rowOf = (index: number, kind: string) => [
	...[`${kind}-${index}`, `${kind}-${index}@example.com`, `Ana Ruiz`, phoneOf(index)],
	...['4009 Marathon Blvd', 'Austin', 'TX', '78756', 'true'],
];

export type Row = Record<string, string | number | null>;

export const linkIn = ({ text }: { text: string }) => /http\S+/.exec(text)![0];

/** Opens an invitation and registers with it, as its person does. */
export async function register(link: string, index: number, email: string) {
	const form = new HttpFormDriver();
	await form.open(link);
	const page = await form.submit({ ...REGISTRATION, Email: email, 'Mobile phone': phoneOf(index) });
	return { form, page };
}

export const READY = { title: 'Your account is ready' };

export const TO_CODE = { title: 'Confirm your phone number' };

/** Started and stopped around the tests of a file. */
export function useMerchants() {
	let sandbox: Sandbox;
	let mailbox: Mailbox;

	beforeAll(async () => {
		mailbox = await startMailbox();
		sandbox = await startSandbox(['many-merchants', 'many-merchants-page'], {
			credentials: [...callerCredentials, mailbox.credential],
		});
		const { n8n } = sandbox;
		for (const isLater of [false, true]) await n8n.api.addWorkflow(links(n8n.url, isLater));
		for (const name of ['remind', 'remind-later']) await untilServed(`${n8n.url}/webhook/${name}`);
		await untilServed(`${n8n.url}${PAGE}`);
	}, 600_000);

	afterAll(async () => {
		await sandbox?.stop();
		await mailbox?.close();
	}, 60_000);

	beforeEach(() => {
		mailbox.mails.length = 0;
	});

	const asStaff = (path: string) => {
		const { user, password } = STAFF;
		return sandbox.n8n.url.replace('://', `://${user}:${password}@`) + path;
	};

	/** Uploads a list of merchants, and says what they get. */
	async function upload(rows: string[][], gets: RegExp) {
		const form = new HttpFormDriver();
		await form.open(asStaff('/form/open-many-stamps-accounts'));
		const text = [COLUMNS, ...rows].map((row) => row.join(',')).join('\n');
		const option = [
			'An account now: they only confirm their phone',
			'An invitation: they enter the rest, and their card, themselves',
		].find((each) => gets.test(each))!;
		return await form.submit({
			'List of merchants (Excel or CSV)': new File([text], 'merchants.csv', { type: 'text/csv' }),
			'What do they get?': option,
		});
	}

	/** Where nobody is due, n8n has nothing to answer with. */
	const remind = async (when = 'remind') =>
		await axios.post(`${sandbox.n8n.url}/webhook/${when}`, {}, { validateStatus: () => true });

	const rows = async (kind: string) =>
		((await sandbox.n8n.api.dataTable(TABLE)) as Row[]).filter(({ nickname }) =>
			String(nickname).startsWith(`${kind}-`),
		);

	/** Those who are done are told a moment after the page is: until then nobody counts them. */
	async function untilVerified(kind: string, count: number): Promise<Row[]> {
		return await until(
			`${count} verified rows`,
			async () => {
				const verified = (await rows(kind)).filter(({ verified_at }) => verified_at);
				return verified.length === count ? verified : undefined;
			},
			60,
		);
	}

	const toKind = (kind: string) => mailbox.mails.filter(({ to }) => to.startsWith(`${kind}-`));

	/** Asks for a new link with the form. */
	const askForLink = async (merchant: string) => {
		const form = new HttpFormDriver();
		await form.open(asStaff('/form/send-stamps-link'));
		return await form.submit({ 'Nickname or email': merchant });
	};

	return {
		get sandbox() {
			return sandbox;
		},
		get mailbox() {
			return mailbox;
		},
		...{ upload, remind, rows, untilVerified, toKind, askForLink },
	};
}

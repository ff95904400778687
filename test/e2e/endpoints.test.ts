import { STAFF, asVisitor, callerCredentials } from '../../sandbox/examples/callers';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import { startMailbox } from '../../sandbox/mail';
import { type Sandbox, startSandbox } from './support/sandbox';
import { rowOf } from './support/merchants';

/** No workflow has the name of an endpoint written in: they may be called otherwise. */

const FILES = ['onboarding', 'many-merchants', 'many-merchants-page', 'many-merchants-links'];

jest.setTimeout(120_000);

let sandbox: Sandbox;
let mailbox: Awaited<ReturnType<typeof startMailbox>>;

beforeAll(async () => {
	mailbox = await startMailbox();
	sandbox = await startSandbox(FILES, {
		credentials: [...callerCredentials, mailbox.credential],
		environment: {
			N8N_ENDPOINT_WEBHOOK: 'hooks',
			N8N_ENDPOINT_WEBHOOK_WAIT: 'hooks-waiting',
			N8N_ENDPOINT_FORM: 'ask',
			N8N_ENDPOINT_FORM_WAIT: 'asking',
		},
	});
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await mailbox?.close();
}, 60_000);

test('the page, come to with a slash behind its address, leads to the verified account', async () => {
	const { api, n8n } = sandbox;
	const form = new HttpFormDriver();
	await form.open(asVisitor(`${n8n.url}/hooks/open-stamps-account/`));
	expect(await form.submit(REGISTRATION)).toMatchObject({ title: 'Confirm your phone number' });
	const code = api.codeFor(String(REGISTRATION['Mobile phone']).replace(/\D/g, ''));
	expect(await form.submit(codeAnswer(code))).toMatchObject({ title: 'Your account is ready' });
});

test('a list, its result and the form for a link', async () => {
	const { user, password } = STAFF;
	const staff = sandbox.n8n.url.replace('://', `://${user}:${password}@`);
	const form = new HttpFormDriver();
	await form.open(`${staff}/ask/open-many-stamps-accounts`);
	const list = ['nickname,email', rowOf(1, 'renamed').slice(0, 2).join(',')].join('\n');
	const page = await form.submit({
		'List of merchants (Excel or CSV)': new File([list], 'list.csv', { type: 'text/csv' }),
		'What do they get?': 'An invitation: they enter the rest, and their card, themselves',
	});
	expect(page.title).toBe('1 invited, 0 not');
	const asking = new HttpFormDriver();
	await asking.open(`${staff}/ask/send-stamps-link`);
	// Nobody has set the address of the page.
	expect(await asking.submit({ 'Nickname or email': 'renamed-1' })).toMatchObject({
		title: 'The link was not sent',
		text: expect.stringContaining("'Page URL' must be the page's production URL") as string,
	});
	expect(mailbox.mails).toEqual([]);
});

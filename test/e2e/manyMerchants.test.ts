import { readFileSync } from 'node:fs';
import path from 'node:path';
import axios from 'axios';
import { type Api, SANDBOX_KEY, startApi } from '../../sandbox/api';
import { STAFF, callerCredentials } from '../../sandbox/examples/callers';
import type { FormDriver, FormPage } from '../../sandbox/forms/driver';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { startFormDriver } from '../../sandbox/forms/start';
import type { N8n } from '../../sandbox/n8n/instance';
import { until } from '../../sandbox/support/poll';
import { SAVED, accidentalRows } from '../support/accidentalList';
import { type Sandbox, startSandbox } from './support/sandbox';

/** workflows/many-merchants.json in a real n8n, its list uploaded through the form. */

jest.setTimeout(120_000);

/** `ACCIDENTS=1000` takes some minutes. */
const ACCIDENTS = Number(process.env.ACCIDENTS ?? 40);

/** The list that lies beside the workflow. */
const LIST = readFileSync(path.join(__dirname, '../../workflows/many-merchants.csv'), 'utf8');

let sandbox: Sandbox;
let api: Api;
let n8n: N8n;
let browser: FormDriver;
let formUrl: string;

/** What needs no browser goes without: it is faster. */
const form = new HttpFormDriver();

beforeAll(async () => {
	sandbox = await startSandbox(['many-merchants'], { credentials: callerCredentials });
	({ api, n8n } = sandbox);
	const { user, password } = STAFF;
	formUrl = n8n.url.replace('://', `://${user}:${password}@`) + '/form/open-many-stamps-accounts';
	browser = await startFormDriver();
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
	await api?.close();
}, 60_000);

const REGISTERED = 'Stamps merchant accounts';
const FAILED = 'Stamps merchants failed';

let count = 0;

beforeEach(async () => {
	api.reset();
	count += 1;
	for (const table of [REGISTERED, FAILED]) await n8n.api.deleteRows(table);
});

/** The list with nicknames of this test's own: the tables are those of all tests. */
const list = () => LIST.replaceAll('merchant-', `merchant-${count}-`);

const nickname = (row: number) => `merchant-${count}-000${row}`;

/** What the other workflows of a list write, and test. */
const OF_LINKS = [
	...['name', 'company_name', 'invited_at', 'registered_at', 'verified_at'],
	...['sent_at', 'times_sent', 'problem'],
];

/** The rows of a table that are about this test's merchants, without what n8n itself adds. */
async function rows(table: string) {
	const all = (await n8n.api.dataTable(table)) ?? [];
	return all
		.filter((row) => String(row.nickname).startsWith(`merchant-${count}-`))
		.map((row) => {
			const { id, createdAt, updatedAt, ...columns } = row;
			expect([id, createdAt, updatedAt]).not.toContain(undefined);
			return Object.fromEntries(
				Object.entries(columns).filter(([name]) => !OF_LINKS.includes(name)),
			);
		});
}

const AN_ACCOUNT = { 'What do they get?': 'An account now: they only confirm their phone' };

async function upload(
	list: string | Buffer,
	driver: FormDriver = form,
	name = 'merchants.csv',
): Promise<FormPage> {
	await driver.open(formUrl);
	const file = new File([list], name, { type: name.endsWith('csv') ? 'text/csv' : '' });
	return await driver.submit({ ...AN_ACCOUNT, 'List of merchants (Excel or CSV)': file });
}

/** The sub-account of a merchant. */
const accountOf = (name: string) =>
	String(
		api.state.subAccounts.find(({ fields }) => fields.external_account_id === name)?.account_id,
	);

/** The carrier of a merchant, in the merchant's own sub-account. */
const carrierOf = (name: string) =>
	api.state.carriers(accountOf(name)).find((carrier) => carrier.nickname === name)?.carrier_id;

/** The requests that make something. */
const writes = () => api.requests.filter(({ method }) => method !== 'GET');

/** What a merchant's row says once it is registered. */
const registered = (row: number, email: string, phone: string, outcome: string) => ({
	nickname: nickname(row),
	account_id: accountOf(nickname(row)),
	carrier_id: carrierOf(nickname(row)),
	email,
	phone,
	outcome,
});

const all = (outcome: string) => [
	registered(1, 'nathan@example.com', '5125550101', outcome),
	registered(2, 'john.doe@example.com', '6175550102', outcome),
	registered(3, 'shop@example.com', '3035550103', outcome),
];

const failed = (row: number, reason: string, more = {}) => ({
	nickname: nickname(row),
	row: row + 1,
	reason,
	may_exist: false,
	request_id: '',
	...more,
});

test('nobody opens the form without its password', async () => {
	const { status } = await axios.get(`${n8n.url}/form/open-many-stamps-accounts`, {
		validateStatus: () => true,
	});
	expect(status).toBe(401);
});

test.each([
	['as it is', ''],
	['as Excel saves it, with a byte order mark', '\uFEFF'],
])(
	'registers each merchant of the list %s in a sub-account of its own, without a card',
	async (_how, mark) => {
		expect(await upload(mark + list(), browser)).toEqual({
			title: '3 registered, 0 not',
			text: expect.stringMatching(
				/^All merchants of the list have an account\.\s+The workflow/,
			) as string,
			isForm: false,
		});
		expect(api.state.subAccounts.map(({ fields }) => fields.external_account_id).sort()).toEqual(
			[1, 2, 3].map(nickname),
		);
		expect(api.state.accounts.map(({ onBehalfOf }) => onBehalfOf).sort()).toEqual(
			[1, 2, 3].map((row) => `se-${accountOf(nickname(row))}`),
		);
		const second = api.state.accounts.find(
			({ onBehalfOf }) => onBehalfOf === `se-${accountOf(nickname(2))}`,
		);
		expect(second?.body).toEqual({
			nickname: nickname(2),
			email: 'john.doe@example.com',
			agree_to_carrier_terms: true,
			address: {
				name: 'John Doe',
				phone: '617-555-0102',
				company_name: 'Example, Inc.',
				address_line1: '1 City Hall Square',
				city_locality: 'Boston',
				state_province: 'MA',
				postal_code: '02201',
				country_code: 'US',
				address_residential_indicator: 'unknown',
			},
		});
		expect(await rows(REGISTERED)).toEqual(all('new'));
		expect(await rows(FAILED)).toEqual([]);
	},
);

test('sent again, the list makes nothing: no request writes', async () => {
	await upload(list());
	api.requests.length = 0;
	expect((await upload(list())).title).toBe('3 registered, 0 not');
	expect(writes()).toEqual([]);
	expect(api.state.accounts).toHaveLength(3);
	expect(await rows(REGISTERED)).toEqual(all('new'));
});

test('a wrong row is in the table of failures with every reason, until it is mended and sent again', async () => {
	const wrong = list()
		.replace('78756', '7875')
		.replace('Austin', '')
		.replace(nickname(3), `${nickname(3)}/x`);
	const page = await upload(wrong);
	expect(page.title).toBe('1 registered, 2 not');
	const first =
		"'City' is empty: the item has no field 'city_locality'; 'ZIP Code' must have five or nine digits, such as '78756' or '78756-1234'";
	const third = 'The nickname must have at most 128 characters, and no slash';
	expect(page.text).toContain(`Row 2, ${nickname(1)}: ${first}`);
	expect(page.text).toContain(`Row 4, ${nickname(3)}/x: `);
	const other = failed(3, third, { nickname: `${nickname(3)}/x` });
	const failures = await rows(FAILED);
	expect(failures).toHaveLength(2);
	expect(failures).toEqual(expect.arrayContaining([failed(1, first), other]));
	expect(api.state.accounts).toHaveLength(1);

	expect((await upload(list())).title).toBe('3 registered, 0 not');
	// To the workflow, another nickname is another merchant.
	expect(await rows(FAILED)).toEqual([other]);
	expect(api.state.accounts).toHaveLength(3);
	expect(await rows(REGISTERED)).toEqual(expect.arrayContaining(all('new')));
});

test('what the API refuses is in the table with its words and its request ID', async () => {
	api.faults.add({ kind: 'echoSecrets', operation: 'register', times: 3 });
	const page = await upload(list());
	expect(page.title).toBe('0 registered, 3 not');
	const request_id = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
	const reason = expect.stringMatching(/^Not accepted: /) as string;
	expect(await rows(FAILED)).toEqual([1, 2, 3].map((row) => failed(row, reason, { request_id })));
	expect(JSON.stringify(await rows(FAILED))).not.toContain(SANDBOX_KEY);
});

test('an answer that is lost is no second account: not in this run, and not in the next', async () => {
	api.faults.add({ kind: 'dropAfter', operation: 'register' });
	expect((await upload(list())).title).toBe('3 registered, 0 not');
	expect((await rows(REGISTERED)).map((row) => row.outcome)).toContain('recovered');
	expect(api.state.accounts).toHaveLength(3);
});

test('a row whose outcome stays unknown says so, and the next run settles it', async () => {
	api.faults.add({ kind: 'dropBefore', operation: 'register', times: 3 });
	expect((await upload(list())).title).toBe('0 registered, 3 not');
	const reason = expect.stringContaining('may or may not have been registered') as string;
	expect(await rows(FAILED)).toEqual(
		[1, 2, 3].map((row) => failed(row, reason, { may_exist: true })),
	);
	expect((await upload(list())).title).toBe('3 registered, 0 not');
	expect(await rows(FAILED)).toEqual([]);
	expect(api.state.accounts).toHaveLength(3);
});

test('the API is down: every row fails, and registers when it is back', async () => {
	const { port } = new URL(api.url);
	await api.close();
	const page = await upload(list());
	api = await startApi({ port: Number(port) });
	expect(page.title).toBe('0 registered, 3 not');
	expect((await rows(FAILED)).map((row) => row.reason)).toEqual(
		Array(3).fill('the API could not be reached'),
	);
	expect((await upload(list())).title).toBe('3 registered, 0 not');
	expect(await rows(FAILED)).toEqual([]);
});

test('two lists at once: each merchant keeps its own carrier', async () => {
	const forms = [new HttpFormDriver(), new HttpFormDriver()];
	const lists = [list(), list().replaceAll('-000', '-001')];
	const pages = await Promise.all(
		forms.map(async (each, index) => {
			await each.open(formUrl);
			const file = new File([lists[index]!], 'm.csv');
			return await each.submit({ ...AN_ACCOUNT, 'List of merchants (Excel or CSV)': file });
		}),
	);
	expect(pages.map(({ title }) => title)).toEqual(Array(2).fill('3 registered, 0 not'));
	const written = await rows(REGISTERED);
	expect(written).toHaveLength(6);
	for (const { nickname: name, account_id, carrier_id } of written) {
		expect([account_id, carrier_id]).toEqual([accountOf(String(name)), carrierOf(String(name))]);
	}
});

test.each([
	['is empty', '', 'It is empty.'],
	['has its first line only', LIST.split('\n')[0]!, 'It has no merchants below'],
	['has blank rows only', `${LIST.split('\n')[0]!}\n,,,,,,,,,,\n`, 'It has no merchants below'],
	[
		'has other columns',
		'Shop;Mail <b>;\nA;a@example.com;\n',
		'No column is called "nickname". These were found: "Shop", "Mail <b>".',
	],
	['has a column twice', 'nickname,ZIP,Zip Code\nA,1,2\n', 'Two columns are for "postal_code"'],
	['is no list', 'PK\u0003\u0004\0\0\0\0', 'n8n could not read it: '],
])('a file that %s is said so, and nothing is sent', async (_what, text, why) => {
	expect(await upload(text)).toMatchObject({
		title: 'There are no merchants in this file',
		text: expect.stringContaining(why) as string,
	});
	expect(api.requests).toEqual([]);
});

test('blank rows are left out, and a row without a nickname is told', async () => {
	const text = `${list().replace(nickname(1), '')},,,,,,,,,,\n,,,,,,,,,,\n`;
	expect(await upload(text, browser)).toMatchObject({
		title: '2 registered, 1 not',
		text: expect.stringMatching(
			/^Row 2: The nickname is empty\n\nFix these rows and upload the list again\./,
		) as string,
	});
	expect(await rows(REGISTERED)).toEqual(all('new').slice(1));
	const unnamed = async () =>
		(await n8n.api.dataTable(FAILED))!.filter(({ nickname: name }) => /^\(row/.test(String(name)));
	expect(await unnamed()).toMatchObject([{ nickname: '(row 2)', row: 2 }]);
	await upload(list());
	expect(await unnamed()).toEqual([]);
});

test.each(SAVED.filter(([how]) => /^Excel: (CSV|XLSX|Unicode text)$/.test(how)))(
	'a list as %s has it, its accidents and all: each row is registered as it is meant, or told',
	async (_how, file, save) => {
		api.reset({ rateLimit: { limit: 10_000, windowMs: 60_000 } });
		const list = accidentalRows(ACCIDENTS, `merchant-${count}`, 7);
		const page = await upload(save(list), form, file);
		const right = list.filter(({ wrong }) => !wrong);
		expect(page.title).toBe(`${right.length} registered, ${list.length - right.length} not`);
		list.forEach(({ merchant, wrong }, index) => {
			const account = api.state.accounts.find(
				({ body }) => (body as { nickname: string }).nickname === merchant.nickname,
			);
			if (wrong) {
				expect(account).toBeUndefined();
				const line = page.text
					.split('\n')
					.find((each) => new RegExp(`^Row ${index + 2}[,:]`).test(each));
				expect(line).toMatch(wrong);
			} else {
				const phone = merchant.phone!.replace(/(...)(...)(....)/, '$1-$2-$3');
				const address = Object.entries({ ...merchant, phone }).filter(
					([key, value]) => value !== '' && !/^(nickname|email|agree)/.test(key),
				);
				expect(account!.body).toMatchObject({
					...{ email: merchant.email, address: Object.fromEntries(address) },
				});
			}
		});
		expect(api.state.accounts).toHaveLength(right.length);
	},
);

test('n8n is killed while it registers, and started again: the list sent again makes no second account', async () => {
	api.faults.add({ kind: 'delayAfter', operation: 'register', ms: 120_000 });
	const cutOff = upload(list()).catch(() => undefined);
	await until(
		'the API to have registered all',
		async () => api.state.accounts.length === 3 || undefined,
		60,
	);
	await n8n.restart();
	await cutOff;
	expect((await upload(list())).title).toBe('3 registered, 0 not');
	expect(await rows(REGISTERED)).toEqual(all('existing'));
	expect(api.state.accounts).toHaveLength(3);
});

test('a lost answer to a sub-account makes no second one, and the account is registered', async () => {
	api.faults.add({ kind: 'dropAfter', operation: 'createSubAccount' });
	expect((await upload(list())).title).toBe('3 registered, 0 not');
	expect(api.state.subAccounts).toHaveLength(3);
	expect(await rows(REGISTERED)).toEqual(all('new'));
});

test('a sub-account whose outcome stays unknown says so, and the next run settles it', async () => {
	api.faults.add({ kind: 'dropBefore', operation: 'createSubAccount', times: 3 });
	expect((await upload(list())).title).toBe('0 registered, 3 not');
	const reason = expect.stringContaining('may or may not have been created') as string;
	expect(await rows(FAILED)).toEqual(
		expect.arrayContaining([1, 2, 3].map((row) => failed(row, reason, { may_exist: true }))),
	);
	expect((await upload(list())).title).toBe('3 registered, 0 not');
	expect(api.state.subAccounts).toHaveLength(3);
	expect(await rows(FAILED)).toEqual([]);
});

test('sub-accounts that are seconds old are waited for', async () => {
	api.reset({ subAccountReadyAfter: 1 });
	expect((await upload(list())).title).toBe('3 registered, 0 not');
	expect(await rows(REGISTERED)).toEqual(all('new'));
});

test('three hundred merchants under the limit, killed in the middle and started again: each once', async () => {
	const window = { limit: 200, windowMs: 6_000 };
	api.reset({ rateLimit: window });
	const row = '512-555-0101,Example Corp.,4009 Marathon Blvd,Suite 300,Austin,TX,78756,yes';
	const head = LIST.slice(0, LIST.indexOf('\n'));
	const names = Array.from({ length: 300 }, (_each, index) => nickname(index + 1));
	const lines = names.map((name) => `${name},shop@example.com,Nathan Smith,${row}`);
	const many = [head, ...lines].join('\n');

	const cutOff = upload(many).catch(() => undefined);
	await until(
		'the API to have registered a hundred',
		async () => api.state.accounts.length >= 100 || undefined,
		120,
	);
	await n8n.restart();
	await cutOff;
	const before = api.state.accounts.length;
	expect(before).toBeLessThan(300);

	expect((await upload(many)).title).toBe('300 registered, 0 not');
	expect(api.state.subAccounts).toHaveLength(300);
	expect(api.state.accounts).toHaveLength(300);
	const owners = new Set(api.state.accounts.map(({ onBehalfOf }) => onBehalfOf));
	expect(owners.size).toBe(300);
	const written = await rows(REGISTERED);
	expect(written.map(({ nickname: name }) => name).sort()).toEqual([...names].sort());
	for (const { nickname: name, account_id, carrier_id } of written) {
		expect([account_id, carrier_id]).toEqual([accountOf(String(name)), carrierOf(String(name))]);
	}

	api.requests.length = 0;
	expect((await upload(many)).title).toBe('300 registered, 0 not');
	expect(writes()).toEqual([]);
}, 400_000);

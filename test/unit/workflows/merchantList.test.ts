import { read, utils, write } from '@e965/xlsx';
import type { IDataObject } from 'n8n-workflow';
import type { CheckedField } from '../../../nodes/ShipEngine/input/checklist';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../../../nodes/ShipEngine/input/registrationFields';
import { Mistake } from '../../../nodes/ShipEngine/values/mistakes';
import { exampleWorkflow } from '../../../sandbox/examples/contents';
import { type ListRow, type Merchant, SAVED, accidentalRows } from '../../support/accidentalList';

/**
 * Whatever has happened to a list: each of its rows is right to the letter, or told by its number, and
 * none is lost. Read as n8n's Extract from File does it, and by the code of the workflow.
 */

const SEED = Number(process.env.SEED ?? 20_261_129);
const ROWS = Number(process.env.RUNS ?? 1_000);

const CODE = String(
	exampleWorkflow('many-merchants').nodes.find(({ name }) => name === 'Check the List')!.parameters
		.jsCode,
);

type Item = { json: IDataObject; pairedItem: { item: number } };

/** @param known - the rows of the table of merchants */
function checked(
	rows: unknown[][],
	known: IDataObject[] = [],
	gets = 'An account now: they only confirm their phone',
	fileName = 'list.csv',
): Item[] {
	const input = { all: () => rows.map((row) => ({ json: { row } })) };
	const steps: Record<string, object> = {
		'Known Merchants': { all: () => (known.length ? known : [{}]).map((json) => ({ json })) },
		'Upload Merchants': { first: () => ({ json: { gets }, binary: { merchants: { fileName } } }) },
	};
	const run = new Function('$input', '$', CODE) as (...given: unknown[]) => Item[];
	return run(input, (name: string) => steps[name]);
}

/** Extract from File with *Header Row* off, *RAW Data* on and *Range* 0 (n8n 2.41.1, SpreadsheetFile v2). */
function rowsOf(file: Buffer): unknown[][] {
	const { Sheets, SheetNames } = read(file, { raw: true });
	return utils.sheet_to_json<unknown[]>(Sheets[SheetNames[0]!]!, { header: 1, range: 0 });
}

/** What Register would send for a merchant, and what it would refuse. */
function registration({ json }: Item): { sent: IDataObject; refused: string[] } {
	const sent: IDataObject = {};
	const refused: string[] = [];
	for (const { key, check, property } of [...ACCOUNT_FIELDS, ...ADDRESS_FIELDS] as CheckedField[]) {
		const value = check(json[key] ?? property.default, sent);
		if (value instanceof Mistake) refused.push(`'${property.displayName}' ${value.says}`);
		else sent[key] = value;
	}
	return { sent, refused };
}

const meant = (merchant: Merchant): IDataObject => ({
	...merchant,
	phone: merchant.phone!.replace(/(...)(...)(....)/, '$1-$2-$3'),
	agree_to_carrier_terms: true,
	country_code: 'US',
	address_residential_indicator: 'unknown',
});

/** What went wrong for a row, if anything. */
const told = (item: Item) =>
	item.json.error
		? (item.json.error as { errors: Array<{ message: string }> }).errors[0]!.message
		: registration(item).refused.join('; ');

function expectRight(rows: ListRow[], items: Item[]) {
	expect(items.map(({ json }) => json.row)).toEqual(rows.map((_row, index) => index + 2));
	rows.forEach(({ merchant, wrong, cells }, index) => {
		const item = items[index]!;
		expect(item.pairedItem.item).toBe(index + 1);
		const about = JSON.stringify(cells);
		if (wrong) expect([about, told(item)]).toEqual([about, expect.stringMatching(wrong)]);
		else expect([about, told(item), registration(item).sent]).toEqual([about, '', meant(merchant)]);
	});
}

describe('a list with accidents', () => {
	const rows = accidentalRows(ROWS, 'merchant', SEED);

	test('has rows of either kind', () => {
		const wrong = rows.filter((row) => row.wrong).length;
		expect(wrong).toBeGreaterThan(ROWS / 5);
		expect(wrong).toBeLessThan(ROWS / 1.5);
	});

	test.each(SAVED)('saved as %s: each row is right, or told', (_how, file, save) => {
		expectRight(rows, checked(rowsOf(save(rows)), [], undefined, file));
	});
});

const textRows = (text: string) => rowsOf(Buffer.from(text));

const HEAD = 'nickname,email,name';

test('names of columns below a title; the rows count as in the file, blank ones too', () => {
	const text = `Our merchants 2026\n\n${HEAD}\nA,a@example.com,Ann Lee\n\n,,\nB,b@example.com,Bob Ray\n`;
	expect(checked(textRows(text)).map(({ json }) => [json.row, json.nickname])).toEqual([
		[4, 'A'],
		[7, 'B'],
	]);
});

test('first and last name are the name, and no other column is read', () => {
	const text = 'sep=;\nNickname*;Email;First Name;Last name;error;on_behalf_of;sealed_card\nA;a@b.co;Ann;Lee;no;se-1;x\n';
	expect(checked(textRows(text)).map(({ json }) => json)).toEqual([
		expect.objectContaining({ row: 2, nickname: 'A', name: 'Ann Lee', known: {} }),
	]);
});

test('a merchant of the table keeps the spelling of the nickname there', () => {
	const known = [{ nickname: 'Shop A', email: 'A@example.com', phone: '5125550101' }];
	const [item] = checked(textRows(`${HEAD}\nshop  a,a@EXAMPLE.com,Ann Lee\n`), known);
	expect(item!.json).toMatchObject({ nickname: 'Shop A', known: known[0] });
	const [other] = checked(textRows(`${HEAD}\nSHOP A,b@example.com,Bob Ray\n`), known);
	expect(told(other!)).toMatch(/that of a merchant with another email/);
});

test('in an Excel file, n8n gives a formula’s error as an empty cell, and a date as a number', () => {
	const cells = {
		...{ A1: { t: 's', v: 'nickname' }, B1: { t: 's', v: 'name' }, C1: { t: 's', v: 'address2' } },
		...{ A2: { t: 's', v: 'A' }, B2: { t: 'e', v: 42 }, C2: { t: 'n', v: 46093, z: 'd-mmm' } },
		'!ref': 'A1:C2',
	};
	const book = { Sheets: { List: cells }, SheetNames: ['List'] };
	const [item] = checked(rowsOf(write(book as never, { type: 'buffer' }) as Buffer));
	expect(item!.json).toMatchObject({ row: 2, nickname: 'A', address_line2: 46093 });
	expect(item!.json).not.toHaveProperty('name');
});

test.each([
	['a curly apostrophe of Windows-1252', [0x92]],
	['an é of DOS', [0x82]],
	['an ñ of a Mac', [0x96]],
	['an ellipsis', [0x85]],
])('a text file with %s is refused as a whole: its bytes are other letters elsewhere', (_what, bytes) => {
	const [before, behind] = [`${HEAD}\nA,a@example.com,Ann O`, 'Brien\nB,b@example.com,Bob Ray\n'];
	const file = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(behind)]);
	expect(checked(rowsOf(file))[0]!.json.no_list).toMatch(/not in UTF-8/);
});

test('cells of several lines are what they are', () => {
	const address = '4009 Marathon Blvd\nSuite 300, Floor 2';
	const text = `nickname,email,notes,address\nA,a@example.com,"Call first.\nThen, email","${address}"\n`;
	const [item] = checked(textRows(text));
	expect(item!.json).not.toHaveProperty('error');
	expect(item!.json).toMatchObject({ address_line1: address.replace('\n', ' '), unread: '"notes"' });
	const book = utils.book_new(utils.aoa_to_sheet([['nickname', 'email', 'address'], ['A', 'a@b.co', address]]));
	const file = write(book, { type: 'buffer' }) as Buffer;
	const [own] = checked(rowsOf(file), [], undefined, 'list.xlsx');
	expect(own!.json).not.toHaveProperty('error');
});

test.each([',', ';', '\t', '|'])('a quote that ends in another row hides none, with %j', (mark) => {
	const rows = [
		['nickname', 'email', 'name', 'phone'],
		['A', 'a@example.com', '"Ann Lee', '5125550101'],
		['B', 'b@example.com', 'Bob Ray"', '5125550102'],
		['C', 'c@example.com', 'Cy Fox', '5125550103'],
	];
	const items = checked(textRows(rows.map((row) => row.join(mark)).join('\n')));
	expect(items.map((item) => [item.json.nickname, Boolean(item.json.error)])).toEqual([
		['A', true],
		['C', false],
	]);
	expect(told(items[0]!)).toMatch(/so the line below was taken/);
});

test.each(["'47 Brand", '"Shop A"', 'Smith &amp; Sons', '=A2', 'n0"', 12345678901234567890, true])(
	'a nickname that could become another one is refused: %j',
	(nickname) => {
		const items = checked([['nickname', 'email'], [nickname, 'a@example.com']], [], undefined, 'list.xlsx');
		expect(told(items[0]!)).toMatch(/^The nickname /);
	},
);

test.each(['mailto:ann@example.com', 'Ann <ann@example.com>', "'ann@example.com';"])(
	'the email is told from its marks: %s',
	(email) => {
		const known = [{ nickname: 'A', email: 'ann@example.com' }];
		const [item] = checked([['nickname', 'email'], ['A', email]], known);
		expect(item!.json).toMatchObject({ email: 'ann@example.com', known: known[0] });
		expect(item!.json).not.toHaveProperty('error');
	},
);

test.each(['', 'ann@example', '#N/A', 'Total'])('without an email nothing is made for a row: %j', (email) => {
	const [item] = checked([['nickname', 'email'], ['A', email]]);
	expect(told(item!)).toMatch(/^The email is no address/);
});

test('an Excel table that begins further down has its own row numbers', () => {
	const cells = [
		['nickname', 'email'],
		['A', 'a@example.com'],
	];
	const sheet = utils.sheet_add_aoa(utils.aoa_to_sheet([]), cells, { origin: 'B3' });
	const file = write({ Sheets: { List: sheet }, SheetNames: ['List'] }, { type: 'buffer' }) as Buffer;
	expect(checked(rowsOf(file), [], undefined, 'list.xlsx')[0]!.json.row).toBe(4);
});

test('a quotation mark without an end says how many lines are lost in it', () => {
	const text = `${HEAD}\nA,a@example.com,Ann Lee\nB,b@example.com,"Bob Ray\nC,c@example.com,Cy Fox\nD,d@example.com,Di Day\n`;
	const [first, torn] = checked(textRows(text));
	expect(told(torn!)).toMatch(/has no end.*the 2 lines below/);
	expect(first!.json).toMatchObject({ nickname: 'A', name: 'Ann Lee' });
	expect(first!.json).not.toHaveProperty('error');
});

test('for an invitation, nickname and email are enough, and needed', () => {
	const items = checked(textRows('nickname,email\nA,a@example.com\nB,\n'), [], 'An invitation: …');
	expect(items.map(({ json }) => Boolean(json.error))).toEqual([false, true]);
});

test.each([
	['', /^It is empty/],
	['\n\n', /^It is empty/],
	[HEAD, /has no merchants/],
	['Shop,Mail\nA,a@example.com\n', /These were found: "Shop", "Mail"/],
	['nickname,ZIP,Zip code\nA,1,2\n', /Two columns are for "postal_code": "ZIP", "Zip code"/],
])('%j is no list, which is said', (text, why) => {
	const items = checked(textRows(text));
	expect(items).toHaveLength(1);
	expect(items[0]!.json.no_list).toMatch(why);
});

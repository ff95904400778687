import { utils, write } from '@e965/xlsx';
import fc from 'fast-check';

/** A list of merchants as it comes out of a spreadsheet that many hands have been in. */

/** A merchant as the owner means it, by the names of the columns. */
export type Merchant = Record<string, string>;

/** A row of the list, and what has to become of it. */
export interface ListRow {
	cells: string[];
	merchant: Merchant;
	/** What its reason says, if it cannot be registered. */
	wrong?: RegExp;
}

const COLUMNS = {
	nickname: 'Nickname',
	email: 'E-Mail',
	name: 'Full Name',
	phone: 'Phone Number',
	company_name: 'company_name',
	address_line1: 'Address Line 1',
	address_line2: 'address-line2',
	city_locality: 'CITY',
	state_province: ' State ',
	postal_code: 'Zip Code',
	agree_to_carrier_terms: 'Agree to Carrier Terms',
};

type Column = keyof typeof COLUMNS;

const KEYS = Object.keys(COLUMNS) as Column[];

const PEOPLE = ['José Peña', 'Ann Lee', "Renée O'Hara", 'Zoë Müller-Ruiz', 'Iñigo Íñiguez'];
const PLACES = [
	...[
		['Austin', 'TX', '78756'],
		['Boston', 'MA', '02201'],
		['Cañon City', 'CO', '81212'],
	],
	...[
		['San Juan', 'PR', '00901'],
		['Newark', 'NJ', '07102'],
	],
];

/** @param kind - begins each nickname */
function merchantAt(index: number, kind: string): Merchant {
	const [city, state, zip] = PLACES[index % PLACES.length]!;
	return {
		nickname: `${kind}-${index}`,
		email: `${kind}-${index}@example.com`,
		name: PEOPLE[index % PEOPLE.length]!,
		phone: `512555${String(index % 10_000).padStart(4, '0')}`,
		company_name: index % 3 ? 'Café Olé, Inc.' : '',
		address_line1: `${index + 1} Main St`,
		address_line2: index % 4 ? '' : 'Suite 3-12',
		city_locality: city!,
		state_province: state!,
		postal_code: zip!,
		agree_to_carrier_terms: 'yes',
	};
}

/** What is done to a cell: its new text. */
type Change = (text: string, merchant: Merchant) => string;

const always =
	(text: string): Change =>
	() =>
		text;

/** Whatever is meant by it is clear. */
const CLEAR: Array<[Column[], Change]> = [
	[['phone', 'postal_code', 'address_line1'], (text) => `'${text}`],
	[['phone', 'postal_code'], (text) => `="${text}"`],
	[['phone', 'postal_code'], (text) => `${text}.0`],
	[['phone'], (text) => `p:+1${text}`],
	[['phone'], (text) => text.replace(/(...)(...)(....)/, '+1 ($1) $2-$3')],
	[['phone'], (text) => text.replace(/(.)(...)(...)(...)/, '$1,$2,$3,$4')],
	[
		['postal_code'],
		(text, { state_province: state }) =>
			/^0/.test(text) ? text.replace(/^0+/, '') : `${state} ${text}`,
	],
	[['postal_code'], (text) => `${text}-0001`],
	[['state_province'], (text) => `US-${text}`],
	[['state_province'], (text) => `${text}, United States`],
	[['email'], (text) => `<${text}>`],
	[['email'], (text) => `mailto:${text}`],
	[['email'], (text) => `${text};`],
	[['name', 'city_locality', 'email', 'phone'], (text) => `\u00a0${text}  `],
	[['name', 'city_locality'], (text) => `"${text}"`],
	[['name'], (text) => text.replace(' ', '\n')],
	[['name'], (text) => text.replace(' ', '&nbsp;').replace("'", '&#39;')],
	[['company_name'], (text) => text.replace('é', '&#233;')],
	[['agree_to_carrier_terms'], always('TRUE')],
	[['agree_to_carrier_terms'], always('1')],
];

/** Nobody knows what was meant by it. */
const LOST = [
	...['#N/A', '#REF!', '#NAME?', '#¡VALOR!', '########', '=A2', '=VLOOKUP(A2,B:C,2)', 'Err:508'],
	...[
		'1.2E+09',
		'undefined',
		'{{ name }}',
		'[object Object]',
		'Pe?a Jos?e',
		'Jos\\u00e9 P',
		'12-Mar',
	],
];

const FAULTY: Array<[Column[], Change, RegExp]> = [
	...LOST.map((text): [Column[], Change, RegExp] => [
		KEYS.filter((key) => !['nickname', 'agree_to_carrier_terms'].includes(key)),
		always(text),
		/'{label}'/,
	]),
	[['email'], always('ann@example'), /'{label}' must be an email/],
	[['name'], always('Ann'), /'{label}' must be a first and a last name/],
	[['phone'], (text) => text.slice(1), /'{label}' must be a US phone/],
	[['phone'], (text) => `${text} / ${text}`, /'{label}' must be a US phone/],
	[['address_line1'], always('P.O. Box 12'), /'{label}' must not be a PO box/],
	[['state_province'], always('Baja California'), /'{label}' must be a US state/],
	[['postal_code'], always('1'), /'{label}' must have five/],
	[['agree_to_carrier_terms'], always('no'), /'{label}' must be accepted/],
	[
		['name', 'phone', 'address_line1', 'city_locality', 'postal_code'],
		always(''),
		/'{label}'.*empty/,
	],
];

/** How the node calls what the column has. */
const LABELS: Record<Column, string> = {
	nickname: 'Nickname',
	email: 'Email',
	name: 'Name',
	phone: 'Phone',
	company_name: 'Company Name',
	address_line1: 'Address Line 1',
	address_line2: 'Address Line 2',
	city_locality: 'City',
	state_province: 'State',
	postal_code: 'ZIP Code',
	agree_to_carrier_terms: 'Agree to Carrier Terms',
};

const cellsOf = (merchant: Merchant) => KEYS.map((key) => merchant[key]!);

/** The list itself looks at the email: without one, nothing is made for a row. */
const labelled = (reason: RegExp, column: Column) =>
	column === 'email'
		? /The email is no address/
		: new RegExp(reason.source.replace('{label}', LABELS[column]), 's');

/** What happens to a row. */
type Accident = (merchant: Merchant, before: ListRow | undefined) => ListRow;

function changed(merchant: Merchant, column: Column, change: Change, wrong?: RegExp): ListRow {
	const text = change(merchant[column]!, merchant);
	const cells = cellsOf({ ...merchant, [column]: text });
	return { cells, merchant, wrong: wrong && labelled(wrong, column) };
}

const ofColumn = <T extends [Column[], ...unknown[]]>(table: T[]) =>
	fc
		.constantFrom(...table)
		.chain((each) => fc.constantFrom(...each[0]).map((column) => [column, each] as const));

const ACCIDENTS: fc.Arbitrary<Accident> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.constant((merchant: Merchant) => ({ cells: cellsOf(merchant), merchant })),
	},
	{
		weight: 6,
		arbitrary: ofColumn(CLEAR).map(
			([column, [, change]]): Accident =>
				(merchant) =>
					changed(merchant, column, change),
		),
	},
	{
		weight: 5,
		arbitrary: ofColumn(FAULTY).map(
			([column, [, change, wrong]]): Accident =>
				(merchant) =>
					changed(merchant, column, change, wrong),
		),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom<Accident[]>(
			(merchant) => ({ cells: cellsOf(merchant).slice(0, 6), merchant, wrong: /empty/ }),
			(merchant) => ({
				cells: [...cellsOf(merchant).slice(0, 5), 'Floor 1', ...cellsOf(merchant).slice(5)],
				merchant,
				wrong: /more cells than there are columns/,
			}),
			(merchant) => ({
				cells: cellsOf({ ...merchant, nickname: '' }),
				merchant,
				wrong: /nickname is empty/,
			}),
			(merchant, before) => {
				const nickname = before?.cells[0];
				if (before === undefined || !nickname || before.wrong)
					return { cells: cellsOf(merchant), merchant };
				before.wrong = /stands in the list twice/;
				const cells = cellsOf({ ...merchant, nickname: nickname.toUpperCase() });
				return { cells, merchant, wrong: /stands in the list twice/ };
			},
		),
	},
);

/**
 * So many rows, each with an accident or none.
 *
 * @param kind - begins each nickname
 */
export function accidentalRows(count: number, kind: string, seed: number): ListRow[] {
	const rows: ListRow[] = [];
	fc.sample(ACCIDENTS, { seed, numRuns: count }).forEach((accident, index) => {
		rows.push(accident(merchantAt(index, kind), rows.at(-1)));
	});
	return rows;
}

const HEAD = KEYS.map((key) => COLUMNS[key]);

/** Programs quote what would be taken for two cells otherwise. */
const quoted = (cell: string, separator: string) =>
	cell.includes(separator) || /["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const textOf = (rows: ListRow[], separator: string, end: string) =>
	[HEAD, ...rows.map(({ cells }) => cells)]
		.map((cells) => cells.map((cell) => quoted(cell, separator)).join(separator))
		.join(end);

type Save = (rows: ListRow[]) => Buffer;

const excel: Save = (rows) => {
	// What is typed into a cell as digits becomes a number, without its zeros.
	const typed = (cell: string) => (/^\d+$/.test(cell) ? Number(cell) : cell);
	const sheet = utils.aoa_to_sheet([HEAD, ...rows.map(({ cells }) => cells.map(typed))]);
	return write(
		{ Sheets: { Merchants: sheet }, SheetNames: ['Merchants'] },
		{ type: 'buffer' },
	) as Buffer;
};

/** How programs save a list, and the name of the file. */
export const SAVED: Array<[how: string, file: string, save: Save]> = [
	['UTF-8 with commas', 'list.csv', (rows) => Buffer.from(textOf(rows, ',', '\n'))],
	['Excel: CSV UTF-8', 'list.csv', (rows) => Buffer.from(`\ufeff${textOf(rows, ',', '\r\n')}`)],
	['Excel: CSV', 'list.csv', (rows) => Buffer.from(textOf(rows, ',', '\r\n'), 'latin1')],
	['Excel in Europe: CSV', 'list.csv', (rows) => Buffer.from(textOf(rows, ';', '\r\n'), 'latin1')],
	[
		'Excel: Unicode text',
		'list.txt',
		(rows) => Buffer.from(`\ufeff${textOf(rows, '\t', '\r\n')}`, 'utf16le'),
	],
	['Numbers: CSV', 'list.csv', (rows) => Buffer.from(textOf(rows, ';', '\r\n'))],
	['Google Sheets: TSV', 'list.tsv', (rows) => Buffer.from(textOf(rows, '\t', '\r\n'))],
	['LibreOffice: CSV', 'list.csv', (rows) => Buffer.from(`${textOf(rows, ',', '\n')}\n`)],
	['Excel: XLSX', 'list.xlsx', excel],
];

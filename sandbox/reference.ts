import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { CARD_FIELDS } from '../nodes/ShipEngine/input/cardFields';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../nodes/ShipEngine/input/registrationFields';
import { resources } from '../nodes/ShipEngine/resources';
import { register } from '../nodes/ShipEngine/resources/stampsAccount/register';
import type { Operation } from '../nodes/ShipEngine/step/operation';
import { EFFECTS } from '../nodes/ShipEngine/step/effects';
import { schemaOf } from '../nodes/ShipEngine/step/outputSchema';
import { MISTAKES } from '../nodes/ShipEngine/values/mistakes';

/** `npm run reference`: writes docs/reference.md, the fields of every operation, from the node itself. */

/** Where it goes. A test holds it against what the node has. */
export const REFERENCE = path.join(__dirname, '../docs/reference.md');

/** The names of fields, by parameter: in the API's body and in a flat item. */
type Names = Map<string, { api: string; flat: string }>;

const NO_NAMES: Names = new Map();

/** Those of a registration. */
const REGISTRATION: Names = new Map([
	...ACCOUNT_FIELDS.map(({ key, property }) => [property.name, { api: key, flat: key }] as const),
	...ADDRESS_FIELDS.map(
		({ key, property }) => [property.name, { api: `address.${key}`, flat: key }] as const,
	),
	...CARD_FIELDS.map(
		({ key, property }) =>
			[property.name, { api: `credit_card.${key}`, flat: `card_${key}` }] as const,
	),
]);

const code = (text: string) => (text === '' ? '' : `\`${text}\``);

/** A cell of a table: on one line, and no bar in it ends it. */
const cell = (text: string) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

const isChoice = (option: object): option is INodePropertyOptions => 'value' in option;

/** How the hint of a field begins that the chain can fill. */
const EMPTY = 'Empty: ';

/** A default as the panel shows it, or where a field that is left empty takes its value from. */
function defaultOf({ default: given, options = [], hint = '' }: INodeProperties): string {
	if (hint.startsWith(EMPTY)) return hint.slice(EMPTY.length).replace(/'(\w+)'/g, '`$1`');
	const chosen = options.filter(isChoice).find(({ value }) => value === given);
	if (chosen) return `*${chosen.name}*`;
	if (typeof given === 'boolean') return given ? 'on' : 'off';
	return given !== null && typeof given === 'object' ? '' : code(String(given ?? ''));
}

/** What a field takes: its choices, or what its description says. */
function takes({ description = '', options = [], type }: INodeProperties): string {
	const choices = options.filter(isChoice).map(({ name }) => `*${name}*`);
	const kind = { number: 'A number', boolean: 'On or off' }[type as string] ?? '';
	return [choices.join(', ') || kind, description]
		.filter(Boolean)
		.map((part) => part.replace(/\.$/, ''))
		.join('. ');
}

function row(property: INodeProperties, names = NO_NAMES, prefix = ''): string[] {
	const own = names.get(property.name);
	return [
		prefix + property.displayName,
		code(property.name),
		code(own?.api ?? ''),
		code(own?.flat ?? ''),
		defaultOf(property),
		takes(property),
	];
}

/** The rows of a field; those of a collection are the options in it. */
const rowsOf = (property: INodeProperties, names: Names): string[][] =>
	property.type === 'collection'
		? (property.options as INodeProperties[]).map((option) =>
				row(option, NO_NAMES, `${property.displayName} → `),
			)
		: [row(property, names)];

function table(rows: string[][]): string {
	const head = ['on the panel', 'parameter', 'in the API', 'flat, in an item', 'default', 'takes'];
	// A column in which nothing stands is left out.
	const kept = head.map((_name, index) => rows.some((cells) => cells[index] !== ''));
	const line = (cells: string[]) =>
		`| ${cells
			.filter((_cell, index) => kept[index])
			.map(cell)
			.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What comes out of an operation, in one sentence. */
function outputOf({ output }: Operation): string {
	const { properties = {}, required = [] } = schemaOf(output);
	const optional = Object.keys(properties).filter((key) => !required.includes(key));
	const listed = (keys: string[]) => keys.map((key) => `\`${key}\``).join(', ');
	const may = optional.length > 0 ? ` In some outputs also ${listed(optional)}.` : '';
	return `Comes out: ${listed(required)}.${may}`;
}

function sectionOf(resource: string, operation: Operation): string {
	const rows = operation.fields
		.filter(({ type }) => type !== 'notice' && type !== 'hidden')
		.filter(({ displayOptions }) => !displayOptions?.show?.['@tool'])
		.flatMap((field) => rowsOf(field, operation === register ? REGISTRATION : NO_NAMES));
	const { says, isForPeople } = EFFECTS[operation.does];
	return [
		`## ${resource} → ${operation.name}\n`,
		`${operation.description}. **${says}.**${isForPeople ? ' No tool of an AI agent has it.' : ''}\n`,
		`${rows.length > 0 ? table(rows) : 'No fields.'}\n`,
		`${outputOf(operation)}\n`,
	].join('\n');
}

const MISTAKES_TABLE = [
	'| code | the field … |',
	'| --- | --- |',
	...Object.entries(MISTAKES).map(([mistake, says]) => `| \`${mistake}\` | ${cell(says)} |`),
].join('\n');

/** The whole page, as Markdown. */
export const reference = (): string =>
	[
		'# Every field\n',
		'Made from the code by `npm run reference`. What the fields mean together stands in [operations](operations.md). Those of the trigger: [the registration page](registration-page.md). Those of the credentials: [credentials](operations.md#credentials).\n',
		'*Parameter* is the name in a workflow’s JSON. *In the API* and *flat, in an item* are the names that *Map Automatically* finds in an item.\n',
		...resources.flatMap(({ name, operations }) =>
			operations.map((operation) => sectionOf(name, operation)),
		),
		'## What can be wrong with a field\n',
		'`errors[].code` of a failed item, and what its message says of the field. A word in braces stands for what is in question.\n',
		`${MISTAKES_TABLE}\n`,
	].join('\n');

/** @returns 0 once the page is written */
export async function main(): Promise<number> {
	await writeFile(REFERENCE, reference());
	return 0;
}

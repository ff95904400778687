import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { EFFECTS } from '../../../../nodes/ShipEngine/step/effects';
import { MISTAKES } from '../../../../nodes/ShipEngine/values/mistakes';
import { STEPS, credentials, node, trigger } from './panels';

interface Wording {
	path: string;
	labels: string[];
	sentences: string[];
	placeholders: string[];
}

const isOption = (
	each: INodeProperties | INodePropertyOptions | INodePropertyCollection,
): each is INodePropertyOptions => 'value' in each;

const given = (...texts: Array<string | undefined>) => texts.filter((text) => text !== undefined);

/** What is written on a field and on all that is in it. */
function wordingOf(property: INodeProperties, path: string): Wording[] {
	const here = `${path}.${property.name}`;
	const { displayName, description, placeholder, hint, modes = [], options = [] } = property;
	const isNotice = property.type === 'notice';
	return [
		{
			path: here,
			labels: [...(isNotice ? [] : [displayName]), ...modes.map((mode) => mode.displayName)],
			sentences: given(
				...[description, hint, isNotice ? displayName : undefined],
				...modes.map((mode) => mode.hint),
			),
			placeholders: given(placeholder, ...modes.map((mode) => mode.placeholder)),
		},
		...options.flatMap((each) =>
			isOption(each)
				? [
						{
							path: `${here}.${String(each.value)}`,
							labels: [each.name],
							sentences: given(each.description),
							placeholders: [],
						},
					]
				: wordingOf(each as INodeProperties, here),
		),
	];
}

const ofNode = ({ name, displayName, description, properties }: INodeTypeDescription) => [
	{ path: name, labels: [displayName], sentences: [description], placeholders: [] },
	...properties.flatMap((property) => wordingOf(property, name)),
];

/** All that is written on both nodes and on all credentials. */
const ALL = [
	...[node, trigger].flatMap(({ description }) => ofNode(description)),
	...credentials.flatMap(({ name, displayName, properties }) => [
		{ path: name, labels: [displayName], sentences: [], placeholders: [] },
		...properties.flatMap((property) => wordingOf(property, name)),
	]),
].map((wording): [string, Wording] => [wording.path, wording]);

const SMALL = [
	'a',
	'an',
	'and',
	'as',
	'at',
	'by',
	'for',
	'in',
	'is',
	'of',
	'on',
	'or',
	'the',
	'to',
];

test.each(ALL)('%s: labels in Title Case', (_path, { labels }) => {
	for (const label of labels) {
		const [first, ...rest] = label.split(' ');
		expect(first).toMatch(/^[A-Z]/);
		for (const word of rest) expect(word).toMatch(SMALL.includes(word) ? /./ : /^[A-Z(\d]/);
	}
});

/** Words of the design, and turns of phrase that a reader stumbles over. */
const UNUSUAL =
	/\s\s|undefined|\bTODO\b|\bwhoever\b|\bside by side\b|\bin vain\b|\bis told\b|\bcomes? to\b|\b(?:do|does|is|are) so\b/i;

test.each(ALL)('%s: sentences that begin as such, in usual words', (_path, { sentences }) => {
	for (const sentence of sentences) {
		expect(sentence).toMatch(/^[A-Z']/);
		// A single sentence goes without its full stop, as n8n's own do.
		const isSingle = !/[.!?] /.test(sentence);
		expect(/\.$/.test(sentence)).toBe(!isSingle);
		expect(sentence).not.toMatch(UNUSUAL);
	}
});

test.each(ALL)('%s: placeholders are examples or invitations', (_path, { placeholders }) => {
	for (const placeholder of placeholders) {
		expect(placeholder).toMatch(/^(e\.g\. \S|Select an? .*\.\.\.$|Add (option|field)$)/i);
	}
});

test.each(STEPS)('$title: the action in sentence case, naming its resource', (step) => {
	const { action, description } = step.operation;
	expect(action).toMatch(/^[A-Z][a-z]+( [a-z-]+)+$/);
	expect(action).toMatch(new RegExp(`\\b${step.resource.name.toLowerCase()}s?\\b`));
	expect(action).not.toMatch(/\b(a|an|the)\b/);
	expect(description).toMatch(/^[A-Z].*[^.]$/);
	expect(description).not.toMatch(UNUSUAL);
});

test('a switch says whether', () => {
	const switches = node.description.properties.filter(({ type }) => type === 'boolean');
	expect(switches.length).toBeGreaterThan(0);
	for (const { description } of switches) expect(description).toMatch(/^Whether /);
});

test.each(Object.entries(MISTAKES))('%s is the rest of a sentence', (code, says) => {
	expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
	expect(says).toMatch(/^(is|must|has|have|cannot|does)\b.*[^.\s]$/);
	expect(says).not.toMatch(UNUSUAL);
});

test('each mistake says something of its own', () => {
	const all = Object.values(MISTAKES);
	expect(new Set(all).size).toBe(all.length);
});

test.each(Object.entries(EFFECTS))('the effect %s is said in one sentence', (_name, { says }) => {
	expect(says).toMatch(/^[A-Z].*[^.]$/);
});

test('of placeholders for cards, keys or codes none is a real one', () => {
	const all = [node, trigger].map(({ description }) => description.properties);
	expect(JSON.stringify([all, credentials])).not.toMatch(/\d{12}/);
});

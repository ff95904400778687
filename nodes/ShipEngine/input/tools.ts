import type { INodeProperties } from 'n8n-workflow';
import { Failure } from '../failures/failure';
import { Mistake } from '../values/mistakes';
import { nameOf } from './field';
import type { Item } from './item';

/** A parameter that only steps have, and no tool of an agent. */
export const inSteps = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: {
		...property.displayOptions,
		hide: { ...property.displayOptions?.hide, '@tool': [true] },
	},
});

/** A parameter that only tools of an agent have, and no step. */
export const inTools = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: {
		...property.displayOptions,
		show: { ...property.displayOptions?.show, '@tool': [true] },
	},
});

/**
 * The failure of a tool for what a person has to do.
 *
 * @param failed - what does not happen: "The funds were not added"
 */
export function refusedToAgents(failed: string): Failure {
	const because = 'an AI agent may not do this';
	return new Failure({
		message: `${failed}: ${because}`,
		description:
			"Nothing was sent. A person has to approve it: build a workflow with this step behind an approval, and give the agent that workflow as a tool ('Call n8n Workflow').",
		reasons: [{ code: 'not_for_agents', field: null, message: because }],
	});
}

/**
 * What a tool's expressions may ask for: what its schema offers to the model, other steps (`$('…')`), and
 * n8n's own. All other names, as `$json`, `$input` and `$data`, hold whatever else a model says: n8n merges
 * it into the item unasked. (Seen in Agent V3 and 3.1, n8n 2.41.1.)
 */
const ASKABLE = new Set(['$', '$fromAI', '$fromAi', '$fromai', '$vars', '$now']);

const NAMES = /\$[\w$]*|(?<![.\w$])this\b/g;

/** An amount in a description, as `$5`, is no name. */
const isAskable = (name: string) => ASKABLE.has(name) || /^\$\d+$/.test(name);

/** What is code in an expression, as n8n splits it. */
const CODE = /\{\{(.*?)\}\}/gs;

/** Comments and strings of code, from left to right. */
const WORDS =
	/\/\*.*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|\$(?!\{)|[^`\\$])*`/gs;

/**
 * The code of an expression without the words in it: a description may speak of `this`, or of $US. The
 * whole of it, if it cannot be told for certain what is code: a regular expression, an escaped name.
 */
function codeOf(expression: string): string {
	const pieces = [...expression.matchAll(CODE)].map(([, code]) =>
		code!.replace(WORDS, (word) => (word.startsWith('/') ? ' ' : "''")),
	);
	const unclear = /[/\\'"`]/;
	const isClear =
		!/\{\{|\}\}/.test(expression.replace(CODE, '')) &&
		!unclear.test(pieces.join().replaceAll("''", ''));
	return isClear ? pieces.join('\n') : expression;
}

/** A name that is put together: of a step, or of what a model is asked for. */
const COMPUTED = /\$(?:fromAI|fromAi|fromai)?\s*\(\s*(?!''\s*[,)])/;

const OF_ITEM = /\$\(''\)\s*(?:\??\.\s*(?:item|itemMatching|pairedItem)\b|(?:\?\.\s*)?\[)/;

/** A step whose item an expression takes: `$('Register').item`. */
const STEP_ITEM =
	/\$\(\s*(['"`])((?:\\.|(?!\1)[^\\])+)\1\s*\)\s*\??\.\s*(?:item|itemMatching|pairedItem)\b/g;

/** The expressions in a parameter as it is set, in whatever depth. */
function expressionsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.startsWith('=') ? [value] : [];
	if (value === null || typeof value !== 'object') return [];
	return Object.values(value).flatMap(expressionsIn);
}

/** How many items a step put out, the last time that it ran; more than one where nobody can tell. */
function countOf({ context, index }: Item, step: string): number {
	const name = step.replace(/[\\']/g, '\\$&');
	try {
		return Number(context.evaluateExpression(`{{ $('${name}').all().length }}`, index));
	} catch {
		return Infinity;
	}
}

/** What is wrong with an expression of a tool. */
function wrongWith(expression: string, item: Item): Mistake | undefined {
	const code = codeOf(expression);
	const name =
		code.match(NAMES)?.find((each) => !isAskable(each)) ??
		(COMPUTED.exec(code) ?? /\\/.exec(code))?.[0];
	if (name !== undefined) return new Mistake('not_in_tool', { name });
	if (!OF_ITEM.test(code)) return undefined;
	// n8n may give each call the first item, whichever the agent is at. (Seen in Agent V2.2.)
	const steps = [...expression.matchAll(STEP_ITEM)].map(([, , step]) =>
		step!.replace(/\\(.)/g, '$1'),
	);
	const count = code.match(new RegExp(OF_ITEM, 'g'))!.length;
	const isOne = steps.length === count && steps.every((step) => countOf(item, step) === 1);
	return isOne ? undefined : new Mistake('item_of_several');
}

type Named = Pick<INodeProperties, 'displayName' | 'name' | 'noDataExpression'>;

/** What decides on all others: in the editor it takes no expression, in a workflow's file it could. */
const CHOICES: Named[] = [
	{ displayName: 'Resource', name: 'resource', noDataExpression: true },
	{ displayName: 'Operation', name: 'operation', noDataExpression: true },
];

/** Notes what is wrong with the expressions of a tool: what a model says unasked must not count. */
export function checkExpressions(item: Item, properties: INodeProperties[]): void {
	// A tool's own one stands behind that of steps.
	const byName = new Map(
		[...CHOICES, ...properties].map((property): [string, Named] => [property.name, property]),
	);
	for (const property of byName.values()) {
		const expressions = expressionsIn(item.asSet(property.name, ''));
		const isForPeople = property.noDataExpression && expressions.length > 0;
		const wrong = isForPeople
			? new Mistake('not_set_by_person')
			: expressions.map((each) => wrongWith(each, item)).find((mistake) => mistake !== undefined);
		if (wrong) item.checklist.note(nameOf(property), wrong);
	}
}

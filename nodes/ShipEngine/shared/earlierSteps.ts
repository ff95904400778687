import type { IExecuteFunctions } from 'n8n-workflow';
import { Failure } from './failure';
import { isNothing } from './validation';

/** The name as a string of an expression, in which no brace or quote can end it. */
const quoted = (name: string) =>
	`"${name.replace(/[^A-Za-z0-9 ]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

/** The ShipEngine steps before this one, asked for what they put out for the same item. */
export class EarlierSteps {
	private readonly names: string[][];

	constructor(private readonly context: IExecuteFunctions) {
		this.names = this.byDistance();
	}

	/**
	 * The value of the nearest earlier step that knows it, by n8n's item linking. It holds where a
	 * Form, Wait or Set node between the two steps replaced the item.
	 *
	 * @param key - the name of the value in a step's output, such as `carrier_id`
	 * @returns undefined where no earlier step knows it for this item
	 * @throws {@link Failure} where steps equally near know different values
	 */
	find(key: string, itemIndex: number): unknown {
		for (const names of this.names) {
			const known = names
				.map((name) => ({ name, value: this.output(name, key, itemIndex) }))
				.filter(({ value }) => !isNothing(value));
			const others = known.filter(({ value }) => value !== known[0]?.value);
			if (others.length > 0) throw ambiguous(key, [known[0]!.name, others[0]!.name]);
			if (known.length > 0) return known[0]?.value;
		}
		return undefined;
	}

	private output(name: string, key: string, itemIndex: number): unknown {
		try {
			return this.context.evaluateExpression(
				`{{ $(${quoted(name)}).item.json.${key} }}`,
				itemIndex,
			);
		} catch {
			// The step has not run, or nothing links this item to it: it does not know the value.
			return undefined;
		}
	}

	/** The names of the earlier steps of this type: first those one connection back, then two, … */
	private byDistance(): string[][] {
		const self = this.context.getNode();
		const seen = new Set([self.name]);
		const levels: string[][] = [];
		for (let level = [self.name]; level.length > 0; ) {
			const parents = level
				.flatMap((name) => this.context.getParentNodes(name, { depth: 1 }))
				.filter(({ name }) => !seen.has(name) && seen.add(name));
			levels.push(
				parents
					.filter(({ type, disabled }) => type === self.type && !disabled)
					.map(({ name }) => name),
			);
			level = parents.map(({ name }) => name);
		}
		return levels;
	}
}

function ambiguous(key: string, [first, second]: [string, string]): Failure {
	const message = `'${first}' and '${second}' are equally near and gave different values of ${key}`;
	return new Failure({
		message,
		description: `Choose one: set the field by an expression such as {{ $('${first}').item.json.${key} }}.`,
		reasons: [{ code: 'invalid_field_value', field: key, message }],
	});
}

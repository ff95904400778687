import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Failure, type Reason } from '../failures/failure';
import { Mistake } from '../values/mistakes';
import { type Check, EMPTY } from '../values/validation';

/** A field as the API and the panel name it. */
export interface FieldName {
	/** The API's name, such as `address.postal_code`. */
	field: string;
	/** The panel's name, such as "ZIP Code". */
	label: string;
	/** Gives the name that was looked for in the item, where the item has no such field. */
	sought?: () => string | undefined;
}

/** A field of an object in a request's body: what it takes, and how the panel shows it. */
export interface CheckedField {
	/** The API's name, within its object. */
	key: string;
	/** Like a {@link Check}, and given what stands before it in its object, checked. */
	check: (value: unknown, before: IDataObject) => string | boolean | Mistake;
	property: INodeProperties;
}

/** A field with something wrong. */
interface Noted {
	label: string;
	mistake: Mistake;
	reason: Reason;
	/** The name that was looked for in the item, where the item has no such field. */
	sought?: string;
}

/** Labels in a sentence: `'A'`, `'A' and 'B'`, `'A', 'B' and 'C'`. */
const joined = (labels: string[]) =>
	labels
		.map((label) => `'${label}'`)
		.join(', ')
		.replace(/, (?=[^,]*$)/, ' and ');

/** What is wrong in the same way with one field or several. */
const sentence = (noted: Noted[]) =>
	noted.length === 1
		? noted[0]!.reason.message
		: `${joined(noted.map(({ label }) => label))} ${noted[0]!.mistake.says.replace(/^is /, 'are ')}`;

/** Collects all that is wrong with an item, so that the user is told at once and before any request. */
export class Checklist {
	private readonly noted: Noted[] = [];

	/** What is wrong so far, in sentences that name the field. */
	get mistakes(): Reason[] {
		return this.noted.map(({ reason }) => reason);
	}

	/** The value as the API takes it; undefined where it is wrong, which is noted. */
	check<T>(name: FieldName, value: unknown, check: Check<T>): T | undefined {
		const checked = check(value);
		if (!(checked instanceof Mistake)) return checked;
		this.note(name, checked);
		return undefined;
	}

	/**
	 * An object of a request's body, from what was entered for its fields.
	 *
	 * @param path - the object's own name in the body, such as `address.`; '' for the body itself
	 * @param sought - the field name that the item lacks, if the fields are those of an item
	 * @returns the checked values; without those that are empty, and those that are wrong
	 */
	checkObject(
		path: string,
		fields: CheckedField[],
		entered: (field: CheckedField) => unknown,
		sought: (field: CheckedField) => string | undefined = () => undefined,
	): IDataObject {
		const object: IDataObject = {};
		for (const field of fields) {
			const { key, check, property } = field;
			const value = check(entered(field), object);
			if (value instanceof Mistake) {
				const name = { field: path + key, label: property.displayName };
				this.note({ ...name, sought: () => sought(field) }, value);
			} else if (value !== '') object[key] = value;
		}
		return object;
	}

	note(name: FieldName, mistake: Mistake): void {
		const { code, says } = mistake;
		const { field, label } = name;
		const sought = name.sought?.();
		const because = sought === undefined ? '' : `: the item has no field '${sought}'`;
		const reason = { code, field, message: `'${label}' ${says}${because}` };
		this.noted.push({ label, mistake, reason, sought });
	}

	/**
	 * @param failed - what did not happen: "The verification code was not sent"
	 * @throws {@link Failure} with every mistake that was noted, if any
	 */
	refuseIfWrong(failed: string, carrierId?: string): void {
		if (this.noted.length === 0) return;
		const [first, ...others] = this.alike;
		const isOneKind = others.length === 0 && (first!.length === 1 || first![0]!.mistake !== EMPTY);
		const what = isOneKind ? sentence(first!) : `${this.noted.length} fields need to be corrected`;
		throw new Failure({
			message: `${failed}: ${what}`,
			description: [
				...this.lines(),
				'Nothing was sent to the API. Correct the input and run this item again.',
			].join('\n'),
			reasons: this.mistakes,
			carrierId,
		});
	}

	/** What is wrong, a line for each kind of mistake. */
	lines(): string[] {
		return this.alike.flatMap((noted) => {
			if (noted.length === 1 || noted[0]!.mistake !== EMPTY) return [`${sentence(noted)}.`];
			const absent = noted.flatMap(({ sought }) => (sought === undefined ? [] : [`'${sought}'`]));
			return [
				`These are empty: ${noted.map(({ label }) => `'${label}'`).join(', ')}.`,
				...(absent.length > 0 ? [`The item has no field ${absent.join(', ')}.`] : []),
			];
		});
	}

	/** What is wrong, together where the mistake is the same one. */
	private get alike(): Noted[][] {
		return [...new Set(this.noted.map(({ mistake }) => mistake))].map((mistake) =>
			this.noted.filter((each) => each.mistake === mistake),
		);
	}
}

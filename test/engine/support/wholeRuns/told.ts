import type { IDataObject } from 'n8n-workflow';
import type { Call } from './observer';

/** What a step told of one item. */
export type Told =
	| { kind: 'done'; output: IDataObject }
	/** It may or may not have been carried out. */
	| { kind: 'unknown'; error: IDataObject }
	| { kind: 'failed'; error: IDataObject }
	/** The step stopped at another item, and says nothing of this one. */
	| { kind: 'unsaid' };

type Coded = { errors: Array<{ code: string }>; message: string };

/** A failure as data, sorted. */
function failed(error: IDataObject): Told {
	const { errors, message } = error as unknown as Coded;
	const isUnknown = errors.some(({ code }) => code === 'outcome_unknown');
	// Words and code say the same.
	expect([message, /may or may not/.test(message)]).toEqual([message, isUnknown]);
	return { kind: isUnknown ? 'unknown' : 'failed', error };
}

/** The data of the error with which a step stopped. */
interface StopData extends IDataObject {
	done?: Array<IDataObject & { item: number }>;
	unknown?: Array<IDataObject & { item: number }>;
}

function ofStop({ items, error }: Call): Told[] {
	const { itemIndex, data } = error!.context as { itemIndex: number; data: StopData };
	const { done = [], unknown = [], ...own } = data;
	const told = items.map((): Told => ({ kind: 'unsaid' }));
	told[itemIndex] = failed(own);
	for (const { item, ...output } of done) {
		told[item] = { kind: 'done', output };
		// A person reads the words, not the data.
		const id = output.carrier_id ?? output.account_id;
		expect(error!.description).toContain(
			id === undefined ? `item ${item}` : `item ${item} (${String(id)})`,
		);
	}
	for (const { item, ...other } of unknown) {
		told[item] = failed(other);
		expect(error!.description).toContain(`Item ${item}: ${String(other.message)}`);
	}
	return told;
}

/** What a call told of each of its items. */
export const toldOf = (call: Call): Told[] =>
	call.output
		? call.output.map(({ json }) =>
				json.error === undefined
					? { kind: 'done', output: json }
					: failed(json.error as IDataObject),
			)
		: ofStop(call);

export const count = (told: Told[], ...kinds: Array<Told['kind']>) =>
	told.filter(({ kind }) => kinds.includes(kind)).length;

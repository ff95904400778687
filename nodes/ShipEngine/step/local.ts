import type { IDataObject } from 'n8n-workflow';
import type { Fields } from '../input/field';
import { Item } from '../input/item';
import { optionsField } from '../input/options';
import { readFields } from '../input/readFields';
import { refusedToAgents } from '../input/tools';
import { EFFECTS } from './effects';
import type { Operation, Shown } from './operation';
import type { Run } from './run';
import { shownFields } from './shownFields';

interface DeclaredLocal<T> extends Shown, Pick<Operation, 'does' | 'takesFailures'> {
	/** What did not happen if it fails: "The link was not made". */
	failed: string;
	fields: Fields<T>;
	/**
	 * @param found - the output of the earlier step that gave what the item lacked
	 * @returns the output item
	 */
	act(given: T, item: Item, run: Run, found: IDataObject): Promise<IDataObject>;
}

/** An operation that asks nothing of the API: it works with the credential of the card seal alone. */
export function local<T extends object>(declared: DeclaredLocal<T>): Operation {
	const { name, value, action, description, output, does, takesFailures } = declared;
	const { failed, fields, act } = declared;
	const { looksBack = false, isForPeople } = EFFECTS[does];
	const { shown, options } = shownFields(fields, does);
	return {
		...{ name, value, action, description, output, does, takesFailures, makes: [] },
		fields: [
			// Of another operation too, so that n8n shows the credential for both.
			{ displayName: 'Card Source', name: 'cardSource', type: 'hidden', default: 'sealed' },
			...shown,
			...(options.length > 0 ? [optionsField(...options)] : []),
		],
		async prepare(itemIndex, run) {
			const item = new Item(run.context, itemIndex, run.earlierSteps, looksBack);
			if (item.isTool && isForPeople) throw refusedToAgents(failed);
			const { given, found } = await readFields(item, fields);
			item.checklist.refuseIfWrong(failed);
			return async () => await act(given, item, run, found);
		},
	};
}

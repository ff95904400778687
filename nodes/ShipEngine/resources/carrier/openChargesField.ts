import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Verdict } from '../../accounts/openCharges';
import type { OwnField } from '../../input/field';
import { optionNamed } from '../../input/options';
import { Mistake } from '../../values/mistakes';
import { isNothing } from '../../values/validation';

const VERDICTS: Verdict[] = ['charged', 'notCharged'];

/** What a row begins with: it closes nothing. */
const NOT_KNOWN = 'notKnown';

const property: INodeProperties = {
	displayName: 'Open Charges',
	name: 'openCharges',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add field',
	default: {},
	description:
		'What became of charges whose answer was lost, as you saw it in the purchases of the account. Entries may stay here: each closes its own charge only.',
	options: [
		{
			displayName: 'Open Charge',
			name: 'charge',
			values: [
				{
					displayName: 'Open Charge ID',
					name: 'id',
					type: 'string',
					// A person decides, and no item.
					noDataExpression: true,
					default: '',
					placeholder: 'e.g. chg_kvmqwtzbea',
					description: 'As the failed item names it',
				},
				{
					displayName: 'What Happened',
					name: 'verdict',
					type: 'options',
					noDataExpression: true,
					options: [
						{
							name: 'I Do Not Know Yet',
							value: NOT_KNOWN,
							description: 'It stays open: nothing more is charged for its carrier',
						},
						{
							name: 'It Was Charged',
							value: 'charged',
							description: 'It is among the purchases. A retry of its execution counts it as done.',
						},
						{
							name: 'It Was Not Charged',
							value: 'notCharged',
							description: 'It is not there, nor pending. A retry of its execution charges again.',
						},
					],
					default: NOT_KNOWN,
				},
			],
		},
	],
};

const isVerdict = (value: unknown): value is Verdict => VERDICTS.includes(value as Verdict);

/** What a person says of open charges, by their ID. */
export const OPEN_CHARGES: OwnField<Map<string, Verdict>> = {
	isOption: true,
	properties: [property],
	read(item) {
		// As they are set: what an item says closes nothing.
		const set = (item.asSet(property.name, {}, 'options') ?? {}) as IDataObject;
		const rows = Array.isArray(set.charge) ? (set.charge as IDataObject[]) : [];
		const verdicts = new Map<string, Verdict>();
		const isWrong = rows.some(({ id, verdict = NOT_KNOWN }) => {
			if (isNothing(id) || verdict === NOT_KNOWN) return false;
			const name = String(id).trim();
			const isTwice = verdicts.has(name) && verdicts.get(name) !== verdict;
			if (!isVerdict(verdict) || name.startsWith('=') || isTwice) return true;
			verdicts.set(name, verdict);
			return false;
		});
		if (isWrong) item.checklist.note(optionNamed(property), new Mistake('not_open_charges'));
		return verdicts;
	},
};

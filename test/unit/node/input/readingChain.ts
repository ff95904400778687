import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { EarlierSteps } from '../../../../nodes/ShipEngine/input/earlierSteps';
import { readChain } from '../../../../nodes/ShipEngine/input/chainFields';
import type { ChainSource } from '../../../../nodes/ShipEngine/input/field';
import { Item } from '../../../../nodes/ShipEngine/input/item';
import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import { requiredText } from '../../../../nodes/ShipEngine/values/validation';

const field = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

/** A carrier and a phone, which earlier steps provide. */
const OF_STEPS: Record<string, ChainSource<string>> = {
	carrierId: {
		property: { ...field('Carrier', 'carrierId'), type: 'resourceLocator' },
		check: requiredText,
		providedBy: 'Register Stamps Account',
		isId: true,
	},
	phone: {
		property: field('Phone', 'phone'),
		check: requiredText,
		providedBy: 'Register Stamps Account',
	},
};

/** The same and a code, which no step provides. */
export const WITH_CODE: Record<string, ChainSource<string>> = {
	...OF_STEPS,
	verificationCode: {
		property: field('Verification Code', 'verificationCode'),
		check: requiredText,
		providedBy: 'the form',
		isOfItem: true,
		isSecret: true,
	},
};

export const locator = (value: unknown, mode = 'id') => ({ __rl: true, mode, value });

interface Given {
	fields?: Record<string, ChainSource<string>>;
	/** The parameters as they stand in the workflow; those that are not named were left empty. */
	set?: Record<string, unknown>;
	/** What n8n makes of them for the item, if they are expressions. */
	given?: Record<string, unknown>;
	/** The item itself. */
	item?: Record<string, unknown>;
	/** What the earlier steps say. */
	found?: IDataObject | Mistake;
	looksBack?: boolean;
	/** The step of which an expression can be told. */
	nearest?: string;
	isOfTool?: boolean;
}

/** Reads the fields of item 3, and tells what the earlier steps were asked for. */
export function read({
	fields = OF_STEPS,
	set = {},
	given = set,
	item = {},
	found,
	looksBack = true,
	nearest,
	isOfTool = false,
}: Given) {
	const OTHERS = { phone: 'of another item', carrier_id: 'of another item' };
	const empty = (name: string) => (name === 'carrierId' ? locator('', 'list') : '');
	const context = {
		getInputData: () => [OTHERS, OTHERS, OTHERS, item].map((json) => ({ json })),
		getNodeParameter: (name: string, itemIndex: number, _fallback: unknown, raw?: object) => {
			if (raw) return name in set ? set[name] : empty(name);
			return itemIndex === 3 ? (name in given ? given[name] : empty(name)) : 'of another item';
		},
	} as unknown as IExecuteFunctions;
	const find = jest.fn((_needed: unknown, itemIndex: number) => (itemIndex === 3 ? found : OTHERS));
	const earlierSteps = {
		isOfTool,
		find,
		nearest: () => nearest,
		disabled: () => undefined,
	} as unknown as EarlierSteps;
	const read = new Item(context, 3, earlierSteps, looksBack);
	const { values } = readChain(read, fields);
	const { checklist } = read;
	return {
		values,
		secrets: read.secrets,
		mistakes: checklist.mistakes.map(({ message }) => message),
		codes: checklist.mistakes.map(({ code, field }) => [field, code]),
		asked: find.mock.calls.map(([needed]) => needed),
	};
}

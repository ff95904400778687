import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';
import type { EarlierSteps, Found } from '../../../../nodes/ShipEngine/input/earlierSteps';
import {
	FROM_EARLIER_STEP,
	fromItemOrEarlierStep,
	readChain,
} from '../../../../nodes/ShipEngine/input/chainFields';
import type { ChainSource } from '../../../../nodes/ShipEngine/input/field';
import { Item } from '../../../../nodes/ShipEngine/input/item';
import { requiredText } from '../../../../nodes/ShipEngine/values/validation';

export const DEFAULT = fromItemOrEarlierStep('phone');

const PHONE: INodeProperties = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	default: DEFAULT,
};

const CARRIER: INodeProperties = {
	displayName: 'Carrier',
	name: 'carrierId',
	type: 'resourceLocator',
	default: { mode: 'id', value: fromItemOrEarlierStep('carrier_id') },
};

const CODE: INodeProperties = {
	displayName: 'Verification Code',
	name: 'verificationCode',
	type: 'string',
	default: '={{ $json.verification_code }}',
};

/** A carrier and a phone, which earlier steps provide. */
const OF_STEPS: Record<string, ChainSource<string>> = {
	carrierId: {
		property: CARRIER,
		check: requiredText,
		providedBy: 'Register Stamps Account',
		isId: true,
	},
	phone: { property: PHONE, check: requiredText, providedBy: 'Register Stamps Account' },
};

/** The same and a code, which no step provides. */
export const WITH_CODE: Record<string, ChainSource<string>> = {
	...OF_STEPS,
	verificationCode: {
		property: CODE,
		check: requiredText,
		providedBy: 'the form',
		isOfItem: true,
		isSecret: true,
	},
};

export const locator = (value: unknown, mode = 'id') => ({ __rl: true, mode, value });

export const AS_DROPPED = {
	carrierId: locator(fromItemOrEarlierStep('carrier_id')),
	phone: DEFAULT,
	verificationCode: '={{ $json.verification_code }}',
};

interface Given {
	fields?: Record<string, ChainSource<string>>;
	/** The parameters as they stand in the workflow. */
	set?: object;
	/** What n8n makes of them for the item. */
	entered?: Record<string, unknown>;
	/** The item itself. */
	item?: Record<string, unknown>;
	/** What the earlier steps know. */
	found?: Found;
}

/** Reads the fields of item 3, and tells what the earlier steps were asked for. */
export function read({
	fields = OF_STEPS,
	set = AS_DROPPED,
	// As n8n gives it where the item lacks the fields.
	entered = { carrierId: locator(FROM_EARLIER_STEP), phone: FROM_EARLIER_STEP },
	item = {},
	found = { values: {} },
}: Given) {
	const OTHERS = { phone: 'of another item', carrier_id: 'of another item' };
	const context = {
		getInputData: () => [OTHERS, OTHERS, OTHERS, item].map((json) => ({ json })),
		getNodeParameter: (name: string, itemIndex: number, _fallback: unknown, raw?: object) => {
			if (raw) return (set as INodeParameters)[name];
			return itemIndex === 3 ? entered[name] : 'of another item';
		},
	} as unknown as IExecuteFunctions;
	const find = jest.fn((_needed: unknown, itemIndex: number) =>
		itemIndex === 3 ? found : { values: OTHERS },
	);
	const earlierSteps = { find } as unknown as EarlierSteps;
	const read = new Item(context, 3, earlierSteps);
	const values = readChain(read, fields);
	const { checklist } = read;
	return {
		values,
		secrets: read.secrets,
		mistakes: checklist.mistakes.map(({ message }) => message),
		codes: checklist.mistakes.map(({ code, field }) => [field, code]),
		asked: find.mock.calls.map(([needed]) => needed),
	};
}

/** What a step knows. */
export const values = (known: IDataObject): Found => ({ values: known });

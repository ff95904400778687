import { createHash } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import { PHONE, REGISTRANT, inPanel } from '../../sandbox/examples/person';
import { SEAL_SECRET, keyOf as sealKeyOf, now, sealedCard } from '../support/sealing';
import {
	type CardSource,
	FAULTS,
	type Fault,
	type Operation,
	type Row,
	type Step,
	nameOf,
} from './cases';
import { MAX_TRIES, type Way } from './said';

/** The steps of the table as n8n has them, their input items, and the secrets they are trusted with. */

const YEAR = String(new Date().getFullYear() + 1);

export { PHONE };

const ACCOUNT = {
	...REGISTRANT,
	nickname: 'My Stamps.com account',
	phone: PHONE,
};

/** Card networks' published test numbers, another for each place, so that they can be told apart. */
export const CARD_NUMBERS: Record<CardSource, string> = {
	credential: '5555555555554444',
	parameters: '378282246310005',
	item: '6011111111111117',
	sealed: '5105105105105100',
};

const card = (source: CardSource) => ({
	card_name: 'my credit card',
	card_number: CARD_NUMBERS[source],
	card_expiration_year: YEAR,
	card_expiration_month: '07',
});

/** The registration as the API takes it, but for the number and the type of the card. */
export const BODY = {
	nickname: ACCOUNT.nickname,
	email: ACCOUNT.email,
	agree_to_carrier_terms: true,
	address: {
		name: ACCOUNT.name,
		phone: '512-485-4282',
		address_line1: ACCOUNT.address_line1,
		city_locality: ACCOUNT.city_locality,
		state_province: ACCOUNT.state_province,
		postal_code: ACCOUNT.postal_code,
		country_code: 'US',
		address_residential_indicator: 'unknown',
	},
	credit_card: { name: 'my credit card', expiration_year: YEAR, expiration_month: '07' },
};

/** What the credential of the card seal holds. */
export const SEAL_CREDENTIAL: Record<string, string> = { secret: SEAL_SECRET };

const SEALED = {
	name: 'my credit card',
	number: CARD_NUMBERS.sealed,
	type: 'MasterCard',
	expiration_year: YEAR,
	expiration_month: '07',
};

/** The login of a step that connects an account. */
export const loginOf = (step: Step) => ({
	username: 'austin-store',
	password: `login-${digest(`login ${nameOf(step)}`)
		.toString('hex')
		.slice(0, 24)}`,
});

/** What the card credential holds. */
export const CARD_CREDENTIAL: Record<string, string> = {
	...inPanel(card('credential')),
	cardType: 'detect',
};

/** An operation as n8n has it, and what of it has to be set. */
export const NODE_OPERATIONS: Record<Operation, IDataObject> = {
	register: { resource: 'stampsAccount', operation: 'register' },
	send: { resource: 'stampsAccount', operation: 'sendVerification' },
	confirm: { resource: 'stampsAccount', operation: 'confirmVerification' },
	createSubAccount: { resource: 'subAccount', operation: 'create' },
	addFunds: {
		resource: 'carrier',
		operation: 'addFunds',
		amount: 10,
		maximumAmount: 10,
		confirmLiveCharge: true,
	},
	connect: { resource: 'carrier', operation: 'connectExisting' },
	disconnect: { resource: 'carrier', operation: 'disconnect' },
};

function registration(source: CardSource): IDataObject {
	switch (source) {
		case 'sealed':
			return { cardSource: 'sealed', ...inPanel<unknown>(ACCOUNT) };
		case 'item':
			return { dataMode: 'autoMapInputData', cardSource: 'parameters' };
		case 'parameters':
			return { cardSource: 'parameters', ...inPanel<unknown>({ ...ACCOUNT, ...card(source) }) };
		case 'credential':
			return { cardSource: 'credential', ...inPanel<unknown>(ACCOUNT) };
	}
}

/** The step's parameters; what a fault asks of the options comes with the item. */
export function parametersOf({ operation, card: source, returnsExisting }: Step): IDataObject {
	return {
		...NODE_OPERATIONS[operation],
		...(source && registration(source)),
		...(source && { ifNicknameExists: returnsExisting ? 'returnExisting' : 'registerAnother' }),
		options: { timeout: '={{ $json.timeout }}', maxWait: '={{ $json.max_wait }}' },
	};
}

const SETTINGS: Record<Way, Partial<INode>> = {
	stop: {},
	continue: { onError: 'continueRegularOutput' },
	branch: { onError: 'continueErrorOutput' },
	retry: { retryOnFail: true, maxTries: MAX_TRIES, waitBetweenTries: 1 },
};

/** The step's settings: how it goes on after a failure. */
export const settingsOf = ({ way }: Step): Partial<INode> => SETTINGS[way];

/** The item that the step gets, without what only an earlier step can know. */
export async function itemOf(
	step: Step,
	{ timeout = 60, maxWait = 60 }: Fault,
): Promise<IDataObject> {
	const item = { timeout, max_wait: maxWait };
	const { nickname } = ACCOUNT;
	if (step.operation !== 'register') {
		return { ...item, phone: PHONE, nickname, external_account_id: 'merchant-0001' };
	}
	if (step.card === 'sealed') {
		const { publicJwk } = sealKeyOf(SEAL_SECRET);
		const person = { email: ACCOUNT.email, phone: ACCOUNT.phone };
		const sealing = { card: SEALED, person, iat: now() };
		return { ...item, sealed_card: await sealedCard(publicJwk, sealing) };
	}
	return step.card === 'item' ? { ...item, ...ACCOUNT, ...card('item') } : item;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** What the API keys of a step begin with: in no name, and like nothing else. */
export const keyOf = (step: Step): string =>
	`key-${digest(nameOf(step)).toString('hex').slice(0, 24)}`;

/** The API key of one row: what another row of the step sends late has another one. */
export const keyOfRow = ({ fault, step }: Row): string => `${keyOf(step)}-${FAULTS.indexOf(fault)}`;

/** A code for one run of a step: ten digits, as many as the node takes, so that no other number is it. */
export const codeOf = (step: Step, { name }: Fault): string =>
	String(digest(`${nameOf(step)} ${name}`).readBigUInt64BE()).slice(0, 10);

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { DECLINED_CARD } from '../../../../sandbox/api';
import { DOCUMENTED_BODY } from '../fixtures';

export const POLICIES = ['fail', 'returnExisting', 'registerAnother'] as const;
export type Policy = (typeof POLICIES)[number];

/** What makes an item one that the node must not send. */
export const FLAWS: Record<string, (card: string) => IDataObject> = {
	'no nickname': () => ({ nickname: ' ' }),
	'terms not accepted': () => ({ agree_to_carrier_terms: false }),
	'no such state': () => ({ state_province: 'XX' }),
	'post box': () => ({ address_line1: 'PO Box 12' }),
	'expired card': () => ({ card_expiration_year: '2020' }),
	'card as phone': (card) => ({ phone: card }),
	'card as ZIP': (card) => ({ postal_code: card }),
	'card as email': (card) => ({ email: card }),
	'card as month': (card) => ({ card_expiration_month: card }),
	'sub-account of another form': (card) => ({ sub: `x ${card}` }),
	'two at once': (card) => ({ phone: card, card_number: '' }),
};

/** What makes an item one that the API refuses. */
const REFUSED: Record<string, IDataObject> = {
	'card declined': { card_number: DECLINED_CARD },
	'card type of another spelling': { card_type: 'Amex' },
};

/** A registration that an item asks for. */
export interface Shop {
	/** One of a few names, or none for one that no other item has. */
	name?: number;
	spelling: number;
	owner: number;
	sub: number;
	policy: Policy;
	/** What is wrong with it, if anything. */
	condition: string;
}

const NAMES = ['One', 'Café Ünit', 'Shop 3'];

/** The same name in other spellings. */
const SPELLINGS: Array<(name: string) => string> = [
	(name) => name,
	(name) => name.toUpperCase(),
	(name) => ` ${name.replaceAll(' ', '\u00a0 ')}  `,
	(name) => name.normalize('NFD'),
	(name) => `${name}\u200b`,
];

export const nicknameOf = ({ name, spelling }: { name: number; spelling: number }) =>
	SPELLINGS[spelling]!(NAMES[name]!);

/** A nickname as people see it; the same idea as the node's, in other words. */
export const seen = (nickname: string) =>
	nickname
		.normalize('NFC')
		.replaceAll('\u200b', '')
		.split(/[\s\u00a0]+/)
		.filter(Boolean)
		.join(' ')
		.toLocaleLowerCase('en');

export const name = fc.nat(NAMES.length - 1);
export const spelling = fc.oneof(fc.constant(0), fc.nat(SPELLINGS.length - 1));

export const shop: fc.Arbitrary<Shop> = fc.record({
	name: fc.oneof(name, fc.constant(undefined)),
	spelling,
	owner: fc.nat(1),
	sub: fc.nat(1),
	policy: fc.constantFrom(...POLICIES),
	condition: fc.oneof(
		{ weight: 16, arbitrary: fc.constant('good') },
		{ weight: 2, arbitrary: fc.constantFrom(...Object.keys(REFUSED)) },
		{ weight: 1, arbitrary: fc.constantFrom(...Object.keys(FLAWS)) },
		{ weight: 1, arbitrary: fc.constant('card in the nickname') },
	),
});

/** Whether the node must not send it. */
export const isFlawed = (
	{ condition }: Shop,
	{ hasSubs, hasCards }: { hasSubs: boolean; hasCards: boolean },
) =>
	condition in FLAWS &&
	(hasSubs || condition !== 'sub-account of another form') &&
	(hasCards || !['expired card', 'card as month'].includes(condition));

/** A Visa number of its own for each item, by ISO/IEC 7812-1. */
export function cardOf(tag: string): string {
	const body = `4${Buffer.from(tag).toString('hex').slice(0, 14).padEnd(14, '7').replace(/\D/g, '3')}`;
	const sum = [...body]
		.reverse()
		.map((digit, place) => Number(digit) * (place % 2 ? 1 : 2))
		.reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
	return `${body}${(10 - (sum % 10)) % 10}`;
}

/** The item as a form gives it. Its company's name, its tag, tells it from every other. */
export function itemOf({ condition, ...given }: Shop, tag: string): IDataObject {
	const card = cardOf(tag);
	const { address, credit_card } = DOCUMENTED_BODY;
	const own = { name: given.name ?? 0, spelling: given.spelling };
	return {
		nickname: given.name === undefined ? `Own ${tag}` : nicknameOf(own),
		email: `owner${given.owner}@example.com`,
		agree_to_carrier_terms: true,
		...address,
		phone: `512-485-428${given.owner}`,
		company_name: tag,
		card_name: credit_card.name,
		card_number: card,
		card_expiration_year: credit_card.expiration_year,
		card_expiration_month: credit_card.expiration_month,
		policy: given.policy,
		sub: `se-${given.sub}`,
		...REFUSED[condition],
		...FLAWS[condition]?.(card),
		...(condition === 'card in the nickname' && { nickname: `Shop ${card}` }),
	};
}

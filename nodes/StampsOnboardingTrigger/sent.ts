import type { IDataObject } from 'n8n-workflow';
import { PAGE_ACCOUNT, PAGE_ADDRESS } from './pageFields';
import { tooLarge, unknownShape } from './refusals';

/** In characters; a registration with the longest fields has half of them. */
const LARGEST = 32_768;

const KNOWN = new Set([...PAGE_ACCOUNT, ...PAGE_ADDRESS].map(({ key }) => key));

/** What was entered, by the API's names. */
export type Entered = Record<string, string | boolean>;

/** What a page sends, beside its pass. */
export type Sent = { pass: string } & (
	| { kind: 'renewal' }
	/** `lastRefusal` shows that what the page sent before opened no account. */
	| { kind: 'registration'; fields: Entered; sealedCard?: string; lastRefusal?: string }
	| { kind: 'code'; link: string; code: string }
	/** With a phone where the one before was wrong. */
	| { kind: 'newCode'; link: string; phone?: string }
);

function parsed(body: string): unknown {
	if (body.length > LARGEST) throw tooLarge();
	try {
		return JSON.parse(body);
	} catch {
		throw unknownShape();
	}
}

/** @throws Refusal unless each of them is a text, or missing */
function optionalTexts<T extends Record<string, unknown>>(values: T) {
	for (const value of Object.values(values)) {
		if (value !== undefined && typeof value !== 'string') throw unknownShape();
	}
	return values as { [Name in keyof T]: string | undefined };
}

/** What belongs to a link; nothing else may stand beside it. */
function ofLink(pass: string, link: string, others: IDataObject): Sent {
	const { verification_code, new_code, phone, ...unknown } = others;
	const { code, newPhone } = optionalTexts({ code: verification_code, newPhone: phone });
	const isCode = code !== undefined && new_code === undefined && newPhone === undefined;
	const isNewCode = code === undefined && new_code === true;
	if (Object.keys(unknown).length > 0 || isCode === isNewCode) throw unknownShape();
	return isCode
		? { pass, kind: 'code', link, code }
		: { pass, kind: 'newCode', link, phone: newPhone };
}

function fieldsIn(others: IDataObject): Entered {
	const fields: Entered = {};
	for (const [key, entered] of Object.entries(others)) {
		if (!KNOWN.has(key)) throw unknownShape();
		if (typeof entered !== 'string' && typeof entered !== 'boolean') throw unknownShape();
		fields[key] = entered;
	}
	return fields;
}

/**
 * @param body - of the request: the page sends JSON as plain text, so that no browser asks n8n first
 * @throws Refusal unless it is of one of the page's forms, and holds nothing else
 */
export function readSent(body: unknown): Sent {
	if (typeof body !== 'string') throw unknownShape();
	const value = parsed(body);
	if (value === null || typeof value !== 'object' || Array.isArray(value)) throw unknownShape();
	const { pass, link, sealed_card, last_refusal, ...others } = value as IDataObject;
	if (typeof pass !== 'string') throw unknownShape();
	const texts = optionalTexts({ link, sealedCard: sealed_card, lastRefusal: last_refusal });
	const { sealedCard, lastRefusal } = texts;
	const isBare = sealedCard === undefined && lastRefusal === undefined;
	if (texts.link !== undefined) {
		if (!isBare) throw unknownShape();
		return ofLink(pass, texts.link, others);
	}
	const fields = fieldsIn(others);
	return isBare && Object.keys(fields).length === 0
		? { pass, kind: 'renewal' }
		: { pass, kind: 'registration', fields, sealedCard, lastRefusal };
}

import { type CodeLink, openLink } from '../ShipEngine/onboarding/codeLink';
import { NEWEST_TEXT } from '../ShipEngine/onboarding/remembered';
import { verificationCode } from '../ShipEngine/values/identifiers';
import { fingerprint } from '../ShipEngine/values/fingerprint';
import { Mistake } from '../ShipEngine/values/mistakes';
import {
	type TextMessage,
	countChange,
	countText,
	countTry,
	isChangedOut,
	isTriedOut,
	waitOfText,
} from './limits';
import { pagePhone } from './pageFields';
import type { Pass } from './pass';
import {
	Refusal,
	codesTriedOut,
	linkExpired,
	linkNotValid,
	noCodeYet,
	phoneNotChanged,
	tooMany,
} from './refusals';
import type { Sent } from './sent';
import type { Setup } from './settings';

/** What a step needs of a link's account. */
const accountOf = ({ carrierId, onBehalfOf, email }: CodeLink) => ({
	carrier_id: carrierId,
	...(onBehalfOf !== undefined && { on_behalf_of: onBehalfOf }),
	...(email !== undefined && { email }),
});

/**
 * The account of a link, with the newest text message that this process knows of.
 *
 * @param pass - of the page that has sent it; undefined for whoever opens the link
 * @returns a text for the page where the link is not one of it, or its time is over
 */
export function accountIn(
	token: string,
	{ keys, path }: Pick<Setup, 'keys' | 'path'>,
	now: number,
	pass?: Pass,
): CodeLink | 'reasonLink' | 'reasonLinkOver' {
	const found = openLink(
		token,
		keys.map(({ link }) => link),
		path,
	);
	if (!found) return 'reasonLink';
	if (found.end < now) return 'reasonLinkOver';
	const newest = NEWEST_TEXT.of(found.carrierId);
	// Whoever was texted by mistake, before the phone was corrected, has a link too. The page that has
	// corrected it may lack the answer.
	const isOther = newest && newest.phone !== found.phone;
	if (isOther && (pass === undefined || found.openedBy !== pass.id)) return 'reasonLink';
	const verificationId = newest?.verificationId ?? found.verificationId;
	return { ...found, phone: newest?.phone ?? found.phone, verificationId };
}

/** @throws Refusal where there is none */
function linkIn(token: string, setup: Setup, pass: Pass, now: number): CodeLink {
	const account = accountIn(token, setup, now, pass);
	if (account === 'reasonLink') throw linkNotValid();
	if (account === 'reasonLinkOver') throw linkExpired();
	return account;
}

/** @throws Refusal with what is wrong with it */
function checked<T>(value: T | Mistake, field: string, label: string): T {
	if (!(value instanceof Mistake)) return value;
	const { code, says } = value;
	throw new Refusal(400, [{ code, field, message: `${label} ${says}` }]);
}

/** A code to confirm. Whether it is right costs one of the few tries that there are. */
export function takeCode(
	sent: Extract<Sent, { kind: 'code' }>,
	setup: Setup,
	pass: Pass,
	now: number,
) {
	const link = linkIn(sent.link, setup, pass, now);
	const { verificationId: verification } = link;
	if (verification === undefined) throw noCodeYet();
	const code = checked(verificationCode(sent.code), 'verification_code', 'The code');
	// Others, whose tries may be a stranger's, take none of those of the page that has opened the account.
	const of = link.openedBy === pass.id ? `${verification} ${pass.id}` : verification;
	const attempt = { of, code: fingerprint(code) };
	if (isTriedOut(attempt, now)) throw codesTriedOut();
	countTry(attempt, now);
	return {
		...accountOf(link),
		phone: link.phone,
		verification_id: verification,
		verification_code: code,
	};
}

/** Another text message, to the phone of the link, or to another one where that was wrong. */
export function takeNewCode(
	sent: Extract<Sent, { kind: 'newCode' }>,
	setup: Setup,
	pass: Pass,
	now: number,
) {
	const link = linkIn(sent.link, setup, pass, now);
	const entered = sent.phone === undefined ? link.phone : pagePhone(sent.phone);
	const phone = checked(entered, 'new_phone', 'The phone number');
	const isChange = phone !== link.phone;
	// Of an account that was there before, nobody but its owner says which phone it has.
	if (isChange && (link.openedBy !== pass.id || isChangedOut(pass.id, phone, now)))
		throw phoneNotChanged();
	const text: TextMessage = { pass: pass.id, carrier: link.carrierId, phone };
	const wait = waitOfText(text, now);
	if (wait > 0) throw tooMany(wait);
	countText(text, now);
	if (isChange) countChange(pass.id, phone, now);
	return {
		...accountOf(link),
		phone,
		account_opened_by: link.openedBy ?? '',
		link_expires_at: new Date(link.end * 1000).toISOString(),
	};
}

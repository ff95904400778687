import { isRefusalOf } from '../ShipEngine/onboarding/refusedSend';
import { A_WEEK, Remembered } from '../ShipEngine/onboarding/remembered';
import { nicknameOf } from './pageFields';
import type { Pass } from './pass';
import type { Setup } from './settings';

/** What a page has sent that may have opened an account. */
interface OpenSend {
	nickname: string;
	email: string;
	received_at: string;
}

/** By the page's pass: an answer may be missing. */
const OPEN_SENDS = new Remembered<OpenSend>();

/** The nickname of an account whose phone was corrected, by that of its person now. */
const CORRECTED = new Remembered<string>(A_WEEK);

/** The nickname of a person: so Register finds the account of an earlier registration. */
export function knownNickname(email: string, phone: string): string {
	const nickname = nicknameOf(email, phone);
	return CORRECTED.of(nickname) ?? nickname;
}

/** Notes that the page has corrected the phone of the account that it has opened. */
export function noteCorrection(passId: string, phone: string): void {
	const open = OPEN_SENDS.of(passId);
	if (open) CORRECTED.note(nicknameOf(open.email, phone), open.nickname);
}

/** Notes what was sent first, until it is shown that it opened no account. */
export function noteSend(passId: string, send: OpenSend, open?: OpenSend): void {
	OPEN_SENDS.note(passId, open ?? send);
}

/** What an earlier send of the page was for, unless it is shown that it opened no account. */
export function openSendOf(
	pass: Pass,
	lastRefusal: string | undefined,
	{ keys, path }: Setup,
): OpenSend | undefined {
	const open = OPEN_SENDS.of(pass.id);
	if (!open || lastRefusal === undefined) return open;
	const send = { page_path: path, page_pass: pass.id, received_at: open.received_at };
	const links = keys.map(({ link }) => link);
	return isRefusalOf(lastRefusal, send, links) ? undefined : open;
}

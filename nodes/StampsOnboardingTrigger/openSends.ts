import { isRefusalOf } from '../ShipEngine/onboarding/refusedSend';
import { Remembered } from '../ShipEngine/onboarding/remembered';
import type { Pass } from './pass';
import type { Setup } from './settings';

/** What a page has sent that may have opened an account. */
interface OpenSend {
	nickname: string;
	received_at: string;
}

/** By the page's pass: an answer may be missing. */
const OPEN_SENDS = new Remembered<OpenSend>();

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

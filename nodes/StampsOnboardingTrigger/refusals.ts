import type { Reason } from '../ShipEngine/failures/failure';

/** An answer to what the page has sent, where no run starts. Nothing of the request is repeated in it. */
export class Refusal extends Error {
	constructor(
		/** Of HTTP. */
		readonly status: number,
		/** What is wrong: of fields in detail, of all else shortly. */
		readonly reasons: Reason[],
		/** In how many seconds it may be sent again. */
		readonly retryAfter?: number,
	) {
		super('The registration was not accepted');
	}
}

const shortly = (status: number, code: string, message: string, retryAfter?: number) =>
	new Refusal(status, [{ code, field: null, message }], retryAfter);

/** One answer for whatever the page itself does not send: nobody learns from it how to make a better one. */
export const unknownShape = () =>
	shortly(400, 'invalid_request', 'The request was not sent by this page. Load the page again');

export const tooLarge = () =>
	shortly(413, 'request_too_large', 'The request is too large. Load the page again');

/** @param isRenewable - whether the page can get another pass by itself */
export const passNotValid = (isRenewable: boolean) =>
	isRenewable
		? shortly(401, 'pass_expired', 'The page was open for too long')
		: shortly(401, 'pass_not_valid', 'Load the page again, then send it from there');

/** No page is anywhere but at its own address: a guard in front knows just that one. */
export const notHere = () => shortly(404, 'not_here', 'There is no page at this address');

export const tooMany = (seconds: number) =>
	shortly(429, 'too_many_requests', 'Too many were sent. Wait, then send it again', seconds);

/** The page sends it again as it was: then it is found out what became of it. */
export const earlierSendOpen = () =>
	shortly(409, 'earlier_send_open', 'What was sent before, for another person, is still open');

export const linkNotValid = () =>
	shortly(400, 'link_not_valid', 'This link is not valid. Ask whoever sent it to you');

export const linkExpired = () =>
	shortly(400, 'link_expired', 'The time of this link is over. Ask for a new one');

/** Which one it is for is not said: who was forwarded the invitation may not know it. */
export const notInvited = () =>
	new Refusal(400, [
		{
			code: 'not_invited',
			field: 'email',
			message: 'The invitation is for another email address',
		},
	]);

export const noCodeYet = () =>
	shortly(400, 'no_code_yet', 'No code was sent yet. Ask for a text message first');

export const codesTriedOut = () =>
	shortly(400, 'codes_tried_out', 'Too many codes were tried. Ask for a new text message');

export const phoneNotChanged = () =>
	shortly(400, 'phone_not_changed', 'The phone number cannot be changed here. Ask us');

/** The browser itself may have sent it twice, and the first is perhaps under way. */
export const sentBefore = () =>
	shortly(409, 'outcome_unknown', 'It was sent before. What became of it is not known here');

export const notReady = () =>
	shortly(503, 'page_not_ready', 'The page is not ready. Try again later');

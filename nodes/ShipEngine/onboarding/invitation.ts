import { type KeyObject, createHash } from 'crypto';
import { opened, sealed } from '../seal/box';
import { asSeen, bareId } from '../values/names';

/** Whom the owner of a page invites to open an account. */
export interface Invitation {
	/** Until when it is valid, in seconds since 1970. */
	end: number;
	/** The account's nickname. */
	nickname: string;
	/** In lower case: only who enters the same can use it. */
	email: string;
	/** What the page has filled in. */
	name?: string;
	company?: string;
	/** The sub-account in which the account is opened, if any. */
	onBehalfOf?: string;
}

/** An invitation is for one page: by its path. */
const boundTo = (path: string) => JSON.stringify(['invitation', path]);

/**
 * The token of an invitation.
 *
 * @param path - of the page, as the trigger has it
 */
export const sealInvitation = (invitation: Invitation, key: KeyObject, path: string) =>
	sealed(JSON.stringify(invitation), key, boundTo(path));

/** What {@link sealInvitation} has sealed for the page, also if its time is over; undefined for all else. */
export function openInvitation(
	token: string,
	keys: KeyObject[],
	path: string,
): Invitation | undefined {
	for (const key of keys) {
		const json = opened(token, key, boundTo(path));
		if (json) return JSON.parse(json.toString()) as Invitation;
	}
	return undefined;
}

/**
 * The ID of an invitation. Another one of the same person has the same: so a second device, or a second
 * invitation, goes on with what the first has begun.
 */
export const invitationId = ({ nickname, email, onBehalfOf = '' }: Invitation) =>
	createHash('sha256')
		.update(JSON.stringify([asSeen(nickname), email, bareId(onBehalfOf)]))
		.digest('base64url');

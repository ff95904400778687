import type { KeyObject } from 'crypto';
import { opened, sealed } from '../seal/box';

/** What a person's next step at the page needs, so that nothing has to be kept for it. */
export interface CodeLink {
	/** Until when it is valid, in seconds since 1970. */
	end: number;
	carrierId: string;
	/** Ten digits. */
	phone: string;
	/** Undefined where no text message was sent yet. */
	verificationId?: string;
	/** The sub-account whose carrier it is, if any. */
	onBehalfOf?: string;
	/** The ID of the pass whose page opened the account: undefined where it was there before, or made elsewhere. */
	openedBy?: string;
	/** Of the person, as the page or the owner's list has it: a row of a list is found by it. */
	email?: string;
}

/** The first byte: links that another version of the node has made are not read. */
const VERSION = 1;

const END_BYTES = 4;

/** In their order. Each stands behind its length, in one byte. */
const TEXTS = ['carrierId', 'phone', 'verificationId', 'onBehalfOf', 'openedBy', 'email'] as const;

function packed(link: CodeLink): Buffer {
	const head = Buffer.alloc(1 + END_BYTES);
	head.writeUInt8(VERSION);
	head.writeUInt32BE(link.end, 1);
	const texts = TEXTS.flatMap((name) => {
		const text = Buffer.from(link[name] ?? '');
		return [Buffer.from([text.length]), text];
	});
	return Buffer.concat([head, ...texts]);
}

function unpacked(bytes: Buffer): CodeLink | undefined {
	if (bytes[0] !== VERSION) return undefined;
	const link: CodeLink = { end: bytes.readUInt32BE(1), carrierId: '', phone: '' };
	let place = 1 + END_BYTES;
	for (const name of TEXTS) {
		const from = place + 1;
		place = from + bytes.readUInt8(place);
		const text = bytes.toString('utf8', from, place);
		if (text !== '') link[name] = text;
	}
	return link;
}

/** A link is for one page: by its path. */
const boundTo = (path: string) => JSON.stringify(['code', path]);

/**
 * The token of a link to the page where a code is entered. Whoever has it can go on with the account.
 *
 * @param path - of the page, as the trigger has it
 */
export const sealLink = (link: CodeLink, key: KeyObject, path: string) =>
	sealed(packed(link), key, boundTo(path));

/** What {@link sealLink} has sealed for the page, also if its time is over; undefined for all else. */
export function openLink(token: string, keys: KeyObject[], path: string): CodeLink | undefined {
	for (const key of keys) {
		const bytes = opened(token, key, boundTo(path));
		if (bytes) return unpacked(bytes);
	}
	return undefined;
}

/** The whole address of a link, or of an invitation. */
export function addressOf(
	token: string,
	pageUrl: string,
	kind: 'link' | 'invitation' = 'link',
): string {
	const url = new URL(pageUrl);
	url.searchParams.set(kind, token);
	return url.href;
}

import { Tally } from './tally';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Each registration may text its phone, whether it opens an account or not: one that exists is texted
 * again, whatever the card. So these are limits of text messages too.
 */
const OF_PHONE = new Tally({
	most: 5,
	within: DAY,
	pauses: [MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE],
});

/** Longer than any pass lives. Of an invitation, all its passes together. */
const OF_SENDER = new Tally({ most: 5, within: 2 * DAY });

/** A day's text messages of one page, and to one account: what a phone gets is limited besides. */
const TEXTS_OF_PASS = new Tally({ most: 10, within: DAY });
const TEXTS_OF_CARRIER = new Tally({ most: 10, within: DAY });

/** A code has six digits: so many tries find none, nor do twice as many. */
const TRIES = new Tally({ most: 5, within: 2 * DAY });

/** The same code once more, soon, is no other try. */
const SENT_CODES = new Tally({ most: 2, within: MINUTE });

/** How often a page may say that the phone was another one; the same one again is no further change. */
const CHANGES_OF_PASS = new Tally({ most: 2, within: 2 * DAY });

const PHONES_OF_PASS = new Tally({ most: 1, within: 2 * DAY });

/** How many is the owner's word. */
const OF_PAGE = new Tally({ most: Infinity, within: HOUR });

/** So much of what a page takes may come from one address. */
const SHARE_OF_ADDRESS = 1 / 3;

const OF_ADDRESS = new Tally({ most: Infinity, within: HOUR });

/** What is refused costs nothing but time: far more than a person can send. */
const REFUSED_OF_PASS = new Tally({ most: 100, within: HOUR });

/** Those who have no pass share this: they cannot shut the page for those who have one. */
const REFUSED_OF_STRANGERS = new Tally({ most: 600, within: MINUTE });

/** A registration, as far as limits are about it. */
export interface Applicant {
	/** The ID of its pass. */
	pass: string;
	/** The same, or that of the invitation with which the page was opened. */
	sender: string;
	/** Ten digits; undefined where what was sent is none. */
	phone?: string;
	/** Where anyone may send, without an invitation: the page and how many it takes in an hour, and whose address it is, if known. */
	stranger?: { page: string; mostAnHour: number; address?: string };
}

/** How many seconds have to pass until a page, or whoever was invited, may send once more; 0 for none. */
export const waitOfSender = ({ sender }: Applicant, now: number) => OF_SENDER.waitOf(sender, now);

/** How many seconds an applicant has to wait; 0 for none. */
export function waitOf({ phone, stranger }: Applicant, now: number): number {
	const ofPhone = phone === undefined ? 0 : OF_PHONE.waitOf(phone, now);
	if (!stranger) return ofPhone;
	const { page, mostAnHour, address } = stranger;
	const ofOne = Math.ceil(mostAnHour * SHARE_OF_ADDRESS);
	return Math.max(
		ofPhone,
		OF_PAGE.waitOf(page, now, mostAnHour),
		address === undefined ? 0 : OF_ADDRESS.waitOf(`${page} ${address}`, now, ofOne),
	);
}

/** Counts a registration whose run starts. */
export function countRegistration({ pass, sender, phone, stranger }: Applicant, now: number): void {
	OF_SENDER.count(sender, now);
	TEXTS_OF_PASS.count(pass, now);
	if (phone !== undefined) OF_PHONE.count(phone, now);
	if (!stranger) return;
	OF_PAGE.count(stranger.page, now);
	if (stranger.address !== undefined) OF_ADDRESS.count(`${stranger.page} ${stranger.address}`, now);
}

/** A text message that the page asks for once more. */
export interface TextMessage {
	/** The ID of the page's pass. */
	pass: string;
	carrier: string;
	/** Ten digits. */
	phone: string;
}

/** How many seconds have to pass before it is sent; 0 for none. */
export const waitOfText = ({ pass, carrier, phone }: TextMessage, now: number) =>
	Math.max(
		OF_PHONE.waitOf(phone, now),
		TEXTS_OF_PASS.waitOf(pass, now),
		TEXTS_OF_CARRIER.waitOf(carrier, now),
	);

/** Counts a text message whose run starts. */
export function countText({ pass, carrier, phone }: TextMessage, now: number): void {
	OF_PHONE.count(phone, now);
	TEXTS_OF_PASS.count(pass, now);
	TEXTS_OF_CARRIER.count(carrier, now);
}

/** A code that somebody sends. */
export interface Try {
	/** A verification, or one and the page that has tries of its own for it. */
	of: string;
	/** Tells the code from others. */
	code: string;
}

/** Whether it is the one of just before: a browser sends it once more by itself if no answer comes. */
const isRepeated = ({ of, code }: Try, now: number) =>
	SENT_CODES.waitOf(`${of} ${code}`, now, 1) > 0 && SENT_CODES.waitOf(`${of} ${code}`, now) === 0;

/** Whether no more codes may be tried. */
export const isTriedOut = (sent: Try, now: number) =>
	TRIES.waitOf(sent.of, now) > 0 && !isRepeated(sent, now);

export function countTry(sent: Try, now: number): void {
	if (!isRepeated(sent, now)) TRIES.count(sent.of, now);
	SENT_CODES.count(`${sent.of} ${sent.code}`, now);
}

const isKnown = (pass: string, phone: string, now: number) =>
	PHONES_OF_PASS.waitOf(`${pass} ${phone}`, now) > 0;

/** Whether a page may not give this phone any more. */
export const isChangedOut = (pass: string, phone: string, now: number) =>
	!isKnown(pass, phone, now) && CHANGES_OF_PASS.waitOf(pass, now) > 0;

export function countChange(pass: string, phone: string, now: number): void {
	if (isKnown(pass, phone, now)) return;
	CHANGES_OF_PASS.count(pass, now);
	PHONES_OF_PASS.count(`${pass} ${phone}`, now);
}

/**
 * Counts an answer that starts no run, unless there were too many.
 *
 * @param pass - its ID; undefined for those who have none
 * @returns for how many seconds there are no more such answers; 0 where it was counted
 */
export function countRefused(pass: string | undefined, now: number): number {
	const tally = pass === undefined ? REFUSED_OF_STRANGERS : REFUSED_OF_PASS;
	const wait = tally.waitOf(pass ?? '', now);
	if (wait === 0) tally.count(pass ?? '', now);
	return wait;
}

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

const OF_PASS = new Tally({ most: 5, within: DAY });

/** An office that registers many merchants has one address: this counts only where anyone may send. */
const OF_ADDRESS = new Tally({ most: 10, within: HOUR });

/** How many is the owner's word. */
const OF_PAGE = new Tally({ most: Infinity, within: HOUR });

/** What is refused costs nothing but time: far more than a person can send. */
const REFUSED = { ofPass: new Tally({ most: 100, within: HOUR }), ofAll: 600 };

/** Those who have no pass share this: they cannot shut the page for those who have one. */
const REFUSED_STRANGERS = new Tally({ most: REFUSED.ofAll, within: MINUTE });

/** A registration, as far as limits are about it. */
export interface Applicant {
	/** The ID of its pass. */
	pass: string;
	/** Ten digits; undefined where what was sent is none. */
	phone?: string;
	/** Where anyone may send: the page and how many it takes in an hour, and whose address it is, if known. */
	stranger?: { page: string; mostAnHour: number; address?: string };
}

/** How many seconds an applicant has to wait; 0 for none. */
export function waitOf({ pass, phone, stranger }: Applicant, now: number): number {
	return Math.max(
		OF_PASS.waitOf(pass, now),
		phone === undefined ? 0 : OF_PHONE.waitOf(phone, now),
		stranger ? OF_PAGE.waitOf(stranger.page, now, stranger.mostAnHour) : 0,
		stranger?.address === undefined ? 0 : OF_ADDRESS.waitOf(stranger.address, now),
	);
}

/** Counts a registration whose run starts. */
export function countRegistration({ pass, phone, stranger }: Applicant, now: number): void {
	OF_PASS.count(pass, now);
	if (phone !== undefined) OF_PHONE.count(phone, now);
	if (!stranger) return;
	OF_PAGE.count(stranger.page, now);
	if (stranger.address !== undefined) OF_ADDRESS.count(stranger.address, now);
}

/** How many seconds there are no more answers to what is refused; without a pass: for those who have none. */
export const waitOfRefused = (pass: string | undefined, now: number) =>
	pass === undefined ? REFUSED_STRANGERS.waitOf('', now) : REFUSED.ofPass.waitOf(pass, now);

export const countRefused = (pass: string | undefined, now: number) =>
	pass === undefined ? REFUSED_STRANGERS.count('', now) : REFUSED.ofPass.count(pass, now);

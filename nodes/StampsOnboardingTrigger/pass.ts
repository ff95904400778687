import { type KeyObject, randomBytes } from 'crypto';
import type { Invitation } from '../ShipEngine/onboarding/invitation';
import { opened, sealed } from '../ShipEngine/seal/box';
import type { Login } from './access';
import type { Language } from './words';

/**
 * What each page that is served brings along, sealed. Nothing starts a run without one, so whoever
 * guards the page's GET, guards its POST: the page has no origin, and its requests carry neither
 * cookies nor passwords.
 */
export interface Pass {
	/** A random text, for each page that is loaded: what was done with the pass is counted by it. */
	id: string;
	/** When the page was served, in seconds since 1970. */
	since: number;
	/** When this pass was made: then, or in place of one that was too old. */
	at: number;
	/** The terms that the page shows, and its language. */
	termsText: string;
	termsUrl: string;
	language: Language;
	/** Whether the page was opened by a link: then it takes no registration. */
	isOfLink: boolean;
	/** By which the page was opened, if it was. */
	invitation?: Invitation;
}

/** How long a page can send. */
const VALID_SECONDS = 2 * 60 * 60;

/** A card is sealed with a pass that is valid, and sent at once. */
export const LONGEST_CARD_AGE = VALID_SECONDS + 60;

/** How long it can get another pass afterwards, so that nobody loses what they typed. */
const RENEWABLE_SECONDS = 24 * 60 * 60;

/** Whoever may no longer sign in, has a page for no longer than this. */
const LONGEST_LIFE = VALID_SECONDS + RENEWABLE_SECONDS;

/** A machine whose clock is behind may be the one that a page sends to. */
const CLOCK_SECONDS = 60;

const ID_BYTES = 12;

/** What a pass has of the one that it replaces, or of the way in which its page was opened. */
export type Before = Partial<Pick<Pass, 'id' | 'since' | 'isOfLink' | 'invitation'>>;

/** A pass for what a page shows; with the ID and the time of the one before, if there is one. */
export const newPass = (
	shown: Pick<Pass, 'termsText' | 'termsUrl' | 'language'>,
	now: number,
	{
		id = randomBytes(ID_BYTES).toString('base64url'),
		since = now,
		isOfLink = false,
		invitation,
	}: Before,
): Pass => ({ id, since, at: now, isOfLink, invitation, ...shown });

/** What a pass is good for: a page's path, in test mode or not, and the login that opened it, if any. */
export const boundTo = (path: string, isTest: boolean, login: Login | undefined) =>
	JSON.stringify([path, isTest, login?.user ?? '', login?.password ?? '']);

/** The pass as the page gets it. */
export const sealPass = (pass: Pass, key: KeyObject, bound: string) =>
	sealed(JSON.stringify(pass), key, bound);

/** A pass that was sealed for just this; undefined for whatever else it is. */
export function openPass(token: string, keys: KeyObject[], bound: string): Pass | undefined {
	for (const key of keys) {
		const json = opened(token, key, bound);
		if (json) return JSON.parse(json.toString()) as Pass;
	}
	return undefined;
}

/** What can still be done with a pass. */
export function stateOf({ since, at }: Pass, now: number): 'valid' | 'renewable' | 'gone' {
	if (at - now > CLOCK_SECONDS || now - since > LONGEST_LIFE) return 'gone';
	return now - at <= VALID_SECONDS ? 'valid' : 'renewable';
}

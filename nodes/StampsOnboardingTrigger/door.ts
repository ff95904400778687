import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { ownerOf } from '../ShipEngine/seal/cardOwner';
import { CARD_FIELDS } from '../ShipEngine/input/cardFields';
import { Checklist } from '../ShipEngine/input/checklist';
import { openCard } from '../ShipEngine/seal/sealedCard';
import { fingerprint } from '../ShipEngine/values/fingerprint';
import { admit } from './admission';
import { type Applicant, countRefused, countRegistration, isUsedUp, waitOf } from './limits';
import { LONGEST_CARD_AGE, type Pass, boundTo, openPass, stateOf } from './pass';
import { Refusal, passNotValid, sentBefore, tooMany, unknownShape } from './refusals';
import { addressOf, isOfOtherSite, networkOfSender } from './sender';
import { type Checked, type Sent, checkedFields, phoneIn, readSent } from './sentRegistration';
import type { Setup } from './settings';
import { Tally } from './tally';
import type { Admission } from './pageSettings';

/** Sealed cards that a run has started with: one opens the door once. */
const USED_CARDS = new Tally({ most: 1, within: 2 * LONGEST_CARD_AGE });

/** What came through the door: a registration to start a run with, or a page that wants another pass. */
export type Admitted = { item: IDataObject } | { admission: Admission };

/**
 * The sealed card, opened.
 *
 * @throws {@link Refusal} unless it opens, and was sealed for this very person and pass
 */
function cardOf(
	sealedCard: string,
	{ email, phone }: Checked,
	pass: Pass,
	{ keys }: Setup,
	now: number,
): IDataObject {
	const card = openCard(sealedCard, keys, LONGEST_CARD_AGE, now);
	const isOwn = card?.pass === pass.id && ownerOf(card, { email, phone }) === 'person';
	if (!isOwn) throw unknownShape();
	return card;
}

/** @throws {@link Refusal} with what is wrong with a card: no phone is counted for one that is none */
function refuseWrongCards(card: IDataObject): void {
	const checklist = new Checklist();
	checklist.checkObject(
		'credit_card.',
		CARD_FIELDS,
		({ key, property }) => card[key] ?? property.default,
	);
	if (checklist.mistakes.length > 0) throw new Refusal(400, checklist.mistakes);
}

/** What shows what a person has agreed to, and where from. */
function evidenceOf(
	context: IWebhookFunctions,
	pass: Pass,
	setup: Setup,
	now: number,
): IDataObject {
	const { 'user-agent': userAgent } = context.getHeaderData();
	return {
		terms_text: pass.termsText,
		terms_url: pass.termsUrl,
		accepted_at: new Date(now * 1000).toISOString(),
		...(setup.hasRequestDetails && {
			ip: addressOf(context) ?? null,
			user_agent: typeof userAgent === 'string' ? userAgent.slice(0, 255) : null,
		}),
	};
}

/** Another pass for a page: as often as it may be refused, since each is made anew. */
function renewed(pass: Pass, setup: Setup, now: number): Admission {
	const wait = countRefused(pass.id, now);
	if (wait > 0) throw tooMany(wait);
	return admit(setup, now, pass);
}

function takeRegistration(
	context: IWebhookFunctions,
	setup: Setup,
	{ fields, sealedCard }: NonNullable<Sent['registration']>,
	pass: Pass,
	now: number,
): IDataObject {
	const used = fingerprint(sealedCard);
	if (USED_CARDS.waitOf(used, now) > 0) throw sentBefore();
	const applicant: Applicant = {
		pass: pass.id,
		phone: phoneIn(fields),
		...(!setup.login && {
			stranger: {
				page: setup.path,
				mostAnHour: setup.mostAnHour,
				address: networkOfSender(context),
			},
		}),
	};
	if (isUsedUp(applicant, now)) throw passNotValid(false);
	const wait = waitOf(applicant, now);
	if (wait > 0) throw tooMany(wait);
	const checked = checkedFields(fields);
	refuseWrongCards(cardOf(sealedCard, checked, pass, setup, now));
	// From looking to counting nothing is awaited: of those that come at the same moment, none is missed.
	USED_CARDS.count(used, now);
	countRegistration(applicant, now);
	return { ...checked, sealed_card: sealedCard, ...evidenceOf(context, pass, setup, now) };
}

/**
 * Checks what was sent to a page before n8n starts a run: shape and size, origin, pass, limits, all
 * fields, the card.
 *
 * @param now - the time, in seconds
 * @throws {@link Refusal} for whatever starts no run
 */
export function passDoor(context: IWebhookFunctions, setup: Setup, now: number): Admitted {
	let known: Pass | undefined;
	try {
		const sent = readSent(context.getBodyData());
		if (isOfOtherSite(context)) throw unknownShape();
		const keys = setup.keys.map(({ pass }) => pass);
		const pass = openPass(sent.pass, keys, boundTo(setup.path, setup.isTest, setup.login));
		const state = pass ? stateOf(pass, now) : 'gone';
		known = pass;
		if (!pass || state === 'gone') throw passNotValid(false);
		if (!sent.registration) return { admission: renewed(pass, setup, now) };
		if (state === 'renewable') throw passNotValid(true);
		return { item: takeRegistration(context, setup, sent.registration, pass, now) };
	} catch (error) {
		const refusal = error instanceof Refusal ? error : unknownShape();
		const wait = countRefused(known?.id, now);
		throw wait > 0 ? tooMany(wait) : refusal;
	}
}

import type { IDataObject } from 'n8n-workflow';
import { CARD_FIELDS } from '../ShipEngine/input/cardFields';
import { Checklist } from '../ShipEngine/input/checklist';
import { invitationId } from '../ShipEngine/onboarding/invitation';
import { ownerOf } from '../ShipEngine/seal/cardOwner';
import { openCard } from '../ShipEngine/seal/sealedCard';
import { fingerprint } from '../ShipEngine/values/fingerprint';
import { type Checked, checkedFields, phoneIn } from './checkedFields';
import { type Applicant, countRegistration, waitOf, waitOfSender } from './limits';
import { noteSend, openSendOf } from './openSends';
import { LONGEST_CARD_AGE, type Pass } from './pass';
import {
	Refusal,
	earlierSendOpen,
	passNotValid,
	sentBefore,
	tooMany,
	unknownShape,
} from './refusals';
import type { Sent } from './sent';
import type { Setup } from './settings';
import { Tally } from './tally';

/** Sealed cards that a run has started with: one opens the door once. */
const USED_CARDS = new Tally({ most: 1, within: 2 * LONGEST_CARD_AGE });

/** What is known of a request beside what was sent. */
export interface Sender {
	pass: Pass;
	/** What limits count the sender by; undefined where that is not known. */
	network?: string;
	/** In milliseconds since 1970. */
	time: number;
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

/** @throws {@link Refusal} unless the card opens, was sealed for this very person and pass, and can be one */
function checkCard(
	sealedCard: string,
	{ email, phone }: Checked,
	pass: Pass,
	{ keys }: Setup,
	now: number,
): void {
	const card = openCard(sealedCard, keys, LONGEST_CARD_AGE, now);
	const isOwn = card?.pass === pass.id && ownerOf(card, { email, phone }) === 'person';
	if (!isOwn) throw unknownShape();
	refuseWrongCards(card);
}

/**
 * A registration to start a run with, checked.
 *
 * @throws {@link Refusal} for whatever starts none
 */
export function takeRegistration(
	{ fields, sealedCard, lastRefusal }: Extract<Sent, { kind: 'registration' }>,
	setup: Setup,
	{ pass, network, time }: Sender,
): IDataObject {
	const now = Math.floor(time / 1000);
	if (pass.isOfLink || setup.asksForCard !== (sealedCard !== undefined)) throw unknownShape();
	const used = sealedCard === undefined ? undefined : fingerprint(sealedCard);
	if (used !== undefined && USED_CARDS.waitOf(used, now) > 0) throw sentBefore();
	const { invitation } = pass;
	// The page may have been for others when it was loaded.
	if (setup.isForInvited && !invitation) throw passNotValid(false);
	const applicant: Applicant = {
		// Whoever loads the page again has another pass, but the same invitation.
		sender: invitation ? invitationId(invitation) : pass.id,
		pass: pass.id,
		phone: phoneIn(fields),
		...(!setup.login &&
			!invitation && {
				stranger: { page: setup.path, mostAnHour: setup.mostAnHour, address: network },
			}),
	};
	const ofSender = waitOfSender(applicant, now);
	if (!invitation && ofSender > 0) throw passNotValid(false);
	const wait = Math.max(waitOf(applicant, now), ofSender);
	if (wait > 0) throw tooMany(wait);
	const checked = checkedFields(fields, invitation);
	if (sealedCard !== undefined) checkCard(sealedCard, checked, pass, setup, now);
	const { nickname } = checked;
	const open = openSendOf(pass, lastRefusal, setup);
	if (open && open.nickname !== nickname) throw earlierSendOpen();
	// From looking to counting nothing is awaited: of those that come at the same moment, none is missed.
	if (used !== undefined) USED_CARDS.count(used, now);
	countRegistration(applicant, now);
	const received = new Date(time).toISOString();
	noteSend(pass.id, { nickname, received_at: received }, open);
	return {
		...checked,
		...(invitation && { page_invitation: invitationId(invitation) }),
		...(invitation?.onBehalfOf !== undefined && { on_behalf_of: invitation.onBehalfOf }),
		...(sealedCard !== undefined && { sealed_card: sealedCard }),
		terms_text: pass.termsText,
		terms_url: pass.termsUrl,
		accepted_at: received,
	};
}

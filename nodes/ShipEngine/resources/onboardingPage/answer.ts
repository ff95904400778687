import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../failures/failure';
import { isErrorItem } from '../../input/itemFields';
import type { PageAnswer, PageError } from '../../onboarding/pageAnswer';
import { sealRefusal } from '../../onboarding/refusedSend';
import { type Sent, sentIn } from '../../onboarding/sentFromPage';
import { OPENED_BY } from '../../onboarding/remembered';
import { sealFor } from '../../seal/runKeys';
import { local } from '../../step/local';
import type { Run } from '../../step/run';
import { tenDigits } from '../../values/phone';
import { VALID_FOR } from './pageFields';
import { type MadeLink, makeLink } from './makeLink';
import { type Outcome, outcomeOf } from './stageOutcome';

const failed = 'The page was not answered';

/** In milliseconds. No browser waits for longer: what comes later answers nobody. */
const WAITING = 120_000;

/** The names of what stands in the page, as error items have them. */
const OF_PAGE = /^(?:email|agree_to_carrier_terms|verification_code|(?:address|credit_card)\..+)$/;

/** What a failure says where an account is there, or is perhaps being opened. */
const MAY_EXIST = ['outcome_unknown', 'identifier_conflict', 'nickname_in_use'];

/** IDs, and words that only the workflow's owner understands. */
const NOT_FOR_STRANGERS = /\b(?:se|vfn)[-_]\w|\bitem\b|\d{3}\D?\d{3}\D?\d{4}/i;

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** What the page is told of an error item: its words say what is no stranger's business. */
function toldOf({ error }: IDataObject): PageError {
	const { message, errors } = error as IDataObject;
	const reasons = Array.isArray(errors) ? (errors as IDataObject[]) : [];
	return {
		message: textOf(message).split(':')[0]!,
		errors: reasons.map(({ code, field, message: says }) => ({
			code: textOf(code),
			field: textOf(field) || null,
			...(OF_PAGE.test(textOf(field)) &&
				!NOT_FOR_STRANGERS.test(textOf(says)) && { message: textOf(says) }),
		})),
	};
}

const hasCode = ({ errors }: PageError, codes: string[]) =>
	errors.some(({ code }) => codes.includes(code));

const isUnknown = (error: PageError) => hasCode(error, ['outcome_unknown']);

/** Whether there may be an account, whatever a step says. */
const mayHaveOpened = (account: IDataObject) =>
	!isErrorItem(account) || hasCode(toldOf(account), MAY_EXIST);

/** What the page is told, and the link that it goes on with, if it does. */
interface Told {
	answer: PageAnswer;
	link?: MadeLink;
}

/** Which pass's page has opened an account: undefined where it was there before, as far as is known here. */
function openedBy({ page_pass, account_opened_by }: Sent['item'], account?: IDataObject) {
	if (!account) return textOf(account_opened_by) || undefined;
	return account.existing === true ? OPENED_BY.of(String(account.carrier_id))?.pass : page_pass;
}

/** The account that was sent for is there: the page goes on to the code. */
async function toldCode(
	{ item }: Sent,
	{ account, text }: Outcome,
	run: Run,
	days: number,
): Promise<Told> {
	const hasText = text !== undefined && !isErrorItem(text);
	const whose: IDataObject = account ?? item;
	const carrierId = String(whose.carrier_id);
	// As the API repeats it, if that is a phone.
	const texted = hasText ? tenDigits(text.phone) : undefined;
	const phone = typeof texted === 'string' ? texted : String(whose.phone);
	const verificationId = hasText ? String(text.verification_id) : undefined;
	const opened = openedBy(item, account);
	const link = await makeLink(
		run.context,
		{
			...{ carrierId, phone, verificationId, openedBy: opened },
			onBehalfOf: textOf(whose.on_behalf_of) || undefined,
			email: textOf(item.email) || undefined,
		},
		{ path: item.page_path, url: item.page_url },
		days,
		textOf(item.link_expires_at),
	);
	const isLost = text !== undefined && !hasText && isUnknown(toldOf(text));
	const answer: PageAnswer = {
		stage: 'code',
		link: link.token,
		phone_end: phone.slice(-2),
		// A step behind this one may send it.
		texted: isLost || text === undefined ? null : hasText,
		existing: account?.existing === true ? (opened === item.page_pass ? 'own' : 'other') : null,
		can_change_phone: opened === item.page_pass,
	};
	return { answer, link };
}

/** What the steps say of the stage that was sent; no other step decides. */
async function toldOfStage(
	sent: Sent,
	outcome: Outcome,
	run: Run,
	days: number,
): Promise<Told | undefined> {
	const { account, text, verified } = outcome;
	if (sent.stage === 'code') {
		if (!verified) return undefined;
		return {
			answer: isErrorItem(verified) ? { error: toldOf(verified) } : { stage: 'ready' },
		};
	}
	if (sent.stage === 'newCode') {
		if (!text) return undefined;
		if (isErrorItem(text)) return { answer: { error: toldOf(text) } };
		return await toldCode(sent, outcome, run, days);
	}
	if (!account) return undefined;
	if (!isErrorItem(account)) return await toldCode(sent, outcome, run, days);
	const error = toldOf(account);
	if (outcome.accounts.some(mayHaveOpened)) return { answer: { error } };
	const {
		keys: [{ link: key }],
	} = await sealFor(run.context);
	return { answer: { error, refusal: sealRefusal(sent.item, key) } };
}

/** @throws Failure where the page could not read what is sealed here */
async function refuseOtherSeal({ item }: Sent, { context }: Run): Promise<void> {
	const { keys } = await sealFor(context);
	if (keys.some(({ publicJwk }) => publicJwk.kid === item.page_seal)) return;
	const message = "The card seal is not the one of the page's trigger";
	throw new Failure({
		message: `${failed}: ${message.toLowerCase()}`,
		description:
			"Choose the same 'ShipEngine Card Seal' credential here and in the Stamps Onboarding Trigger.",
		reasons: [{ code: 'other_card_seal', field: null, message }],
	});
}

const isWaiting = ({ item }: Sent) => Date.now() - Date.parse(item.received_at) < WAITING;

function respond(run: Run, body: PageAnswer): void {
	run.context.sendResponse({
		body: { ...body },
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
		statusCode: 200,
	});
}

/** Tells the page that waits what came of what was sent from it, and passes its item on with the link. */
export const answer = local({
	name: 'Answer Page',
	value: 'answer',
	action: 'Answer onboarding page',
	description:
		'Tell the page that waits what came of it, and pass the item on with a link to the page',
	does: 'makesLink',
	takesFailures: true,
	failed,
	output: { 'link?': 'string', 'expires_at?': 'string' },
	fields: { days: VALID_FOR },

	async act({ days }, { index, json, earlierSteps }, run) {
		const way = earlierSteps.wayTo(index);
		const sent = sentIn(way);
		if (!sent) return { ...json };
		await refuseOtherSeal(sent, run);
		const told = await toldOfStage(sent, outcomeOf(way, sent), run, days);
		// Where no step has said anything, another one may do it: else n8n ends with an empty answer.
		if (told && isWaiting(sent)) respond(run, told.answer);
		return { ...json, ...told?.link?.output };
	},
});

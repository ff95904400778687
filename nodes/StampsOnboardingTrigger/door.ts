import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { PageItem, Stage } from '../ShipEngine/onboarding/pageItem';
import { admit } from './admission';
import { takeCode, takeNewCode } from './codeStage';
import { countRefused } from './limits';
import { type Pass, boundTo, openPass, stateOf } from './pass';
import type { Admission } from './pageSettings';
import { Refusal, passNotValid, tooMany, unknownShape } from './refusals';
import { takeRegistration } from './registrationStage';
import { urlOfPage } from './pageAddress';
import { addressOf, isOfOtherSite, networkOfSender } from './sender';
import { type Sent, readSent } from './sent';
import type { Setup } from './settings';

/** What came through the door: an item to start a run with, or a page that wants another pass. */
export type Admitted = { stage: Stage; item: PageItem } | { admission: Admission };

/** Where it comes from, for rules of the owner's. */
function detailsOf(context: IWebhookFunctions, { hasRequestDetails }: Setup): IDataObject {
	if (!hasRequestDetails) return {};
	const { 'user-agent': userAgent } = context.getHeaderData();
	return {
		ip: addressOf(context) ?? null,
		user_agent: typeof userAgent === 'string' ? userAgent.slice(0, 255) : null,
	};
}

/** Another pass for a page: as often as it may be refused, since each is made anew. */
function renewed(pass: Pass, setup: Setup, now: number): Admission {
	const wait = countRefused(pass.id, now);
	if (wait > 0) throw tooMany(wait);
	return admit(setup, pass.language, now, pass);
}

/** What the next steps need of what was sent. */
function taken(
	context: IWebhookFunctions,
	sent: Exclude<Sent, { kind: 'renewal' }>,
	setup: Setup,
	pass: Pass,
	time: number,
): IDataObject {
	const now = Math.floor(time / 1000);
	if (sent.kind === 'code') return takeCode(sent, setup, pass, now);
	if (sent.kind === 'newCode') return takeNewCode(sent, setup, pass, now);
	return takeRegistration(sent, setup, { pass, network: networkOfSender(context), time });
}

/**
 * Checks what was sent to a page before n8n starts a run: shape and size, origin, pass, limits, all
 * fields, and the card or the link.
 *
 * @param time - in milliseconds since 1970
 * @throws {@link Refusal} for whatever starts no run
 */
export function passDoor(context: IWebhookFunctions, setup: Setup, time: number): Admitted {
	const now = Math.floor(time / 1000);
	let known: Pass | undefined;
	try {
		const sent = readSent(context.getBodyData());
		if (isOfOtherSite(context)) throw unknownShape();
		const keys = setup.keys.map(({ pass }) => pass);
		const pass = openPass(sent.pass, keys, boundTo(setup.path, setup.isTest, setup.login));
		const state = pass ? stateOf(pass, now) : 'gone';
		known = pass;
		if (!pass || state === 'gone') throw passNotValid(false);
		if (sent.kind === 'renewal') return { admission: renewed(pass, setup, now) };
		if (state === 'renewable') throw passNotValid(true);
		const page = {
			page_path: setup.path,
			page_url: urlOfPage(context, setup),
			page_seal: setup.keys[0].publicJwk.kid,
			page_pass: pass.id,
			page_language: pass.language,
			received_at: new Date(time).toISOString(),
		};
		const item = {
			...taken(context, sent, setup, pass, time),
			...detailsOf(context, setup),
			...page,
		};
		return { stage: sent.kind, item };
	} catch (error) {
		const refusal = error instanceof Refusal ? error : unknownShape();
		const wait = countRefused(known?.id, now);
		throw wait > 0 ? tooMany(wait) : refusal;
	}
}

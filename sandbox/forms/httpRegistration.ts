import axios from 'axios';
import { CompactEncrypt, importJWK } from 'jose';
import type { HTMLElement } from 'node-html-parser';
import type { PageSettings } from '../../nodes/StampsOnboardingTrigger/pageSettings';
import { readAnswer } from '../../page/readAnswer';
import { NOT_SURE, TOO_EARLY, VERIFIED_BEFORE, wordsFor } from '../../page/words';
import type { Answers, FormPage } from './driver';

/** The registration page without a browser: sends what its script sends. */

/** Whether a document is the registration page. */
export const isRegistrationPage = (document: HTMLElement) =>
	document.querySelector('#settings') !== null;

const textOf = (document: HTMLElement, selector: string) =>
	document.querySelector(selector)?.structuredText.trim() ?? '';

/** The page as it is before anything was entered. */
export const readRegistrationPage = (document: HTMLElement): FormPage => ({
	title: textOf(document, '#header h1'),
	text: textOf(document, '#header p'),
	isForm: true,
});

const settingsOf = (document: HTMLElement) =>
	JSON.parse(document.querySelector('#settings')!.rawText) as PageSettings;

/** Whether the page has an input for a field, by the name that an error item has for it. */
const isInput = (field: string | null) =>
	/^(email|agree_to_carrier_terms|(address|credit_card)\..*)$/.test(field ?? '');

/** What was entered, by the names of the inputs. */
function enteredIn(document: HTMLElement, answers: Answers): Record<string, string> {
	const { termsText } = settingsOf(document);
	const labels = document.querySelectorAll('label[for]').map((label): [string, string] => {
		const id = label.getAttribute('for')!;
		return [id === 'agree_to_carrier_terms' ? termsText : label.structuredText, id];
	});
	const ids = new Map(labels.map(([text, id]) => [text.replace(/\s+/g, ' ').trim(), id]));
	return Object.fromEntries(
		Object.entries(answers).map(([label, answer]) => {
			const id = ids.get(label);
			if (!id)
				throw new Error(`The page has no field '${label}', but: ${[...ids.keys()].join(', ')}`);
			return [id, String(answer)];
		}),
	);
}

async function sealed(
	card: Record<string, string | undefined>,
	{ publicJwk, now, passId }: PageSettings,
): Promise<string> {
	const { kid, ...jwk } = publicJwk;
	const text = JSON.stringify({ ...card, pass: passId, iat: now });
	return await new CompactEncrypt(new TextEncoder().encode(text))
		.setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid })
		.encrypt(await importJWK(jwk, 'ECDH-ES'));
}

/**
 * Sends the page.
 *
 * @returns what it would say, or the address that it leads on to
 */
export async function submitRegistrationPage(
	url: URL,
	document: HTMLElement,
	answers: Answers,
): Promise<FormPage | string> {
	const settings = settingsOf(document);
	const { card_name, card_number, card_expiry, agree_to_carrier_terms, ...fields } = enteredIn(
		document,
		answers,
	);
	const [month = '', year = ''] = (card_expiry ?? '').split('/').map((part) => part.trim());
	const card = {
		name: card_name!,
		number: card_number!,
		expiration_month: month,
		expiration_year: year,
		email: fields.email,
		phone: fields.phone,
	};
	const { status, data } = await axios.post<string>(
		url.origin + url.pathname,
		JSON.stringify({
			...fields,
			agree_to_carrier_terms: agree_to_carrier_terms !== undefined,
			sealed_card: await sealed(card, settings),
			pass: settings.pass,
		}),
		{
			headers: { 'Content-Type': 'text/plain' },
			responseType: 'text',
			transformResponse: (text: string) => text,
			validateStatus: () => true,
		},
	);
	const answer = readAnswer(status, data, url.href);
	if (answer.kind === 'done') {
		const { endTitle, endText } = settings;
		return answer.redirectUrl || { title: endTitle, text: endText, isForm: false };
	}
	if (answer.kind === 'refused') {
		const lines = answer.reasons.map((reason) =>
			isInput(reason.field) ? reason.message : wordsFor(reason),
		);
		return { title: answer.title, text: lines.join('\n'), isForm: true };
	}
	if (answer.kind === 'tooEarly') return { title: TOO_EARLY, text: '', isForm: true };
	if (answer.kind === 'alreadyVerified') return { ...VERIFIED_BEFORE, isForm: false };
	if (answer.kind === 'unknown') return { title: NOT_SURE, text: answer.text, isForm: false };
	return { title: `The page says: ${answer.kind}`, text: '', isForm: false };
}

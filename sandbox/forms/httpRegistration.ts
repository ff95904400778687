import axios from 'axios';
import { CompactEncrypt, importJWK } from 'jose';
import type { HTMLElement } from 'node-html-parser';
import type { PageSettings } from '../../nodes/StampsOnboardingTrigger/pageSettings';
import { type Answer, readAnswer } from '../../page/readAnswer';
import { mayExist, noAnswer, ofReason, say, speak, textOfCode, wordsFor } from '../../page/words';
import type { Answers, FormPage } from './driver';
import { CODE_FIELD, NEW_CODE, OTHER_PHONE } from './registration';

const textOf = (document: HTMLElement, selector: string) =>
	document.querySelector(selector)?.structuredText.trim() ?? '';

const settingsOf = (document: HTMLElement) =>
	JSON.parse(document.querySelector('#settings')!.rawText) as PageSettings;

/** Whether the page has an input for a field, by the name that an error item has for it. */
const isInput = (field: string | null) =>
	/^(email|agree_to_carrier_terms|new_phone|verification_code|(address|credit_card)\..*)$/.test(
		field ?? '',
	);

/** What was entered, by the names of the inputs. */
function enteredIn(document: HTMLElement, answers: Answers): Record<string, string> {
	const { termsText } = settingsOf(document);
	const labels = document.querySelectorAll('#form label[for]').map((label): [string, string] => {
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

/** The registration page without a browser: sends what its script sends, and says what that would say. */
export class RegistrationPage {
	private readonly settings: PageSettings;

	/** With which the page goes on to the code; '' before that. */
	private link: string;

	/** Shows that what was sent before opened no account. */
	private refusal?: string;

	constructor(
		private readonly url: URL,
		private readonly document: HTMLElement,
	) {
		this.settings = settingsOf(document);
		speak(this.settings.words, this.settings.language);
		this.link = this.settings.link;
	}

	/** Whether a document is the registration page. */
	static is(document: HTMLElement): boolean {
		return document.querySelector('#settings') !== null;
	}

	/** The page as it is before anything was entered. */
	read(): FormPage {
		if (this.link !== '') return { title: say('codeTitle'), text: textOfCode(), isForm: true };
		const [title, text] = ['#header h1', '#header p'].map((each) => textOf(this.document, each));
		return { title: title!, text: text!, isForm: true };
	}

	/** Sends what was entered. */
	async submit(answers: Answers): Promise<FormPage> {
		const body = this.link === '' ? await this.registration(answers) : this.ofCode(answers);
		const { status, data } = await axios.post<string>(
			this.url.origin + this.url.pathname,
			JSON.stringify({ ...body, pass: this.settings.pass }),
			{
				headers: { 'Content-Type': 'text/plain' },
				responseType: 'text',
				transformResponse: (text: string) => text,
				validateStatus: () => true,
			},
		);
		return this.show(readAnswer(status, data));
	}

	private async registration(answers: Answers): Promise<object> {
		const { card_name, card_number, card_expiry, agree_to_carrier_terms, ...fields } = enteredIn(
			this.document,
			answers,
		);
		const [month = '', year = ''] = (card_expiry ?? '').split('/').map((part) => part.trim());
		const card = {
			...{ name: card_name, number: card_number, expiration_month: month, expiration_year: year },
			...{ email: fields.email, phone: fields.phone },
		};
		return {
			...fields,
			agree_to_carrier_terms: agree_to_carrier_terms !== undefined,
			...(this.settings.asksForCard && { sealed_card: await sealed(card, this.settings) }),
			...(this.refusal !== undefined && { last_refusal: this.refusal }),
		};
	}

	private ofCode(answers: Answers): object {
		const { link } = this;
		if (NEW_CODE in answers) return { link, new_code: true };
		if (OTHER_PHONE in answers) return { link, new_code: true, phone: answers[OTHER_PHONE] };
		return { link, verification_code: answers[CODE_FIELD] ?? '' };
	}

	private show(answer: Answer): FormPage {
		const isCode = this.link !== '';
		switch (answer.kind) {
			case 'code':
				this.link = answer.link;
				return { title: say('codeTitle'), text: textOfCode(answer), isForm: true };
			case 'ready':
			case 'received': {
				const [title, text] = [say(`${answer.kind}Title`), say(`${answer.kind}Text`)];
				return { title, text, isForm: false };
			}
			case 'refused': {
				if (answer.refusal) this.refusal = answer.refusal;
				const { step, reasons } = answer;
				const lines = reasons.map((reason) =>
					isInput(reason.field)
						? ofReason('', reason, step !== undefined)
						: wordsFor(reason, isCode ? 'code' : 'registration'),
				);
				const text = [step?.next, ...lines].filter(Boolean).join('\n');
				const isOfStep = step !== undefined && !reasons.some(mayExist);
				const title = isOfStep ? step.title : say(isCode ? 'notDone' : 'notAccepted');
				return { title, text, isForm: true };
			}
			case 'tooEarly':
				return { title: say('waitTitle'), text: '', isForm: true };
			case 'unknown':
				return { title: say('unknownTitle'), text: answer.text, isForm: isCode };
			default:
				return {
					...noAnswer(answer.kind, isCode ? 'code' : 'registration', this.settings.isTest),
					isForm: true,
				};
		}
	}
}

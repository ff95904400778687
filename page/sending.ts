import type { PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { type Answer, readAnswer, webAddress } from './readAnswer';
import { element } from './document';
import { forgetMistakes, showSummary } from './summary';
import { type Registration, inputOf, readRegistration } from './readForm';
import { seal } from './seal';

/** Sends a registration to the address of this page; what became of it. */
async function send(
	{ fields, card }: Registration,
	{ publicJwk, token }: PageSettings,
	now: number,
): Promise<Answer> {
	const sealedCard = await seal(JSON.stringify({ ...card, iat: now }), publicJwk);
	const body = JSON.stringify({ ...fields, sealed_card: sealedCard, token });
	try {
		// As plain text: a browser asks first, before a page without an origin may send JSON.
		const response = await fetch(location.origin + location.pathname, {
			method: 'POST',
			body,
			credentials: 'omit',
			redirect: 'manual',
		});
		return readAnswer(response.status, await response.text(), location.href);
	} catch {
		return { kind: 'lost' };
	}
}

/** Shows the last page, in place of the form and all that was typed. */
function showEnd(kind: 'done' | 'unknown', title: string, text: string): void {
	element('form').remove();
	element('header').remove();
	element('end').dataset.kind = kind;
	element('end-title').textContent = document.title = title;
	element('end-text').textContent = text;
	element('end').hidden = false;
	element('end-title').focus();
}

function showRefusal({ title, reasons }: Extract<Answer, { kind: 'refused' }>): void {
	const mistakes = new Map<string, string>();
	const others: string[] = [];
	for (const { field, message: reason } of reasons) {
		const id = inputOf(field);
		if (id === undefined || mistakes.has(id)) others.push(reason);
		else mistakes.set(id, reason);
	}
	showSummary({ title, text: '', mistakes, others });
}

const STILL_HERE = 'Everything you typed is still here.';

const NOT_CLEAR = 'We do not know whether your registration arrived';

/** What is said where the form stays as it is and can be sent again. */
const TO_SEND_AGAIN = {
	lost: {
		title: NOT_CLEAR,
		text: 'No clear answer came back. Wait a minute: if you hear from us, it arrived. If you hear nothing, check your connection and send it again. If this happens again, tell us.',
	},
	redirected: {
		title: NOT_CLEAR,
		text: 'The answer leads to another address, such as a page where people sign in. Wait a minute and send it again. If this happens again, tell us.',
	},
	away: {
		title: 'Registration is closed at the moment',
		text: 'Nothing was received. Try again later, or ask us for a new link.',
	},
};

/** Shows what became of it; the form stays, with all that was typed, where it can be sent again. */
function show(answer: Answer, settings: PageSettings): void {
	if (answer.kind === 'refused') return showRefusal(answer);
	if (answer.kind === 'unknown') {
		const text = `${answer.message.replace(/[.\s]*$/, '.')} Please wait, do not send it again.`;
		return showEnd('unknown', 'We are not sure yet', text);
	}
	if (answer.kind !== 'done') {
		const { title, text } = TO_SEND_AGAIN[answer.kind];
		return showSummary({ title, text: `${text} ${STILL_HERE}`, mistakes: new Map() });
	}
	showEnd('done', settings.endTitle, settings.endText);
	const next = answer.redirectUrl || webAddress(settings.redirectUrl, location.href);
	if (next !== '') location.assign(next);
}

function setBusy(isBusy: boolean, { buttonLabel }: PageSettings): void {
	element('form').setAttribute('aria-busy', String(isBusy));
	// Not disabled: the focus would be lost.
	element('send').setAttribute('aria-disabled', String(isBusy));
	element('send-text').textContent = isBusy ? 'Sending…' : buttonLabel;
	element('status').textContent = isBusy ? 'Sending your registration. Please wait.' : '';
}

/** Sends the form when its button is pressed: once at a time, and only what has no mistakes. */
export function startSending(settings: PageSettings): void {
	const began = performance.now();
	let isSending = false;
	element('send-text').textContent = settings.buttonLabel;

	const submit = async () => {
		const registration = readRegistration();
		const { mistakes } = registration;
		forgetMistakes();
		if (mistakes.size > 0) {
			const title =
				mistakes.size === 1
					? 'Please correct this'
					: `Please correct these ${mistakes.size} fields`;
			return showSummary({ title, text: '', mistakes });
		}
		setBusy(true, settings);
		const elapsed = (performance.now() - began) / 1000;
		const answer = await send(registration, settings, Math.floor(settings.now + elapsed));
		setBusy(false, settings);
		show(answer, settings);
	};

	element('form').addEventListener('submit', (event) => {
		event.preventDefault();
		if (isSending) return;
		isSending = true;
		void submit().finally(() => (isSending = false));
	});
}

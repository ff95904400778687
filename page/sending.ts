import type { Admission, PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { type Answer, readAnswer, webAddress } from './readAnswer';
import { Admissions } from './admissions';
import { countDown } from './countdown';
import { element } from './document';
import { fillTerms } from './form';
import { post } from './post';
import { type Registration, inputOf, readRegistration } from './readForm';
import { seal } from './seal';
import { forgetMistakes, showSummary } from './summary';
import { NOT_SURE, VERIFIED_BEFORE, wordsFor } from './words';

/** Sends a registration to the address of this page; what became of it. */
async function send(
	{ fields, card }: Registration,
	{ publicJwk, pass, passId }: Admission,
	now: number,
): Promise<Answer> {
	const sealedCard = await seal(JSON.stringify({ ...card, pass: passId, iat: now }), publicJwk);
	const answered = await post({ ...fields, sealed_card: sealedCard, pass });
	return answered ? readAnswer(answered.status, answered.text, location.href) : { kind: 'lost' };
}

/** Shows the last page, in place of the form and all that was typed. */
function showEnd(kind: 'done' | 'unknown', title: string, text: string): void {
	for (const id of ['form', 'card', 'header']) element(id).remove();
	element('end').dataset.kind = kind;
	element('end-title').textContent = document.title = title;
	element('end-text').textContent = text;
	element('end').hidden = false;
	element('end-title').focus();
}

function showRefusal({ title, text, reasons }: Extract<Answer, { kind: 'refused' }>): void {
	const mistakes = new Map<string, string>();
	const others = new Set<string>();
	for (const reason of reasons) {
		const id = inputOf(reason.field);
		if (id === undefined || mistakes.has(id)) others.add(wordsFor(reason));
		else mistakes.set(id, reason.message || wordsFor(reason));
	}
	showSummary({ title, text, mistakes, others: [...others] });
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
	expired: {
		title: 'Nothing was sent yet',
		text: 'The page was open for long and could not be renewed. Check your connection and send it again. If this happens again, load the page anew.',
	},
	otherTerms: {
		title: 'The terms have changed',
		text: 'Nothing was sent yet. Read them again, tick the box, and send the page.',
	},
};

/** Shows what became of it; the form stays, with all that was typed, where it can be sent again. */
function show(answer: Answer | { kind: 'otherTerms' }, settings: PageSettings): void {
	if (answer.kind === 'refused') return showRefusal(answer);
	if (answer.kind === 'unknown') return showEnd('unknown', NOT_SURE, answer.text);
	if (answer.kind === 'alreadyVerified') {
		return showEnd('done', VERIFIED_BEFORE.title, VERIFIED_BEFORE.text);
	}
	if (answer.kind === 'tooEarly') return countDown(answer.seconds, STILL_HERE);
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

/** Sends, with another pass if that of the page is too old. */
async function sendWith(
	admissions: Admissions,
	registration: Registration,
	settings: PageSettings,
): Promise<Answer | { kind: 'otherTerms' }> {
	const answer = await send(registration, admissions.current, admissions.now);
	if (answer.kind !== 'expired') return answer;
	const before = admissions.current;
	if (!(await admissions.renew())) return answer;
	const { termsText, termsUrl } = admissions.current;
	if (termsText !== before.termsText || termsUrl !== before.termsUrl) {
		fillTerms(admissions.current, settings);
		element<HTMLInputElement>('agree_to_carrier_terms').checked = false;
		return { kind: 'otherTerms' };
	}
	return await send(registration, admissions.current, admissions.now);
}

/** Sends the form when its button is pressed: once at a time, and only what has no mistakes. */
export function startSending(settings: PageSettings): void {
	const admissions = new Admissions(settings);
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
		const answer = await sendWith(admissions, registration, settings);
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

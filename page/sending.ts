import type { Admission, PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import type { Admissions } from './admissions';
import { oneAtATime, setBusy } from './busy';
import { goOnToCode } from './code';
import { countDown } from './countdown';
import { control, element } from './document';
import { showDone, showUnknown } from './end';
import { exchange } from './exchange';
import { fillTerms } from './form';
import type { Answer } from './readAnswer';
import { type Registration, readRegistration } from './readForm';
import { seal } from './seal';
import { showRefusal } from './show';
import { forgetMistakes, showSummary } from './summary';
import { noAnswer, say } from './words';

/** What the page knows of what it has sent. */
interface Sent {
	/** What was sent last. */
	fields?: Registration['fields'];
	/** Shows that it opened no account. */
	refusal?: string;
}

const bodyOf =
	({ fields, card }: Registration, { refusal }: Sent) =>
	async ({ publicJwk, passId }: Admission, now: number) => ({
		...fields,
		...(card && {
			sealed_card: await seal(JSON.stringify({ ...card, pass: passId, iat: now }), publicJwk),
		}),
		...(refusal !== undefined && { last_refusal: refusal }),
	});

/** The person whom the page has sent before: nobody knows yet whether that opened an account. */
function restorePerson({ fields }: Sent): void {
	for (const id of ['email', 'phone']) {
		const value = fields?.[id];
		if (typeof value === 'string') control(id)!.value = value;
	}
}

/** Shows what became of it; the form stays, with all that was typed, where it can be sent again. */
function show(
	answer: Answer | { kind: 'otherTerms' },
	settings: PageSettings,
	admissions: Admissions,
	sent: Sent,
): void {
	if (answer.kind === 'code') return goOnToCode(settings, admissions, answer);
	if (answer.kind === 'received' || answer.kind === 'ready') {
		return showDone(answer.kind, settings);
	}
	if (answer.kind === 'unknown') return showUnknown(say('unknownTitle'), answer.text);
	if (answer.kind === 'tooEarly') return countDown(answer.seconds, say('stillHere'));
	if (answer.kind === 'refused') {
		if (answer.reasons.some(({ code }) => code === 'earlier_send_open')) restorePerson(sent);
		return showRefusal(answer, 'registration');
	}
	const { title, text } = noAnswer(answer.kind, 'registration', settings.isTest);
	showSummary({ title, text: `${text} ${say('stillHere')}`, mistakes: new Map() });
}

/** Whether people read other terms than before: then they have to agree again. */
function hasOtherTerms(before: Admission, after: Admission, settings: PageSettings): boolean {
	const isSame = before.termsText === after.termsText && before.termsUrl === after.termsUrl;
	if (isSame) return false;
	fillTerms(after, settings);
	element<HTMLInputElement>('agree_to_carrier_terms').checked = false;
	return true;
}

/** Whether a run may have started for it: what the door turns away, nobody has. */
function isPerhapsTaken(answer: Answer | { kind: 'otherTerms' }): boolean {
	if (answer.kind === 'refused') return answer.refusal !== undefined;
	return !['tooEarly', 'expired', 'away', 'otherTerms'].includes(answer.kind);
}

/** Sends the form when its button is pressed: once at a time, and only what has no mistakes. */
export function startSending(settings: PageSettings, admissions: Admissions): void {
	const sent: Sent = {};
	const sending = {
		...{ form: 'form', button: 'send', label: say('button') },
		status: say('sendingRegistration'),
	};
	setBusy(false, sending);

	const submit = async () => {
		const registration = readRegistration();
		const { mistakes } = registration;
		forgetMistakes();
		if (mistakes.size > 0) {
			const title =
				mistakes.size === 1 ? say('correctOne') : say('correctMany', { count: mistakes.size });
			return showSummary({ title, text: '', mistakes });
		}
		setBusy(true, sending);
		const answer = await exchange(
			admissions,
			bodyOf(registration, sent),
			(before, after) => !hasOtherTerms(before, after, settings),
		);
		setBusy(false, sending);
		show(answer, settings, admissions, sent);
		if (isPerhapsTaken(answer)) {
			sent.fields = registration.fields;
			sent.refusal = answer.kind === 'refused' ? answer.refusal : undefined;
		}
	};

	element('form').addEventListener('submit', (event) => {
		event.preventDefault();
		oneAtATime(submit);
	});
}

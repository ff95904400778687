import type { PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { pagePhone } from '../nodes/StampsOnboardingTrigger/pageFields';
import { verificationCode } from '../nodes/ShipEngine/values/identifiers';
import { Mistake } from '../nodes/ShipEngine/values/mistakes';
import type { Check } from '../nodes/ShipEngine/values/validation';
import type { Admissions } from './admissions';
import { type Sending, oneAtATime, setBusy } from './busy';
import { about, countDown, tick } from './countdown';
import { control, element } from './document';
import { showDone } from './end';
import { exchange } from './exchange';
import { forget, keep, keepLink } from './kept';
import type { Answer, ToConfirm } from './readAnswer';
import { told } from './readForm';
import { showRefusal } from './show';
import { forgetMistakes, showSummary } from './summary';
import { noAnswer, say, textOfCode } from './words';

/** In seconds. The server has the last word: later on, it lets more time pass. */
const PAUSE = 60;

/** The buttons of the page; what they say is known once its language is. */
const sendings = () => {
	const ofCode = { form: 'code' };
	const asking = { ...ofCode, status: say('askingForText') };
	return {
		confirm: {
			...{ ...ofCode, button: 'confirm', label: say('codeConfirm') },
			status: say('sendingCode'),
		},
		newCode: { ...asking, button: 'new-code', label: say('codeTextMe') },
		otherPhone: { ...asking, button: 'text-phone', label: say('codeTextPhone') },
	} satisfies Record<string, Sending>;
};

/** What was entered, checked as the server will; undefined where it is wrong, which is shown. */
function entered(id: string, check: Check<string>): string | undefined {
	forgetMistakes();
	const input = control(id)!;
	const value = check(input.value);
	if (!(value instanceof Mistake)) return value;
	showSummary({
		title: say('correctOne'),
		text: '',
		mistakes: new Map([[id, told(input, value)]]),
	});
	return undefined;
}

let stopWaiting = () => {};

/** Says from when on another text message can be asked for. */
function waitForNext(seconds: number): void {
	stopWaiting();
	const line = element('new-code-wait');
	stopWaiting = tick(seconds, (left) => {
		line.textContent = left > 0 ? say('codeNextIn', { time: about(left) }) : '';
		element('new-code').setAttribute('aria-disabled', String(left > 0));
	});
}

/** The page on which the phone of an account is confirmed. */
class CodePage {
	private readonly sendings = sendings();

	constructor(
		private readonly settings: PageSettings,
		private readonly admissions: Admissions,
		/** The token with which the page goes on. */
		private link: string,
	) {}

	start(): void {
		for (const id of ['unavailable', 'form', 'card', 'header'])
			document.getElementById(id)?.remove();
		forgetMistakes();
		const { newCode, otherPhone } = this.sendings;
		for (const sending of Object.values(this.sendings)) setBusy(false, sending);
		element('code').addEventListener('submit', (event) => {
			event.preventDefault();
			oneAtATime(async () => await this.confirm());
		});
		const onClick = (id: string, action: () => void) =>
			element(id).addEventListener('click', action);
		onClick('new-code', () => this.ask(newCode));
		onClick('text-phone', () => this.ask(otherPhone));
		element('new_phone').addEventListener('keydown', (event) => {
			if (event.key !== 'Enter' || event.isComposing) return;
			// It is not the code that is sent by Enter here.
			event.preventDefault();
			this.ask(otherPhone);
		});
		onClick('other-phone', () => {
			element('phone-change').hidden = false;
			element('other-phone').hidden = true;
			element('new_phone').focus();
		});
		document.title = say('codeTitle');
		element('code').hidden = false;
	}

	/** Shows what came of the account just now. */
	tellNews(account: Omit<ToConfirm, 'stage'>): void {
		this.tell(account);
		keep({ admission: this.admissions.current, account });
		if (account.texted !== false) waitForNext(PAUSE);
	}

	/** Shows what is known of the account, if anything. */
	tell(account?: Omit<ToConfirm, 'stage'>): void {
		element('code-text').textContent = textOfCode(account);
		element('code-title').focus();
		if (!account) return;
		this.link = account.link;
		const hasText = account.texted !== false;
		const { newCode } = this.sendings;
		newCode.label = say(hasText ? 'codeTextAgain' : 'codeTextMe');
		element('new-code-text').textContent = newCode.label;
		element('other-phone').hidden = !account.can_change_phone;
		element('phone-change').hidden = true;
	}

	private async confirm(): Promise<void> {
		const code = entered('verification_code', verificationCode);
		if (code === undefined) return;
		await this.send(this.sendings.confirm, { verification_code: code });
	}

	private ask(sending: Sending): void {
		if (element(sending.button).getAttribute('aria-disabled') === 'true') return;
		oneAtATime(async () => {
			const isOther = sending === this.sendings.otherPhone;
			const phone = isOther ? entered('new_phone', pagePhone) : undefined;
			if (isOther && phone === undefined) return;
			await this.send(sending, { new_code: true, phone });
		});
	}

	private async send(sending: Sending, body: object): Promise<void> {
		forgetMistakes();
		setBusy(true, sending);
		const answer = await exchange(this.admissions, () => ({ ...body, link: this.link }));
		setBusy(false, sending);
		this.show(answer, sending);
	}

	private show(answer: Answer | { kind: 'otherTerms' }, sending: Sending): void {
		if (answer.kind === 'ready') {
			stopWaiting();
			forget();
			return showDone('ready', this.settings);
		}
		if (answer.kind === 'code') {
			control('verification_code')!.value = '';
			this.tellNews(answer);
			element('status').textContent = textOfCode(answer);
			return;
		}
		if (answer.kind === 'refused') {
			const has = (wanted: string) => answer.reasons.some(({ code }) => code === wanted);
			if (!has('pass_not_valid')) return showRefusal(answer, 'code');
			keepLink(this.link);
			const [title, text] = [say('codeTooOldTitle'), say('codeTooOldText')];
			return showSummary({ title, text, mistakes: new Map() });
		}
		if (answer.kind === 'tooEarly') {
			if (sending === this.sendings.newCode) waitForNext(answer.seconds);
			return countDown(answer.seconds, say('waitText'));
		}
		const { title, text } =
			answer.kind === 'unknown'
				? { title: say('unknownTitle'), text: answer.text }
				: noAnswer(answer.kind === 'received' ? 'lost' : answer.kind, 'code', this.settings.isTest);
		showSummary({ title, text, mistakes: new Map() });
	}
}

/**
 * Shows the page on which the phone is confirmed.
 *
 * @param account - what is known of it, where the page is loaded again; undefined where it was opened by a
 * link: then nothing is shown of a person before a click
 */
export function startCode(
	settings: PageSettings,
	admissions: Admissions,
	account?: Omit<ToConfirm, 'stage'>,
): void {
	const page = new CodePage(settings, admissions, account?.link ?? settings.link);
	page.start();
	page.tell(account);
}

/** The same right after the registration, whose page it follows. */
export function goOnToCode(
	settings: PageSettings,
	admissions: Admissions,
	account: Omit<ToConfirm, 'stage'>,
): void {
	const page = new CodePage(settings, admissions, account.link);
	page.start();
	page.tellNews(account);
}

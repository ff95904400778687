import { element } from './document';
import { say } from './words';

/** A form with the button that sends it. */
export interface Sending {
	form: string;
	button: string;
	/** What the button says. */
	label: string;
	/** What is said to those who do not see it. */
	status: string;
}

/** Shows whether something is being sent; the text of the button is in the element of its name with `-text`. */
export function setBusy(isBusy: boolean, { form, button, label, status }: Sending): void {
	element(form).setAttribute('aria-busy', String(isBusy));
	// Not disabled: the focus would be lost.
	element(button).setAttribute('aria-disabled', String(isBusy));
	element(`${button}-text`).textContent = isBusy ? say('sending') : label;
	element('status').textContent = isBusy ? status : '';
}

let isSending = false;

/** Does one thing at a time: what is asked for meanwhile is left out. */
export function oneAtATime(send: () => Promise<void>): void {
	if (isSending) return;
	isSending = true;
	void send().finally(() => (isSending = false));
}

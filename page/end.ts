import type { PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { element } from './document';
import { NO_ANSWER_PAGE, say } from './words';

/** Shows the last page, in place of all that was typed. */
function showEnd(kind: 'done' | 'unknown', title: string, text: string): void {
	for (const id of ['summary', 'form', 'card', 'header', 'code']) {
		document.getElementById(id)?.remove();
	}
	element('end').dataset.kind = kind;
	element('end-title').textContent = document.title = title;
	element('end-text').textContent = text;
	element('end').hidden = false;
	element('end-title').focus();
}

/** Shows, in place of the form, that nobody knows yet what came of it. */
export const showUnknown = (title: string, text: string) => showEnd('unknown', title, text);

/** What was to be done is done: says so, and leads on where the owner wants that. */
export function showDone(kind: 'received' | 'ready', settings: PageSettings): void {
	const note = kind === 'received' && settings.isTest ? `\n\n${NO_ANSWER_PAGE}` : '';
	showEnd('done', say(`${kind}Title`), say(`${kind}Text`) + note);
	if (settings.redirectUrl !== '') location.assign(settings.redirectUrl);
}

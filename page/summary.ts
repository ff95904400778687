import { type Control, control, element } from './document';

/** What is wrong, as the summary above the form tells it. */
export interface Summary {
	title: string;
	/** What to do next; '' for nothing more. */
	text: string;
	/** What stands beside its input too, by the input's id. */
	mistakes: Map<string, string>;
	/** What is about no input of the form. */
	others?: string[];
}

/** Says beside an input what is wrong with it, or takes that back. */
export function tellMistake(id: string, mistake: string | undefined): void {
	element(`${id}-mistake`).textContent = mistake ?? '';
	if (mistake === undefined) control(id)?.removeAttribute('aria-invalid');
	else control(id)?.setAttribute('aria-invalid', 'true');
}

/** Whether a mistake is told beside an input. */
export const isTold = (input: Control) => input.getAttribute('aria-invalid') === 'true';

function listItem(mistake: string, id?: string): HTMLElement {
	const item = document.createElement('li');
	if (id === undefined) {
		item.textContent = mistake;
		return item;
	}
	const link = document.createElement('a');
	link.href = `#${id}`;
	link.textContent = mistake;
	link.addEventListener('click', (event) => {
		event.preventDefault();
		control(id)?.focus();
	});
	item.append(link);
	return item;
}

/** Shows the summary, which takes the focus, and each mistake beside its input. */
export function showSummary({ title, text, mistakes, others = [] }: Summary): void {
	for (const [id, mistake] of mistakes) tellMistake(id, mistake);
	element('summary-title').textContent = title;
	element('summary-text').textContent = text;
	element('summary-list').replaceChildren(
		...[...mistakes].map(([id, mistake]) => listItem(mistake, id)),
		...others.map((mistake) => listItem(mistake)),
	);
	element('summary-wait').hidden = true;
	element('summary').hidden = false;
	element('summary').focus();
}

/** Takes back all that was told. */
export function forgetMistakes(): void {
	element('summary').hidden = true;
	for (const { id } of document.querySelectorAll('[aria-invalid]')) tellMistake(id, undefined);
}

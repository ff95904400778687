import type { Answer } from './readAnswer';
import { inputOf } from './readForm';
import { showSummary } from './summary';
import { wordsFor } from './words';

/** Shows what is wrong, beside its input where there is one. */
export function showRefusal({ title, text, reasons }: Extract<Answer, { kind: 'refused' }>): void {
	const mistakes = new Map<string, string>();
	const others = new Set<string>();
	for (const reason of reasons) {
		const id = inputOf(reason.field);
		if (id === undefined || mistakes.has(id)) others.add(wordsFor(reason));
		else mistakes.set(id, reason.message || wordsFor(reason));
	}
	showSummary({ title, text, mistakes, others: [...others] });
}

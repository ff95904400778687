import type { TextKey } from '../nodes/StampsOnboardingTrigger/words';
import type { Answer } from './readAnswer';
import { control } from './document';
import { inputOf, labelOf } from './readForm';
import { showSummary } from './summary';
import { ofReason, say, wordsFor } from './words';

/**
 * Shows what is wrong, beside its input where there is one.
 *
 * @param title - where it is no step that says it
 */
export function showRefusal(
	{ step, reasons }: Extract<Answer, { kind: 'refused' }>,
	title: TextKey,
): void {
	const mistakes = new Map<string, string>();
	const others = new Set<string>();
	for (const reason of reasons) {
		const id = inputOf(reason.field);
		if (id === undefined || mistakes.has(id)) others.add(wordsFor(reason));
		else mistakes.set(id, ofReason(labelOf(control(id)!), reason, step !== undefined));
	}
	showSummary({
		title: step?.title ?? say(title),
		text: step?.next ?? '',
		mistakes,
		others: [...others],
	});
}

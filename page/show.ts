import type { Answer } from './readAnswer';
import { control } from './document';
import { inputOf, labelOf } from './readForm';
import { showSummary } from './summary';
import { mayExist, ofReason, say, wordsFor } from './words';

/** Shows what is wrong, beside its input where there is one. */
export function showRefusal(
	{ step, reasons }: Extract<Answer, { kind: 'refused' }>,
	stage: 'registration' | 'code',
): void {
	const mistakes = new Map<string, string>();
	const others = new Set<string>();
	for (const reason of reasons) {
		const id = inputOf(reason.field);
		if (id === undefined || mistakes.has(id)) others.add(wordsFor(reason, stage));
		else mistakes.set(id, ofReason(labelOf(control(id)!), reason, step !== undefined));
	}
	const isOfStep = step !== undefined && !reasons.some(mayExist);
	showSummary({
		title: isOfStep ? step.title : say(stage === 'code' ? 'notDone' : 'notAccepted'),
		text: step?.next ?? '',
		mistakes,
		others: [...others],
	});
}

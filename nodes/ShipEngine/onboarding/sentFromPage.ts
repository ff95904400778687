import type { Passed } from '../input/earlierSteps';
import { STAGES, type PageItem, type Stage } from './pageItem';

/** What somebody has sent from a page. */
export interface Sent {
	stage: Stage;
	item: PageItem;
}

/**
 * What an item of the trigger on the way says; undefined where there is none.
 *
 * @param way - what the steps before have put out, the nearest first
 */
export function sentIn(way: Passed[]): Sent | undefined {
	const found = way.find(({ type }) => type.endsWith('.stampsOnboardingTrigger'));
	const stage = found && STAGES[found.output];
	return stage && { stage, item: found.json as PageItem };
}

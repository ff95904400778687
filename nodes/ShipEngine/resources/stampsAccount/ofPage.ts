import type { OwnField } from '../../input/field';
import type { PageItem } from '../../onboarding/pageItem';
import { sentIn } from '../../onboarding/sentFromPage';

/** What was sent from a page, where the run began with one. */
export const OF_PAGE: OwnField<PageItem | undefined> = {
	properties: [],
	read: ({ earlierSteps, index }) => sentIn(earlierSteps.wayTo(index))?.item,
};

import type { IDataObject } from 'n8n-workflow';
import type { OwnField } from '../../input/field';
import type { PageItem } from '../../onboarding/pageItem';
import { sentIn } from '../../onboarding/sentFromPage';

const isPageItem = (json: IDataObject): json is PageItem =>
	typeof json.page_path === 'string' && typeof json.page_pass === 'string';

/** What was sent from a page, where the run began with one. */
export const OF_PAGE: OwnField<PageItem | undefined> = {
	properties: [],
	read(item) {
		// What an agent says counts for nothing, and its tool has no earlier steps.
		if (item.isTool) return undefined;
		const sent = sentIn(item.earlierSteps.wayTo(item.index));
		// In a sub-workflow, only the item itself tells.
		return sent?.item ?? (isPageItem(item.json) ? item.json : undefined);
	},
};

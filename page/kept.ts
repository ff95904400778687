import type { Admission } from '../nodes/StampsOnboardingTrigger/pageSettings';
import type { ToConfirm } from './readAnswer';

/** What the page of an account goes on with. */
export interface Account {
	admission: Admission;
	account: Omit<ToConfirm, 'stage'>;
}

/**
 * Keeps what is needed where the page is loaded again: a phone does that by itself, after a look at its
 * text messages. It stays with this page of the browser's history, where no other page reads it. Chromium
 * gives it back to no page without an origin (tried): there the page begins at its beginning.
 *
 * @param kept - undefined where there is nothing left to go on with
 */
export function keep(kept?: Account): void {
	try {
		history.replaceState(kept, '', location.pathname);
	} catch {
		// A browser that does not let a page without an origin do it, keeps nothing.
	}
}

/** What was kept; undefined for nothing. */
export const kept = () => (history.state ?? undefined) as Account | undefined;

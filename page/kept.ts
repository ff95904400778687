import type { Admission } from '../nodes/StampsOnboardingTrigger/pageSettings';
import type { ToConfirm } from './readAnswer';

/** What the page of an account goes on with. */
export interface Account {
	admission: Admission;
	account: Omit<ToConfirm, 'stage'>;
}

/**
 * Keeps what is needed where the page is loaded again: a phone does that by itself, after a look at its
 * text messages. The link stands in the address, so it goes on in every browser, and on another device;
 * the rest stays with this page of the browser's history, where Chromium gives it back to no page without
 * an origin (tried).
 */
export function keep(kept: Account): void {
	replace(kept, `?link=${kept.account.link}`);
}

/** Leaves the link alone: the page is too old, and another one is needed. */
export const keepLink = (link: string) => replace(null, `?link=${link}`);

/** Forgets it: there is nothing left to go on with. */
export const forget = () => replace(null, '');

function replace(state: Account | null, query: string): void {
	try {
		history.replaceState(state, '', location.pathname + query);
	} catch {
		// A browser that does not let a page without an origin do it, keeps nothing.
	}
}

/** What was kept of the account that a link opens; undefined for nothing. */
export function keptOf(link: string): Account | undefined {
	const kept = history.state as Account | null;
	return kept?.account.link === link ? kept : undefined;
}

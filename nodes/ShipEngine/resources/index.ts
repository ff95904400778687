import type { Resource } from '../step/operation';
import { carrier } from './carrier';
import { cardSeal } from './cardSeal';
import { onboardingPage } from './onboardingPage';
import { stampsAccount } from './stampsAccount';
import { subAccount } from './subAccount';

/**
 * All that the node can do. The panel and the dispatch are derived from this table. The first one is the
 * panel's default, which saved workflows leave out: new ones go to the end.
 */
export const resources: [Resource, ...Resource[]] = [
	stampsAccount,
	cardSeal,
	subAccount,
	carrier,
	onboardingPage,
];

import type { Resource } from '../step/operation';
import { stampsAccount } from './stampsAccount';

/** All that the node can do. The panel and the dispatch are derived from this table. */
export const resources: [Resource, ...Resource[]] = [stampsAccount];

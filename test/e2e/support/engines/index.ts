import { CHROMIUM, FIREFOX } from './puppeteer';
import type { Engine } from './visitor';
import { WEBKIT } from './webkit';

export type { Engine, Visit, Visitor } from './visitor';

export const ENGINES: Engine[] = [CHROMIUM, FIREFOX, WEBKIT];

/** Of each engine that is not on this machine, a sentence that says what to install. */
export const missingEngines = (): string[] =>
	ENGINES.flatMap(({ name, missing }) => {
		const wanted = missing();
		return wanted
			? [`${name} is not on this machine: install ${wanted} to test the page in it.`]
			: [];
	});

import { BrowserFormDriver, findChromium } from './browser';
import type { FormDriver } from './driver';
import { HttpFormDriver } from './http';

/** Somebody to fill in forms: in a real browser, or where there is none without, which is said. */
export async function startFormDriver(): Promise<FormDriver> {
	const chromium = findChromium();
	if (chromium) return await BrowserFormDriver.start(chromium);
	process.stderr.write('No Chromium was found: the forms are sent without one.\n');
	return new HttpFormDriver();
}

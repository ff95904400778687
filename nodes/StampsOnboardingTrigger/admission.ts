import { type Before, boundTo, newPass, sealPass } from './pass';
import type { Admission } from './pageSettings';
import type { Setup } from './settings';
import type { Language } from './words';

/**
 * What a page is given to send with.
 *
 * @param before - an earlier pass, whose counts go on, or how the page was opened
 */
export function admit(
	{ keys, termsUrl, textsIn, path, isTest, login }: Setup,
	language: Language,
	now: number,
	before: Before = {},
): Admission {
	const [{ pass: key, publicJwk }] = keys;
	const shown = { termsText: textsIn(language).terms, termsUrl, language };
	const pass = newPass(shown, now, before);
	const sealed = sealPass(pass, key, boundTo(path, isTest, login));
	return { ...shown, publicJwk, now, pass: sealed, passId: pass.id };
}

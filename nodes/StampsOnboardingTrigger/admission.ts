import { type Before, boundTo, newPass, sealPass } from './pass';
import type { Admission } from './pageSettings';
import type { Setup } from './settings';

/**
 * What a page is given to send with.
 *
 * @param before - an earlier pass, whose counts go on, or how the page was opened
 */
export function admit(
	{ keys, terms, path, isTest, login }: Setup,
	now: number,
	before: Before = {},
): Admission {
	const [{ pass: key, publicJwk }] = keys;
	const pass = newPass(terms, now, before);
	const sealed = sealPass(pass, key, boundTo(path, isTest, login));
	return { ...terms, publicJwk, now, pass: sealed, passId: pass.id };
}

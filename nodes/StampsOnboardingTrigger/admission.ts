import { boundTo, newPass, sealPass } from './pass';
import type { Admission } from './pageSettings';
import type { Setup } from './settings';

/**
 * What a page is given to send with.
 *
 * @param id - that of an earlier pass, whose counts go on
 */
export function admit({ keys, terms, path, login }: Setup, now: number, id?: string): Admission {
	const [{ pass: key, publicJwk }] = keys;
	const pass = newPass(terms, now, id);
	const sealed = sealPass(pass, key, boundTo(path, login));
	return { ...terms, publicJwk, now, pass: sealed, passId: pass.id };
}

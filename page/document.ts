/**
 * An element of form.html.
 * @throws Error where there is none
 */
export function element<E extends HTMLElement = HTMLElement>(id: string): E {
	const found = document.getElementById(id);
	if (!found) throw new Error(`The page has no element '${id}'`);
	return found as E;
}

/** What a person fills in. */
export type Control = HTMLInputElement | HTMLSelectElement;

/** An input or a list of the form; undefined where this page does not ask for it. */
export const control = (id: string) => document.getElementById(id) as Control | null;

import type { IDataObject } from 'n8n-workflow';

/** A name without case, spaces, dashes and underscores: people write `Zip code` for `zip_code`. */
const bare = (name: string) => name.replace(/[\s_-]/g, '').toLowerCase();

/**
 * The keys under which an item may have a field. Only the item's own keys count: it may have any others.
 *
 * @param names - the API's name, then other names by which people may call it, in whatever spelling
 * @returns the API's name alone, if the item has it
 */
export function keysOf(item: IDataObject, ...names: [string, ...string[]]): string[] {
	if (Object.hasOwn(item, names[0])) return [names[0]];
	const keys = Object.keys(item);
	if (keys.length === 0) return [];
	const wanted = names.map(bare);
	return keys.filter((key) => wanted.includes(bare(key)));
}

/** The one key under which an item has a field; undefined where no key fits, or more than one. */
export function keyOf(item: IDataObject, ...names: [string, ...string[]]): string | undefined {
	const keys = keysOf(item, ...names);
	return keys.length === 1 ? keys[0] : undefined;
}

/** Whether an item says that a step failed for it. */
export const isErrorItem = ({ error }: IDataObject) => error !== null && typeof error === 'object';

/** The object that an item has under a key; empty where it has none. */
export function objectAt(item: IDataObject, key: string): IDataObject {
	const value = Object.hasOwn(item, key) ? item[key] : undefined;
	return value !== null && typeof value === 'object' ? (value as IDataObject) : {};
}

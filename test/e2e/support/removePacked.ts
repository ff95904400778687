import { rm } from 'node:fs/promises';
import path from 'node:path';

/** Removes what `packOnce` has made. */
export default async function removePacked(): Promise<void> {
	if (process.env.PACKED_NODE) await rm(path.dirname(process.env.PACKED_NODE), { recursive: true });
}

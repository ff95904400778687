import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packNode } from '../../../sandbox/n8n/packedNode';

/** Packs the node for all end-to-end tests: they run side by side, and each build would empty `dist`. */
export default async function packOnce(): Promise<void> {
	process.env.PACKED_NODE = await packNode(await mkdtemp(path.join(tmpdir(), 'packed-node-')));
}

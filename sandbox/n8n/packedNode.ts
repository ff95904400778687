import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './npm.cjs';

const ROOT = path.resolve(__dirname, '../..');

/**
 * Builds the node and packs it as it would be published.
 * @param folder where the tarball goes
 * @param signal ends it early
 * @returns the tarball
 * @throws Error with what the compiler or npm printed
 */
export async function packNode(folder: string, signal?: AbortSignal): Promise<string> {
	await npm(['run', 'build'], { cwd: ROOT, signal });
	const printed = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: ROOT,
		signal,
	});
	const [packed] = JSON.parse(printed) as Array<{ filename: string }>;
	if (!packed) throw new Error('npm pack made no tarball');
	return path.join(folder, packed.filename);
}

/**
 * Installs a packed node where n8n's Community Nodes screen would put it. It has no dependencies,
 * so no network is needed.
 * @param userFolder n8n's `N8N_USER_FOLDER`
 */
export async function installNode(tarball: string, userFolder: string): Promise<void> {
	const folder = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(folder, { recursive: true });
	await writeFile(
		path.join(folder, 'package.json'),
		'{ "name": "installed-nodes", "private": true }',
	);
	await npm(['install', '--offline', '--ignore-scripts', '--legacy-peer-deps', tarball], {
		cwd: folder,
	});
}

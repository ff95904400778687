import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { readPage, shellLines } from '../support/docs';
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

/** The README's command by which a person installs a tarball: what it says is what is tried here. */
function installCommand(): string[] {
	const [command] = shellLines(readPage('README.md')).flatMap(
		(line) => /^npm (install .*\.tgz)$/.exec(line)?.[1] ?? [],
	);
	if (!command) throw new Error('The README does not say how a tarball is installed');
	return command.split(' ');
}

/**
 * Installs a packed node as the README says. It has no dependencies, so no network is needed.
 * @param userFolder n8n's `N8N_USER_FOLDER`, in which `.n8n` is
 */
export async function installNode(tarball: string, userFolder: string): Promise<void> {
	const nodes = path.join(userFolder, '.n8n/nodes');
	await mkdir(nodes, { recursive: true });
	const there = path.join(nodes, path.basename(tarball));
	await copyFile(tarball, there);
	const command = installCommand().map((word) => {
		if (word.endsWith('.tgz')) return there;
		return word.startsWith('~/') ? path.join(userFolder, word.slice(2)) : word;
	});
	await npm([...command, '--offline'], { cwd: userFolder });
}

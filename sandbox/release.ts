import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { installPinned } from './n8n/pinned.cjs';
import { withProgress } from './support/progress.cjs';

/**
 * `npm run release:files [folder]`: makes the files of a release, with the Node and the npm that
 * `release/package.json` pins. Everybody who runs it on a commit gets the same bytes.
 */

const ROOT = path.dirname(__dirname);

const PINNED = path.join(__dirname, 'release');

/** What every file in the zip counts as its time: a zip knows none before 1980. */
const ANY_TIME = new Date(1980, 0, 1);

/** The pinned Node of this machine, and the pinned npm. */
async function installTools(signal: AbortSignal): Promise<{ node: string; npm: string }> {
	const { optionalDependencies } = JSON.parse(
		await readFile(path.join(PINNED, 'package.json'), 'utf8'),
	) as { optionalDependencies: Record<string, string> };
	const isWindows = process.platform === 'win32';
	const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
	const version = Object.values(optionalDependencies)[0]!;
	const folder = await withProgress<string>('Installing the pinned Node and npm', async (report) =>
		installPinned(PINNED, { scripts: false, report, signal }),
	);
	const npm = path.join(folder, 'node_modules/npm/bin/npm-cli.js');
	if (name in optionalDependencies) {
		const binary = isWindows ? 'node.exe' : 'node';
		return { node: path.join(folder, 'node_modules', name, 'bin', binary), npm };
	}
	if (process.versions.node === version) return { node: process.execPath, npm };
	throw new Error(`For this machine there is no pinned Node. Run this with Node ${version}.`);
}

/** What npm tells of a tarball. */
interface Packed {
	filename: string;
	files: Array<{ path: string }>;
}

/** Builds and packs the node; the tarball's name. */
async function pack(
	{ node, npm }: { node: string; npm: string },
	folder: string,
	signal: AbortSignal,
): Promise<string> {
	const run = async (...args: string[]) =>
		await new Promise<string>((resolve, reject) => {
			const child = spawn(node, [npm, ...args], {
				cwd: ROOT,
				// What npm starts has to be that Node too.
				env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` },
				stdio: ['ignore', 'pipe', 'inherit'],
				signal,
			});
			let printed = '';
			child.stdout.on('data', (data) => (printed += String(data)));
			child.on('error', reject);
			child.on('close', (code) => {
				if (code === 0) resolve(printed);
				else reject(new Error(`npm ${args[0]} ended with ${code}:\n${printed}`));
			});
		});
	const packed = async (...args: string[]) => {
		const told = await run('pack', '--json', '--ignore-scripts', ...args);
		return (JSON.parse(told) as Packed[])[0]!;
	};
	await run('run', 'build');
	const { files } = await packed('--dry-run');
	// A tarball has the rights of its files, which depend on who has checked them out.
	await Promise.all(files.map(async (file) => await chmod(path.join(ROOT, file.path), 0o644)));
	return (await packed('--pack-destination', folder)).filename;
}

/** Puts the workflows into a zip, with what they need, not compressed: so no version of anything counts. */
async function zipWorkflows(file: string): Promise<void> {
	const workflows = path.join(ROOT, 'workflows');
	const names = (await readdir(workflows, { recursive: true }))
		.map((name) => name.replaceAll(path.sep, '/'))
		.filter((name) => /\.(json|csv)$/.test(name) && !name.startsWith('images/'))
		.sort();
	const zip = new ZipFile();
	for (const name of names) {
		zip.addBuffer(await readFile(path.join(workflows, name)), `workflows/${name}`, {
			compress: false,
			mode: 0o100644,
			mtime: ANY_TIME,
			// The other kind of time depends on the time zone.
			forceDosTimestamp: true,
		});
	}
	zip.end();
	await pipeline(zip.outputStream, createWriteStream(file));
}

/** The script of the registration page, as the page has it: by its checksum a page can be watched. */
async function pageScript(): Promise<string> {
	const built = path.join(ROOT, 'dist/nodes/StampsOnboardingTrigger/page.generated.js');
	return ((await import(built)) as { SCRIPT: string }).SCRIPT;
}

/**
 * @param args where the files go: a folder, `release` unless said, which is made anew
 * @returns the exit code: 0
 */
export async function main(
	[given = 'release']: string[],
	_n8n: unknown,
	signal: AbortSignal,
): Promise<number> {
	const folder = path.resolve(given);
	const tools = await installTools(signal);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const tarball = await pack(tools, folder, signal);
	const zip = tarball.replace(/\.tgz$/, '-workflows.zip');
	await zipWorkflows(path.join(folder, zip));
	const script = tarball.replace(/\.tgz$/, '-page.js');
	await writeFile(path.join(folder, script), await pageScript());
	const sums = await Promise.all(
		[tarball, zip, script].map(async (name) => {
			const hash = createHash('sha256').update(await readFile(path.join(folder, name)));
			return `${hash.digest('hex')}  ${name}\n`;
		}),
	);
	await writeFile(path.join(folder, 'SHA256SUMS'), sums.join(''));
	console.log(`In ${given}:\n\n${sums.join('')}\nTo check them: sha256sum --check SHA256SUMS`);
	return 0;
}

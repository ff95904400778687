const { createHash, randomUUID } = require('node:crypto');
const { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } = require('node:fs/promises');
const { homedir } = require('node:os');
const path = require('node:path');
const { npm } = require('./npm.cjs');

/**
 * A pinned folder is a package.json with its package-lock.json, installed once into the user's
 * cache under a name made of both files, so a changed lock is another folder. An install works in
 * a folder of its own and is renamed when it is whole: a killed one never looks finished, and of
 * two at once the second finds the work done.
 */

const MANIFESTS = ['package.json', 'package-lock.json'];
const PARTIAL = /^\.partial-(\d+)-/;

/** @returns {string} the folder that holds every pinned install of this user */
function cacheRoot() {
	return path.join(
		process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
		'n8n-nodes-shipengine',
	);
}

/**
 * @param {string} source the folder with the two manifests
 * @returns {Promise<string>} where its install is, or will be
 */
async function installedPath(source) {
	const hash = createHash('sha256');
	for (const file of MANIFESTS) hash.update(await readFile(path.join(source, file)));
	const key = hash.digest('hex').slice(0, 12);
	return path.join(
		cacheRoot(),
		`${path.basename(source)}-${process.platform}-${process.arch}-${key}`,
	);
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>}
 */
const exists = (folder) =>
	stat(folder).then(
		() => true,
		() => false,
	);

/**
 * @param {number} pid
 * @returns {boolean} whether such a process runs
 */
function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/** Removes what installs that were killed have left behind. */
async function removeLeftovers() {
	for (const name of await readdir(cacheRoot())) {
		const pid = PARTIAL.exec(name)?.[1];
		if (pid && !isRunning(Number(pid))) {
			await rm(path.join(cacheRoot(), name), { recursive: true, force: true });
		}
	}
}

/**
 * The lock in git names no registry. npm would then ask the registry about each package before
 * fetching it, two thousand requests and a minute of computing more; so the copy that is installed
 * from says where each tarball is at the registry this machine uses.
 * @param {string} lockFile
 * @returns {Promise<number>} how many packages it names
 */
async function nameTarballs(lockFile) {
	const folder = path.dirname(lockFile);
	const registry = (await npm(['config', 'get', 'registry'], { cwd: folder }))
		.trim()
		.replace(/\/$/, '');
	const lock = JSON.parse(await readFile(lockFile, 'utf8'));
	for (const [place, entry] of Object.entries(lock.packages)) {
		if (place === '') continue;
		const name = entry.name ?? place.split('node_modules/').at(-1);
		entry.resolved = `${registry}/${name}/-/${name.split('/').at(-1)}-${entry.version}.tgz`;
	}
	await writeFile(lockFile, JSON.stringify(lock));
	return Object.keys(lock.packages).length - 1;
}

/**
 * @param {string} source the folder with package.json and package-lock.json
 * @returns {Promise<string | undefined>} where it is installed, if it is
 */
async function findPinned(source) {
	const folder = await installedPath(source);
	return (await exists(folder)) ? folder : undefined;
}

/**
 * Installs a pinned folder into the cache, unless it is there.
 * @param {string} source the folder with package.json and package-lock.json
 * @param {object} options
 * @param {boolean} options.scripts whether packages may run their install scripts
 * @param {(howFar: string) => void} options.report
 * @param {AbortSignal} options.signal ends the install early
 * @param {(folder: string) => Promise<void>} [options.finish] the last step before the folder counts as whole
 * @returns {Promise<string>} the installed folder
 * @throws {Error} saying what npm printed and what to do
 */
async function installPinned(source, { scripts, report, signal, finish }) {
	const target = await installedPath(source);
	if (await exists(target)) return target;
	await mkdir(cacheRoot(), { recursive: true });
	await removeLeftovers();
	const work = path.join(cacheRoot(), `.partial-${process.pid}-${randomUUID()}`);
	try {
		await mkdir(work);
		for (const file of MANIFESTS) await cp(path.join(source, file), path.join(work, file));
		const total = await nameTarballs(path.join(work, 'package-lock.json'));
		let fetched = 0;
		await npm(
			[
				'ci',
				`--ignore-scripts=${!scripts}`,
				'--legacy-peer-deps',
				'--include=optional',
				'--no-audit',
				'--no-fund',
				'--loglevel=http',
			],
			{
				cwd: work,
				signal,
				inBackground: true,
				onLine: (line) => {
					if (/^npm http fetch .*\.tgz/.test(line))
						report(`${++fetched} of ${total} packages fetched`);
				},
			},
		);
		await finish?.(work);
		await rename(work, target).catch(async (error) => {
			if (!(await exists(target))) throw error;
		});
		return target;
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

module.exports = { cacheRoot, findPinned, installPinned };

const { cp } = require('node:fs/promises');
const path = require('node:path');
const { withProgress } = require('../support/progress.cjs');
const { findPinned, installPinned } = require('./pinned.cjs');

/**
 * Installs a pinned, real n8n. It runs before this project's own dependencies exist, so it uses
 * nothing but Node's built-ins.
 */

/** The pinned versions, with the Node major versions each one runs on. */
const VERSIONS = {
	'2.41.1': { from: 24, to: 26 },
	'2.8.4': { from: 20, to: 24 },
};

/**
 * @typedef {keyof typeof VERSIONS} N8nVersion
 * @typedef {{ version: N8nVersion, node: string, bin: string }} InstalledN8n
 * `node` is the Node to start `bin` with, both absolute paths
 */

const SQLITE_BINARY = path.join('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/**
 * n8n is installed without any package's scripts; sqlite3 is the only one that has to be compiled.
 * That takes a minute of one core, so it is done beside the download and copied in at the end.
 * @param {N8nVersion} version
 * @param {AbortSignal} [unwanted]
 * @returns {Promise<string>} the installed folder
 */
async function download(version, unwanted) {
	const controller = new AbortController();
	const signal = unwanted ? AbortSignal.any([controller.signal, unwanted]) : controller.signal;
	const compiled = withProgress('Compiling sqlite3', (report) =>
		installPinned(path.join(__dirname, 'sqlite3'), { scripts: true, report, signal }),
	);
	const installed = withProgress(`Installing n8n ${version}`, (report) =>
		installPinned(path.join(__dirname, version), {
			scripts: false,
			report,
			signal,
			finish: async (folder) => {
				await cp(path.join(await compiled, SQLITE_BINARY), path.join(folder, SQLITE_BINARY));
			},
		}),
	);
	try {
		const [folder] = await Promise.all([installed, compiled]);
		return folder;
	} catch (error) {
		controller.abort();
		await Promise.allSettled([installed, compiled]);
		throw error;
	}
}

/**
 * @param {N8nVersion} version
 * @param {string} platform as `process.platform` has it
 * @param {string} arch as `process.arch` has it
 * @returns {(folder: string) => string} which Node to run this n8n with, given where it is installed:
 * the pinned one where npm has a binary for the machine, else the one that runs us
 * @throws {Error} when neither will do; so ask before the download
 */
function nodeFor(version, platform = process.platform, arch = process.arch) {
	const isWindows = platform === 'win32';
	const name = `node-${isWindows ? 'win' : platform}-${arch}`;
	const { optionalDependencies = {} } = require(`./${version}/package.json`);
	if (name in optionalDependencies) {
		const binary = isWindows ? 'node.exe' : 'node';
		return (folder) => path.join(folder, 'node_modules', name, 'bin', binary);
	}
	const { from, to } = VERSIONS[version];
	const running = Number(process.versions.node.split('.')[0]);
	if (running >= from && running <= to) return () => process.execPath;
	throw new Error(
		`n8n ${version} needs Node ${from} to ${to}, and this is Node ${process.versions.node}. ` +
			'Run the same command again with another Node on the PATH.',
	);
}

/**
 * Installs a pinned n8n into the user's cache, unless it is there, showing progress on standard
 * error. The first time takes minutes, every other time nothing.
 * @param {N8nVersion} version
 * @param {AbortSignal} [unwanted] ends the install early
 * @returns {Promise<InstalledN8n>}
 * @throws {Error} that says what is missing on this machine and what to do about it
 */
async function installN8n(version, unwanted) {
	// Before the gigabytes, not after them.
	const nodeIn = nodeFor(version);
	const folder =
		(await findPinned(path.join(__dirname, version))) ?? (await download(version, unwanted));
	return {
		version,
		node: nodeIn(folder),
		bin: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

module.exports = { installN8n, nodeFor };

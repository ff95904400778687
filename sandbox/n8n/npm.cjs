const { spawn } = require('node:child_process');
const { constants, setPriority } = require('node:os');
const { createInterface } = require('node:readline');

/** What npm prints when something outside of this project is missing, and what to do about it. */
const ADVICE = [
	{
		sign: /find Python|not found: (make|g\+\+|cc|c\+\+)|(make|g\+\+|c\+\+): (command )?not found|ENOENT.*make|find Visual Studio|No Xcode/i,
		text: 'Compiling sqlite3 needs python3, make and a C++ compiler. On Debian or Ubuntu: sudo apt-get install python3 make g++. On macOS: xcode-select --install.',
	},
	{
		sign: /ENOSPC|no space left/i,
		text: 'The disk is full. A pinned n8n takes about 3 GB; set XDG_CACHE_HOME to a folder on a larger disk.',
	},
	{
		sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/,
		text: 'The npm registry was not reached. Check the network (npm ping), then run the same command again: what was fetched so far is kept in npm’s cache.',
	},
	{
		sign: /EACCES|EPERM/,
		text: 'A folder may not be written to. Check who owns the cache folder named above, or set XDG_CACHE_HOME to another one.',
	},
];

/**
 * How to start npm: the very npm that runs us where there is one, else the one on the PATH.
 * @returns {{ command: string, first: string[] }}
 */
function npmCommand() {
	const running = process.env.npm_execpath;
	return running?.endsWith('npm-cli.js')
		? { command: process.execPath, first: [running] }
		: { command: 'npm', first: [] };
}

/**
 * Runs npm to its end.
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {AbortSignal} [options.signal] ends npm early
 * @param {boolean} [options.inBackground] whether anything else that runs goes first
 * @param {(line: string) => void} [options.onLine] is given each line npm prints on standard error
 * @returns {Promise<string>} what npm wrote on standard output
 * @throws {Error} with the last lines npm printed and, where the cause is known, what to do
 */
function npm(args, { cwd, signal, inBackground, onLine }) {
	const { command, first } = npmCommand();
	return new Promise((resolve, reject) => {
		const child = spawn(command, [...first, ...args], {
			cwd,
			signal,
			shell: command === 'npm' && process.platform === 'win32',
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		if (inBackground && child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
		/** @type {string[]} */
		const printed = [];
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
		createInterface({ input: child.stderr }).on('line', (line) => {
			onLine?.(line);
			if (!/ (http|warn) /.test(line)) printed.push(line);
		});
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) return resolve(output);
			const text = [output, ...printed].join('\n');
			const advice = ADVICE.find(({ sign }) => sign.test(text))?.text;
			const tail = text.trim().split('\n').slice(-20).join('\n');
			reject(
				new Error(`npm ${args[0]} did not work in ${cwd}\n${tail}${advice ? `\n\n${advice}` : ''}`),
			);
		});
	});
}

module.exports = { npm };

const { readFileSync } = require('node:fs');

/**
 * Loaded into n8n before anything else: its clock is ahead by as many milliseconds as a file says, so
 * that no test waits a minute, or two hours.
 */

const real = Date.now.bind(Date);

/** How often the file is looked at, in milliseconds. */
const INTERVAL = 20;

let ahead = 0;
let looked = 0;

const { CLOCK_FILE } = process.env;

// Processes that n8n starts may not be told of it.
if (CLOCK_FILE) {
	Date.now = () => {
		const now = real();
		if (now - looked > INTERVAL) {
			looked = now;
			ahead = Number(readFileSync(CLOCK_FILE, 'utf8'));
		}
		return now + ahead;
	};
}

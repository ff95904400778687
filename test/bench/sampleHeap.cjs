const { appendFileSync } = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');

/**
 * Loaded into n8n before anything else: notes what the heap holds after a collection, again and
 * again, as lines of time and bytes in the file HEAP_SAMPLES.
 */
const file = process.env.HEAP_SAMPLES ?? '';
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

const sample = () => {
	collect();
	appendFileSync(file, `${Date.now()} ${process.memoryUsage().heapUsed}\n`);
	setTimeout(sample, 100).unref();
};
// n8n starts other programs with its environment; only n8n itself has a parent to talk to.
if (file && process.send) sample();

const { appendFileSync, existsSync } = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');

/**
 * Loaded into n8n before anything else: notes what the heap holds after a collection, again and
 * again, as lines of time and bytes at the end of the file HEAP_SAMPLES, once that is there.
 */
const file = process.env.HEAP_SAMPLES ?? '';
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

/** How much longer it waits than a collection takes, so that n8n gets on. */
const REST = 2;

const sample = () => {
	const began = Date.now();
	if (existsSync(file)) {
		collect();
		appendFileSync(file, `${began} ${process.memoryUsage().heapUsed}\n`);
	}
	setTimeout(sample, 100 + REST * (Date.now() - began)).unref();
};
// n8n starts other programs with its environment; only n8n itself has a parent to talk to.
if (file && process.send) sample();

const path = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/**
 * The end-to-end tests that take longest, the longest first (seen in CI): one that begins last keeps
 * one of two cores waiting. Jest knows no times on a fresh checkout, only sizes.
 */
const LONGEST = [
	...['faults', 'ownAccount', 'trigger', 'manyMerchants', 'engines', 'firstLabel', 'answers'],
	'whoseMerchant',
];

/** @param {{ path: string }} test */
const place = (test) => {
	const index = LONGEST.indexOf(path.basename(test.path, '.test.ts'));
	return index === -1 ? LONGEST.length : index;
};

module.exports = class LongestFirst extends Sequencer {
	/**
	 * @override
	 * @param {Parameters<Sequencer['sort']>[0]} tests
	 */
	async sort(tests) {
		const usual = await super.sort(tests);
		return [...usual].sort((one, other) => place(one) - place(other));
	}
};

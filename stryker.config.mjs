/**
 * Changes the code in many small ways, one at a time, and runs the tests that come past each change: a
 * change that no test notices shows what the tests do not hold. For as long as it takes, so that it is
 * neither part of `npm test` nor of CI.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: [
		'accounts/atMostOnce',
		'accounts/existingAccount',
		'accounts/sharedAccounts',
		'api/answer',
		'api/connection',
		'api/policy',
		'api/requestFailure',
		'api/requests',
		'api/throttle',
		'api/waits',
		'failures/failure',
		'failures/masking',
		'failures/n8nErrors',
		'input/chainFields',
		'input/checklist',
		'input/choices',
		'input/earlierSteps',
		'input/field',
		'input/itemFields',
		'input/itemLinks',
		'input/onBehalfOf',
		'input/options',
		'input/readFields',
		'input/runOptions',
		'resources/carrier/fundsFields',
		'step/declare',
		'step/itemRunner',
		'step/memory',
		'step/turns',
	].map((name) => `nodes/ShipEngine/${name}.ts`),
	testRunner: 'jest',
	jest: { configFile: 'jest.mutation.config.js' },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	// A machine that has more to do must not pass for a test that noticed something.
	timeoutMS: 40_000,
	reporters: ['clear-text', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	tempDirName: '.tmp/stryker',
	ignorePatterns: ['dist', 'workflows', '.tmp', 'coverage'],
	disableTypeChecks: false,
	plugins: ['@stryker-mutator/jest-runner'],
};

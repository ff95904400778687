/**
 * The rings, innermost first. `npm test` runs unit and engine, and of e2e the main workflow. `queue` is
 * that of n8n on many machines: Redis, PostgreSQL and workers.
 * @param {string} displayName
 * @returns {import('jest').Config}
 */
const ring = (displayName) => ({
	displayName,
	testEnvironment: 'node',
	roots: [`<rootDir>/test/${displayName}`],
	testMatch: ['**/*.test.ts'],
	transform: { '\\.ts$': ['ts-jest', { diagnostics: false }] },
});

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		ring('unit'),
		ring('engine'),
		...['e2e', 'queue'].map((name) => ({
			...ring(name),
			globalSetup: '<rootDir>/test/e2e/support/packOnce.ts',
			globalTeardown: '<rootDir>/test/e2e/support/removePacked.ts',
		})),
	],
	testSequencer: '<rootDir>/test/support/longestFirst.cjs',
	// Jest leaves a core free by default, which of two is half.
	maxWorkers: '100%',
	// A machine that has more to do is no failure.
	testTimeout: 60_000,
};

const { projects } = require('./jest.config');

const [unit] = projects;

/** Tests of what is not changed: each file takes Jest half a second to load, for each change. */
const OTHERS = [
	'values/.*',
	'credentialTests/.*',
	'api/(apiKey|baseUrl|transport)',
	'input/cardFields',
	'failures/discretion',
	'description/',
];

/**
 * The tests that `npm run mutation` runs for a change of the code; Stryker knows no projects of Jest.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...unit,
	// The nodes too, or Jest would find only the tests that import a changed file themselves.
	roots: ['<rootDir>/test/unit/node', '<rootDir>/nodes'],
	testPathIgnorePatterns: [`/node/(${OTHERS.join('|')})`],
};

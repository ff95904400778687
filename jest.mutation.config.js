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
	roots: ['<rootDir>/test/unit/node'],
	testPathIgnorePatterns: [`/node/(${OTHERS.join('|')})`],
};

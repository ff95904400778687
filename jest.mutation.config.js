const { projects } = require('./jest.config');

const [unit] = projects;

/** Tests of what is not changed: each file takes Jest half a second to load, for each change. */
const OTHERS = [
	...['apiKey', 'apiKeyTest', 'baseUrl', 'cardFields', 'cardTest', 'description', 'discretion'],
	...['identifiers', 'options', 'paymentCard', 'phone', 'transport', 'usAddress', 'validation'],
];

/**
 * The tests that `npm run mutation` runs for a change of the code; Stryker knows no projects of Jest.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...unit,
	roots: ['<rootDir>/test/unit/node'],
	testPathIgnorePatterns: [`/(${OTHERS.join('|')})\\.test\\.ts$`],
};

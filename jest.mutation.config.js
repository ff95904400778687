const { projects } = require('./jest.config');

const [unit] = projects;

/**
 * What `npm run mutation` runs for each change of the code: Stryker knows no projects of Jest.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...unit,
	roots: ['<rootDir>/test/unit/node'],
};

/**
 * Tests of something that has to be installed. CI has it. Elsewhere, what is not there is left out, and
 * `npm run test:e2e` says so.
 *
 * @param missing - what has to be installed; undefined where it is there
 */
export const describeWith = (missing: string | undefined) =>
	missing === undefined || process.env.CI ? describe : describe.skip;

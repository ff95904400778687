const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');
const { buildPage } = require('./page/build.cjs');

/** Removes dist/, so that a renamed file leaves nothing of its old name in the package. */
exports.clean = async () => await rm('dist', { recursive: true, force: true });

/** Bundles the page of the trigger. It comes before whatever compiles, checks or loads the nodes. */
exports.page = buildPage;

/** Copies what the TypeScript compiler leaves behind: the icons, the codex and the schemas. */
exports.assets = () =>
	src(['nodes/**/*.{svg,json}', 'credentials/**/*.svg'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);

const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Removes dist/, so that a renamed file leaves nothing of its old name in the package. */
exports.clean = async () => await rm('dist', { recursive: true, force: true });

/** Copies what the TypeScript compiler leaves behind: the icons, the codex and the schemas. */
exports.assets = () =>
	src(['nodes/**/*.{svg,json}', 'credentials/**/*.svg'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);

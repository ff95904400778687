const { mkdir, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, parallel, src } = require('gulp');
const { buildPage } = require('./page/build.cjs');

/** Removes dist/, so that a renamed file leaves nothing of its old name in the package. */
exports.clean = async () => await rm('dist', { recursive: true, force: true });

/** Bundles the page of the trigger. It comes before whatever compiles, checks or loads the nodes. */
exports.page = buildPage;

/** Copies what the TypeScript compiler leaves behind: the icons and the codex. */
const copied = () =>
	src(['nodes/**/*.{svg,json}', 'credentials/**/*.svg'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);

/** Writes the schema of each operation's output where n8n looks for it, from what the operation declares. */
async function schemas() {
	const node = join(__dirname, 'dist/nodes/ShipEngine');
	const { resources } = require(join(node, 'resources'));
	const { schemaOf } = require(join(node, 'step/outputSchema'));
	for (const { value: resource, operations } of resources) {
		const folder = join(node, '__schema__/v1.0.0', resource);
		await mkdir(folder, { recursive: true });
		for (const { value, output } of operations) {
			await writeFile(join(folder, `${value}.json`), JSON.stringify(schemaOf(output)));
		}
	}
}

exports.assets = parallel(copied, schemas);

const { readFile, writeFile } = require('node:fs/promises');
const path = require('node:path');

/** The one file in which the trigger finds the page: n8n's rules let no node read files. */
const GENERATED = path.join(__dirname, '../nodes/StampsOnboardingTrigger/page.generated.ts');

/** No browser in use is older: each has what the node's checks are written in. */
const TARGET = ['es2022', 'chrome109', 'firefox115', 'safari16.4'];

/** @param {string} name */
const read = async (name) => await readFile(path.join(__dirname, name), 'utf8');

/** The markup in one line, without comments. */
const minifiedHtml = (/** @type {string} */ html) =>
	html
		.replace(/<!--.*?-->/gs, '')
		.replace(/\s+/g, ' ')
		.replace(/> </g, '><')
		.trim();

async function script() {
	const esbuild = require('esbuild');
	const { outputFiles } = await esbuild.build({
		entryPoints: [path.join(__dirname, 'main.ts')],
		bundle: true,
		minify: true,
		format: 'iife',
		target: TARGET,
		charset: 'utf8',
		write: false,
		logLevel: 'error',
	});
	return outputFiles[0]?.text.trim() ?? '';
}

async function style() {
	const esbuild = require('esbuild');
	const { code } = await esbuild.transform(await read('style.css'), {
		loader: 'css',
		minify: true,
		target: TARGET,
	});
	return code.trim();
}

/**
 * Bundles the page's script, style and markup into one module of the trigger. It has to run before
 * anything that compiles or loads the nodes.
 */
async function buildPage() {
	const parts = {
		SCRIPT: await script(),
		STYLE: await style(),
		FORM: minifiedHtml(await read('form.html')),
	};
	const lines = Object.entries(parts).map(
		([name, text]) => `export const ${name} =\n\t${JSON.stringify(text)};\n`,
	);
	const made = `/* Made of page/ by "gulp page". */\n${lines.join('')}`;
	// Left alone where it is the same: others may be reading it.
	const before = await readFile(GENERATED, 'utf8').catch(() => '');
	if (made !== before) await writeFile(GENERATED, made);
}

module.exports = { buildPage };

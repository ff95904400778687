import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { median, table } from './figures';

const ROUNDS = 9;

/** Prints how long a file takes to load, beside what n8n itself has loaded already. */
const SCRIPT = `
	require('n8n-workflow');
	const began = performance.now();
	for (const file of process.argv.slice(1)) require(file);
	console.log(performance.now() - began);
`;

/** Prints how long the package takes to load, beside the HTTP Request node of n8n. */
export async function measureLoading(
	{ node, bin }: InstalledN8n,
	packageFolder: string,
): Promise<void> {
	const modules = path.resolve(bin, '../../..');
	const own = [
		'nodes/ShipEngine/ShipEngine.node.js',
		'credentials/ShipEngineApi.credentials.js',
		'credentials/ShipEnginePaymentCardApi.credentials.js',
	].map((file) => path.join(packageFolder, 'dist', file));
	const http = [path.join(modules, 'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js')];
	const load = async (files: string[]) => {
		// From the working directory the script itself takes n8n-workflow, by NODE_PATH the package does.
		const options = { cwd: modules, env: { ...process.env, NODE_PATH: modules } };
		const { stdout } = await promisify(execFile)(node, ['-e', SCRIPT, ...files], options);
		return Number(stdout);
	};
	const times: [number[], number[]] = [[], []];
	for (let round = 0; round < ROUNDS; round += 1) {
		times[0].push(await load(own));
		times[1].push(await load(http));
	}
	const rows = ['This package', 'HTTP Request'].map((name, index) => [
		name,
		`${median(times[index]!).toFixed(0)} ms`,
	]);
	console.log(`\n### Time to load\n\n${table([`median of ${ROUNDS}`, 'time'], rows)}`);
}

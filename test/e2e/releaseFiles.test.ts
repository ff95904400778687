import { execFileSync, spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installN8n } from '../../sandbox/n8n/install.cjs';
import { startN8n } from '../../sandbox/n8n/instance';

/** `npm run release:files`, by two people: the same commit gives the same bytes, which n8n can load. */

const ROOT = path.resolve(__dirname, '../..');

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'release-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a checkout has besides what is in the repository. */
const NOT_COPIED = ['.git', 'coverage', 'dist', 'node_modules', 'release'];

/** Makes the files from a copy of the checkout, in other surroundings; the names and bytes of them. */
function make(name: string, umask: string, environment: Record<string, string>) {
	const copy = path.join(folder, name);
	for (const name of readdirSync(ROOT).filter((each) => !NOT_COPIED.includes(each))) {
		cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
	}
	symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
	const command = 'node sandbox/bootstrap.mjs --without-n8n sandbox/release.ts files';
	const { status, stderr } = spawnSync('bash', ['-c', `umask ${umask}; ${command}`], {
		cwd: copy,
		env: { ...process.env, npm_lifecycle_event: '', ...environment },
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr);
	const files = path.join(copy, 'files');
	return Object.fromEntries(
		readdirSync(files).map((file) => [file, readFileSync(path.join(files, file))]),
	);
}

test('two builds agree byte for byte, and the checksums are those of the files', () => {
	const one = make('one', '022', { TZ: 'America/Los_Angeles', LANG: 'C' });
	const other = make('somewhere else', '077', { TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8' });
	expect(Object.keys(one)).toEqual([
		'SHA256SUMS',
		expect.stringMatching(/^n8n-nodes-shipengine-[\d.]+-page\.js$/),
		expect.stringMatching(/^n8n-nodes-shipengine-[\d.]+-workflows\.zip$/),
		expect.stringMatching(/^n8n-nodes-shipengine-[\d.]+\.tgz$/),
	]);
	for (const [file, bytes] of Object.entries(one)) {
		expect({ file, same: bytes.equals(other[file]!) }).toEqual({ file, same: true });
	}

	const files = path.join(folder, 'one/files');
	const check = () => execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: files });
	expect(check().toString().match(/: OK$/gm)).toHaveLength(3);

	// What is in them is what is in the repository.
	const unpacked = path.join(folder, 'unpacked');
	mkdirSync(unpacked);
	const zip = Object.keys(one).find((name) => name.endsWith('.zip'))!;
	execFileSync('python3', ['-m', 'zipfile', '-e', path.join(files, zip), unpacked]);
	const filesIn = (folder: string) =>
		readdirSync(path.join(folder, 'workflows'), { recursive: true, encoding: 'utf8' })
			.filter((name) => /^(changes\/)?[\w-]+\.(json|csv)$/.test(name))
			.sort();
	const workflows = filesIn(unpacked);
	expect(workflows).toEqual(filesIn(ROOT));
	expect(workflows).toContain('changes/email-when-ready.json');
	for (const name of workflows) {
		expect(readFileSync(path.join(unpacked, 'workflows', name), 'utf8')).toBe(
			readFileSync(path.join(ROOT, 'workflows', name), 'utf8'),
		);
	}
}, 300_000);

test.each(['2.41.1', '2.8.4'] as const)(
	'the package installs by the README’s lines in n8n %s',
	async (version) => {
		const files = path.join(folder, 'one/files');
		const packed = readdirSync(files).find((name) => name.endsWith('.tgz'))!;
		const before = process.env.PACKED_NODE;
		process.env.PACKED_NODE = path.join(files, packed);
		const n8n = await startN8n(await installN8n(version), { credentials: [], workflows: [] });
		try {
			expect([...(await n8n.api.loadedPackages())]).toContain('n8n-nodes-shipengine');
		} finally {
			await n8n.stop();
			process.env.PACKED_NODE = before;
		}
	},
	600_000,
);

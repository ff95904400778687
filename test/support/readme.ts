import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readPage, shellLines } from '../../sandbox/support/docs';

/** The package's folder in the home of whoever runs n8n: n8n loads what is there. */
export const INSTALLED = '.n8n/nodes/node_modules/n8n-nodes-shipengine';

/** Where the lines are that install a tarball, and those that remove it. */
const PARTS = {
	'README.md': /\*\*By tarball\*\*.*?(?=\n## )/s,
	'docs/administration.md': /## Updating, going back, removing\n.*?(?=\n## )/s,
};

/** The shell commands with which the docs install a tarball and remove it, in their order. */
export function tarballCommands(): string[] {
	return Object.entries(PARTS)
		.map(([page, part]) => part.exec(readPage(page))?.[0] ?? '')
		.flatMap((part) => [...part.matchAll(/```sh\n(.*?)```/gs)])
		.flatMap(([, block = '']) => shellLines(block.trim()))
		.filter((line) => !line.startsWith('#'));
}

/** Stands in for docker: the container is this machine too, with another home. */
const DOCKER = `#!/bin/sh
command=$1; shift
case $command in
cp) cp "$1" "\${2#*:}" ;;
exec) shift; HOME=$CONTAINER_HOME exec "$@" ;;
esac
`;

/** A machine on which n8n runs, from which no registry can be reached. */
export class Machine {
	readonly home: string;

	readonly containerHome: string;

	/**
	 * @param folder - an empty one, in which all of the machine is
	 * @param tarball - the packed node
	 */
	constructor(
		private readonly folder: string,
		private readonly tarball: string,
	) {
		this.home = path.join(folder, 'home');
		this.containerHome = path.join(folder, 'container');
		for (const home of [this.home, this.containerHome]) {
			// In the nearest folder above with one of these npm would install by itself.
			mkdirSync(path.join(home, 'node_modules'), { recursive: true });
			writeFileSync(path.join(home, 'package.json'), '{}');
			// n8n has run here.
			mkdirSync(path.join(home, '.n8n/nodes'), { recursive: true });
		}
		mkdirSync(path.join(folder, 'bin'));
		writeFileSync(path.join(folder, 'bin/docker'), DOCKER, { mode: 0o755 });
	}

	/** Runs a command of the README, where the tarball is: the container's home becomes this machine's. */
	run(command: string): void {
		const here = command.replace('/home/node', this.containerHome);
		execFileSync('sh', ['-c', here], {
			cwd: path.dirname(this.tarball),
			stdio: 'pipe',
			// Nothing else: neither a cache nor a registry that npm was told of.
			env: {
				PATH: `${this.folder}/bin:${process.env.PATH}`,
				HOME: this.home,
				CONTAINER_HOME: this.containerHome,
				npm_config_registry: 'http://127.0.0.1:1',
				npm_config_fetch_retries: '0',
			},
		});
	}
}

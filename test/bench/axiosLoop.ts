import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { Measured } from './figures';

/** What to send where, and how many at a time. */
export interface Requests {
	url: string;
	headers: Record<string, string>;
	requests: Array<{ path: string; body: IDataObject }>;
	concurrency: number;
}

/** A bare axios loop, in a process of its own as n8n is. */
export class AxiosLoop {
	private constructor(private readonly child: ChildProcess) {}

	/** @param node the Node that n8n runs on */
	static start(node: string): AxiosLoop {
		return new AxiosLoop(
			fork(path.join(__dirname, 'axiosProcess.ts'), {
				cwd: __dirname,
				execPath: node,
				execArgv: ['--require', 'tsx/cjs'],
			}),
		);
	}

	async run(requests: Requests): Promise<Measured> {
		this.child.send(requests);
		const [measured] = (await once(this.child, 'message')) as [Measured];
		return measured;
	}

	stop(): void {
		this.child.kill();
	}
}

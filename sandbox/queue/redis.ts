import { execFileSync } from 'node:child_process';
import { freePort } from '../n8n/ports';
import { Service, folderFor, programAt, required } from './service';

/**
 * A new Redis on this machine only, which keeps what it has when it is started again.
 *
 * @returns it, and what n8n has to be told to use it
 */
export async function startRedis(
	parent: string,
): Promise<{ service: Service; port: number; environment: Record<string, string> }> {
	const file = required(programAt('redis-server'), 'Redis', 'redis-server');
	const folder = await folderFor(parent, 'redis');
	const port = await freePort(6_380 + 100 * Number(process.env.JEST_WORKER_ID ?? 0));
	const service = await Service.start(
		{
			name: 'redis',
			package: 'redis-server',
			file,
			args: [
				...['--port', String(port), '--bind', '127.0.0.1'],
				...['--appendonly', 'yes', '--save', '', '--dir', folder],
			],
			isReady: () => {
				try {
					const args = ['-h', '127.0.0.1', '-p', String(port), 'ping'];
					return execFileSync('redis-cli', args, { encoding: 'utf8' }).trim() === 'PONG';
				} catch {
					return false;
				}
			},
		},
		folder,
	);
	return {
		service,
		port,
		environment: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
	};
}

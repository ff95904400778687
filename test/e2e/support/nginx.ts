import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import fastify from 'fastify';
import { freePort } from '../../../sandbox/n8n/ports';
import { Service, required } from '../../../sandbox/queue/service';

/** nginx in front of n8n, with the lines of docs/registration-page.md as they stand there. */

const DOCS = path.join(__dirname, '../../../docs/registration-page.md');

/** Where Debian has it, which is on no user's path. */
const PROGRAM = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync);

/** What has to be installed; undefined where it is there. */
export const missingNginx = () => (PROGRAM === undefined ? 'nginx-light' : undefined);

/** The three parts: of the http block, and of the server block by `auth_basic` and `auth_request`. */
const [HTTP = '', BASIC = '', REQUEST = ''] = [
	...readFileSync(DOCS, 'utf8').matchAll(/```nginx\n(.*?)```/gs),
].map(([, lines]) => lines!);

export const USER = { username: 'merchant', password: 'a sign-in of our own' };

/** The user in the format of `htpasswd -s`. */
const USERS = `${USER.username}:{SHA}${createHash('sha1').update(USER.password).digest('base64')}\n`;

/** A sign-in of one's own: a page with a button, and a cookie. */
async function startSignIn() {
	const server = fastify({ forceCloseConnections: true });
	server.get('/sign-in', async (_request, reply) =>
		reply
			.type('text/html')
			.send('<title>Sign in</title><form action="/signed-in"><button id="go">Go</button></form>'),
	);
	server.get('/signed-in', async (_request, reply) =>
		reply
			.header('Set-Cookie', 'session=ours; HttpOnly; SameSite=Lax; Path=/')
			.redirect('/webhook/open-stamps-account'),
	);
	server.get('/session', async ({ headers }, reply) =>
		reply.code(headers.cookie?.includes('session=ours') ? 200 : 401).send(),
	);
	return { url: await server.listen({ host: '127.0.0.1', port: 0 }), server };
}

export interface Nginx {
	url: string;
	/** What it has written into the log of the page. */
	log(): string;
	stop(): Promise<void>;
}

/** @param way - by which people sign in */
export async function startNginx(way: 'auth_basic' | 'auth_request', n8n: string): Promise<Nginx> {
	const signIn = await startSignIn();
	const port = await freePort(18_000);
	const folder = mkdtempSync(path.join(tmpdir(), 'nginx-'));
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => {
		mkdirSync(path.join(folder, name));
		return `${name}_temp_path ${name};`;
	});
	const lines = (way === 'auth_basic' ? BASIC : REQUEST)
		.replaceAll('http://127.0.0.1:5678', n8n)
		.replaceAll('http://127.0.0.1:8080', signIn.url);
	writeFileSync(path.join(folder, 'page-users'), USERS);
	writeFileSync(
		path.join(folder, 'nginx.conf'),
		`daemon off;
		pid nginx.pid;
		error_log error.log;
		${process.getuid?.() === 0 ? 'user root;' : ''}
		events {}
		http {
			access_log off;
			${temporary.join('\n')}
			${HTTP}
			server {
				listen 127.0.0.1:${port};
				${lines}
				location / { proxy_pass ${n8n}; }
				location /sign-in { proxy_pass ${signIn.url}; }
				location = /signed-in { proxy_pass ${signIn.url}; }
			}
		}`,
	);
	const url = `http://127.0.0.1:${port}`;
	let isReady = false;
	const service = await Service.start(
		{
			name: 'nginx',
			package: 'nginx-light',
			file: required(PROGRAM, 'nginx', 'nginx-light'),
			args: ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'],
			isReady() {
				void axios.get(`${url}/sign-in`).then(
					() => (isReady = true),
					() => {},
				);
				return isReady;
			},
		},
		folder,
	);
	return {
		url,
		log: () => readFileSync(path.join(folder, 'page.log'), 'utf8'),
		async stop() {
			await service.stop();
			await signIn.server.close();
			rmSync(folder, { recursive: true });
		},
	};
}

import axios from 'axios';
import type { Measured } from './figures';
import type { Requests } from './axiosLoop';

/** The process of an AxiosLoop: sends requests as a script would, with nothing around axios. */

async function run({ url, headers, requests, concurrency }: Requests): Promise<Measured> {
	const http = axios.create({ baseURL: url, headers });
	const coming = requests.values();
	let failed = 0;
	const work = async () => {
		for (const { path, body } of coming) await http.post(path, body).catch(() => (failed += 1));
	};
	const began = performance.now();
	await Promise.all(Array.from({ length: concurrency }, work));
	const milliseconds = performance.now() - began;
	return { milliseconds, succeeded: requests.length - failed, failed };
}

process.on('message', (requests: Requests) => {
	void run(requests).then((measured) => process.send!(measured));
});

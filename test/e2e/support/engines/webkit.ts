import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import axios from 'axios';
import { Builder, By, Capabilities, Key, type WebDriver } from 'selenium-webdriver';
import { freePort } from '../../../../sandbox/n8n/ports';
import { findProgram } from '../../../../sandbox/support/programs';
import { until } from '../../../../sandbox/support/poll';
import type { Engine, Visit, Visitor } from './visitor';

/** WebKit as GTK has it, in its MiniBrowser, driven by WebDriver. */

const LIBRARIES = '/usr/lib';

/** Debian and Ubuntu have it in a folder of the machine's architecture. */
const findMiniBrowser = () =>
	(existsSync(LIBRARIES) ? readdirSync(LIBRARIES) : [])
		.map((folder) => path.join(LIBRARIES, folder, 'webkit2gtk-4.1', 'MiniBrowser'))
		.find(existsSync);

/** Ends a program, and waits until it has ended. */
async function end(program: ChildProcess): Promise<void> {
	if (program.exitCode !== null || program.signalCode !== null) return;
	const exit = once(program, 'exit');
	program.kill('SIGKILL');
	await exit;
}

/** A screen of the page's size: MiniBrowser's own window, with its buttons, cannot be as narrow as a phone. */
async function startScreen({
	width,
	height,
}: Visit): Promise<{ xvfb: ChildProcess; name: string }> {
	const size = `${width}x${height}x24`;
	const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
	});
	const told = xvfb.stdio[3] as Readable;
	const [number] = (await Promise.race([
		once(told, 'data'),
		once(xvfb, 'exit').then(() => Promise.reject(new Error('Xvfb did not start'))),
	])) as [Buffer];
	return { xvfb, name: `:${number.toString().trim()}` };
}

const FIRST_PORT = 24_400;

function startDriver(display: string, port: number): { driver: ChildProcess; url: string } {
	const driver = spawn('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
		stdio: 'ignore',
		env: { ...process.env, DISPLAY: display },
	});
	return { driver, url: `http://127.0.0.1:${port}` };
}

async function untilReady(driver: string): Promise<void> {
	const isReady = async () =>
		await axios.get(`${driver}/status`).then(
			() => true,
			() => undefined,
		);
	await until('WebKitWebDriver', isReady, 60);
}

const KEYS = { Tab: Key.TAB, Enter: Key.ENTER, Space: Key.SPACE };

const TWO_FRAMES =
	'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))';

function visitorOn(web: WebDriver, end: () => Promise<void>): Visitor {
	const type = async (text: string) => await web.actions().sendKeys(text).perform();
	return {
		open: async (url) => await web.get(url),
		evaluate: async <T>(expression: string) => await web.executeScript<T>(`return (${expression})`),
		type,
		press: async (key) => await type(KEYS[key]),
		click: async (selector) => await web.findElement(By.css(selector)).click(),
		async photograph(file) {
			// What is drawn may be older than what is there.
			await web.executeScript(`return ${TWO_FRAMES}`);
			await writeFile(file, await web.takeScreenshot(), 'base64');
		},
		async close() {
			await web.quit();
			await end();
		},
	};
}

async function browserFor({ width, height, script }: Visit, driver: string): Promise<WebDriver> {
	const args = ['--automation', '--full-screen'];
	const capabilities = new Capabilities({
		browserName: 'MiniBrowser',
		acceptInsecureCerts: true,
		'webkitgtk:browserOptions': {
			binary: findMiniBrowser(),
			args: script ? args : [...args, '--enable-javascript=false'],
		},
	});
	const web = await new Builder().usingServer(driver).withCapabilities(capabilities).build();
	await web.manage().window().setRect({ x: 0, y: 0, width, height });
	return web;
}

async function visit(how: Visit): Promise<Visitor> {
	const programs: ChildProcess[] = [];
	const endAll = async () => {
		for (const program of programs.reverse()) await end(program);
	};
	try {
		const { xvfb, name } = await startScreen(how);
		programs.push(xvfb);
		const { driver, url } = startDriver(name, await freePort(FIRST_PORT + (process.pid % 1000)));
		programs.push(driver);
		await untilReady(url);
		return visitorOn(await browserFor(how, url), endAll);
	} catch (error) {
		await endAll();
		throw error;
	}
}

const isThere = () => findProgram('WebKitWebDriver') && findProgram('Xvfb') && findMiniBrowser();

export const WEBKIT: Engine = {
	name: 'WebKit',
	missing: () => (isThere() ? undefined : 'webkit2gtk-driver and xvfb'),
	visit,
};

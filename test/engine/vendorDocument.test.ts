import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Api, startApi } from '../../sandbox/api';
import { DIFFERENCES, NOT_IN_DOCUMENT, compared } from '../vendor/differences';
import { VendorDocument } from '../vendor/document';
import type { Exchange } from '../vendor/exchanges';
import { tour } from '../vendor/tour';

/**
 * The node's requests and the stand-in's answers, held against the OpenAPI document that the vendor has
 * published as a package (of 2020). `npm run watch` does the same with the newest one.
 */

const document = new VendorDocument(
	readFileSync(require.resolve('shipengine-openapi/openapi.yaml'), 'utf8'),
);

let api: Api;
let exchanges: Exchange[];
beforeAll(async () => {
	api = await startApi();
	exchanges = await tour(api);
});
afterAll(async () => await api.close());

/** A route of the stand-in as a request of it begins: `GET /v1/carriers/x`. */
function example(route: string): Pick<Exchange, 'method' | 'path'> {
	const [method = '', path = ''] = route.split(' ');
	return { method, path: path.replace(/:[a-z_]+(\([^)]*\))?/g, 'x') };
}

const inDocument = (route: string) => document.route(example(route));

test('each difference is known, and none is gone', () => {
	expect(compared(document, exchanges, true)).toEqual({ unknown: [], gone: [] });
});

test('every route that both have was taken, with a good answer', () => {
	const taken = new Set(
		exchanges
			.filter(({ status }) => status < 300)
			.map((exchange) => document.route(exchange)?.name),
	);
	const both = api.routes
		.filter((route) => !route.startsWith('GET /v1/downloads/'))
		.flatMap((route) => inDocument(route)?.name ?? []);
	expect(both).toHaveLength(11);
	expect(both.filter((name) => !taken.has(name))).toEqual([]);
});

test('each route that the document lacks is documented elsewhere', () => {
	const others = api.routes.filter((route) => !inDocument(route));
	expect(others.sort()).toEqual(Object.keys(NOT_IN_DOCUMENT).sort());
});

describe('what is put in is found', () => {
	const isObject = (value: unknown): value is object =>
		typeof value === 'object' && value !== null && !Array.isArray(value);
	const changed = (change: (exchange: Exchange) => Partial<Exchange> | undefined) =>
		exchanges
			.filter((exchange) => document.route(exchange) && exchange.status !== 401)
			.filter(({ status }) => status !== 429 && status !== 204)
			.flatMap((exchange) => {
				const changes = change(exchange);
				return changes ? [{ ...exchange, ...changes }] : [];
			});
	const newIn = (exchange: Exchange) => compared(document, [exchange], true).unknown;

	test('a field more in an answer', () => {
		const all = changed(({ answered }) =>
			isObject(answered) ? { answered: { ...answered, a_field_more: 1 } } : undefined,
		);
		expect(all.length).toBeGreaterThan(15);
		expect(all.filter((exchange) => !newIn(exchange).join().includes('a_field_more'))).toEqual([]);
	});

	test('another type in an answer', () => {
		const all = changed(({ answered, status }) =>
			isObject(answered) && status < 300
				? {
						answered: Object.fromEntries(
							Object.entries(answered).map(([name, value]) => [
								name,
								isObject(value) ? [] : { was: value },
							]),
						),
					}
				: undefined,
		);
		expect(all.length).toBeGreaterThan(10);
		expect(all.filter((exchange) => newIn(exchange).length === 0)).toEqual([]);
	});

	test('a field more in a request, and one of another type', () => {
		const all = changed(({ sent, status }) =>
			isObject(sent) && status < 300 ? { sent: { ...sent, a_field_more: 1 } } : undefined,
		);
		expect(all.length).toBeGreaterThan(4);
		expect(all.filter((exchange) => !newIn(exchange).join().includes('a_field_more'))).toEqual([]);
	});
});

test('docs/real-api.md tells each difference, and its reason', () => {
	const page = readFileSync(path.resolve(__dirname, '../../docs/real-api.md'), 'utf8');
	for (const { differs, reason, onlyOld } of DIFFERENCES) {
		expect(page).toContain(`| ${differs} | ${reason} | ${onlyOld ? 'of 2020' : 'both'} |\n`);
	}
	expect(page.match(/\| (of 2020|both) \|$/gm)).toHaveLength(DIFFERENCES.length);
});

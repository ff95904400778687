import type { IWebhookFunctions } from 'n8n-workflow';
import type { Setup } from './settings';

type Address = Pick<Setup, 'path' | 'isTest'>;

/** The path of a request, without its query. */
const pathnameOf = (context: IWebhookFunctions) =>
	context.getRequestObject().originalUrl.split('?')[0] ?? '';

/** The address of the published page, as n8n knows it. */
function published(context: IWebhookFunctions): URL | undefined {
	const url = context.getNodeWebhookUrl('default');
	return url === undefined ? undefined : new URL(url);
}

/**
 * Whether a request came to the page's address as it is written. n8n finds a page also at others: in
 * capitals, with a slash behind, and in older versions under the addresses of forms.
 */
export function isAtItsAddress(context: IWebhookFunctions, { path, isTest }: Address): boolean {
	const pathname = pathnameOf(context);
	if (!pathname.endsWith(`/${encodeURI(path)}`)) return false;
	// For a test, n8n tells the address of the published page. What it serves is of no use there.
	return isTest || published(context)?.pathname.endsWith(pathname) === true;
}

/**
 * The way from an address with a slash behind it to the page's own, with its query; undefined for all
 * other addresses. It is relative: n8n may not know the address by which people come.
 */
export function wayToPage(context: IWebhookFunctions, { path }: Address): string | undefined {
	const { originalUrl } = context.getRequestObject();
	const own = encodeURI(path);
	if (!pathnameOf(context).endsWith(`/${own}/`)) return undefined;
	return `../${own.split('/').at(-1)}${/\?.*/s.exec(originalUrl)?.[0] ?? ''}`;
}

/** The whole address of the page, under which people reach it. */
export function urlOfPage(context: IWebhookFunctions, { path, isTest }: Address): string {
	const url = published(context)!;
	if (!isTest) return url.href;
	// The two differ in the part before the path.
	const end = `/${encodeURI(path)}`;
	const endpoint = pathnameOf(context).slice(0, -end.length).split('/').at(-1) ?? '';
	url.pathname = url.pathname.slice(0, -end.length).replace(/[^/]*$/, '') + endpoint + end;
	return url.href;
}

import { createHash } from 'crypto';
import { FORM, SCRIPT, STYLE } from './page.generated';
import type { PageSettings } from './pageSettings';
import type { Appearance } from './settings';
import type { TextKey, Words } from './words';

/** A page, ready to be sent. */
export interface Page {
	headers: Record<string, string>;
	html: string;
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** The form with its texts. */
const formIn = (words: Words) =>
	FORM.replace(/\{\{(\w+)\}\}/g, (_braces, key: TextKey) => escaped(words[key]));

/** JSON that ends no element of HTML. */
const embedded = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c');

/** How bright a color is for the eye, from 0 to 1 (WCAG 2.2, relative luminance). */
function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
		const part = parseInt(color.slice(place, place + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** White or black, whichever is read better on a color: at this luminance both are as good. */
const readableOn = (color: string) => (luminance(color) > 0.179 ? '#000000' : '#ffffff');

/** A script or a style as a policy names it (CSP 3): by what is in it. */
const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The same in each release, whatever page it stands in. */
const SCRIPT_SOURCE = sourceOf(SCRIPT);

/**
 * What the browser lets the page do: run its own script, show its own style, and send. Before it does
 * anything else, the script itself leaves of that no address but the page's own (`page/ownOrigin.ts`).
 * The page is kept apart from n8n's own pages: `allow-same-origin` must never stand beside
 * `allow-scripts`, or the script could act as whoever is signed in to n8n.
 */
const policy = (style: string, hasLogo: boolean) =>
	[
		"default-src 'none'",
		`script-src ${SCRIPT_SOURCE}`,
		`style-src ${sourceOf(style)}`,
		...(hasLogo ? ['img-src data:'] : []),
		'connect-src https: http:',
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		'sandbox allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox',
	].join('; ');

/** Makes the page: one document that asks nothing of any other host. */
export function pageOf({ accentColor, logo }: Appearance, settings: PageSettings): Page {
	const { words, language } = settings;
	const { title, description } = words;
	const colors = `:root{--accent:${accentColor};--on-accent:${readableOn(accentColor)}}`;
	const style = colors + STYLE;
	const html = [
		`<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		'<meta name="robots" content="noindex">',
		`<title>${escaped(title)}</title>`,
		`<style>${style}</style></head>`,
		'<body><main>',
		// What it shows stands in the title too.
		logo === '' ? '' : `<img id="logo" src="${escaped(logo)}" alt="">`,
		`<header id="header"><h1>${escaped(title)}</h1>`,
		description === '' ? '' : `<p>${escaped(description)}</p>`,
		`</header>${formIn(words)}</main>`,
		`<script id="settings" type="application/json">${embedded(settings)}</script>`,
		`<script>${SCRIPT}</script></body></html>`,
	].join('');
	return {
		html,
		headers: {
			'Content-Type': 'text/html; charset=utf-8',
			'Content-Security-Policy': policy(style, logo !== ''),
			'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
			'Referrer-Policy': 'no-referrer',
			'X-Content-Type-Options': 'nosniff',
			'Cache-Control': 'no-store',
		},
	};
}

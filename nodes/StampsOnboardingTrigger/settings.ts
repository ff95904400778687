import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { defaultOf } from './pageParameters';
import { OPTIONAL_FIELDS, type PageSettings } from './pageSettings';

/** What the page's owner has set. */
export interface Appearance {
	title: string;
	description: string;
	/** As `#rrggbb`. */
	accentColor: string;
	/** What the page's script needs of it. */
	page: Omit<PageSettings, 'publicJwk' | 'now' | 'token'>;
}

/** The address where it is one of http or https, else ''. */
function webAddress(value: string): string {
	try {
		const { protocol, href } = new URL(value);
		return protocol === 'https:' || protocol === 'http:' ? href : '';
	} catch {
		return '';
	}
}

/** Reads the parameters. What cannot be used, such as an address of another kind, counts as not set. */
export function readAppearance(context: IWebhookFunctions): Appearance {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const parameter = (name: string) => String(context.getNodeParameter(name, '') ?? '').trim();
	const option = (name: string) =>
		String(options[name] ?? '').trim() || String(defaultOf(name) ?? '');
	const color = option('accentColor');
	const optional = options.optionalFields ?? defaultOf('optionalFields');
	return {
		title: parameter('formTitle'),
		description: parameter('formDescription'),
		accentColor: /^#[\da-f]{6}$/i.test(color) ? color : String(defaultOf('accentColor')),
		page: {
			asksFor: OPTIONAL_FIELDS.filter((name) => Array.isArray(optional) && optional.includes(name)),
			termsText: parameter('termsText') || String(defaultOf('termsText')),
			termsUrl: webAddress(parameter('termsUrl')),
			buttonLabel: option('buttonLabel'),
			endTitle: option('endTitle'),
			endText: option('endText'),
			redirectUrl: webAddress(option('redirectUrl')),
		},
	};
}

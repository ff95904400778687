import type { IDataObject } from 'n8n-workflow';
import { ownTexts } from './ownTexts';
import { notReady } from './notReady';
import { logoIn } from './logo';
import { type Language, type Words, isLanguage, preferredLanguage } from './words';
import { CARD_SEAL_CREDENTIAL, type SecretKeys, sealKeysOf } from '../ShipEngine/seal/sealKeys';
import { type Login, PAGE_LOGIN_CREDENTIAL, loginOf, wrongWithLogin } from './access';
import type { PageContext } from './pageContext';
import { defaultOf } from './pageParameters';
import { type Admission, OPTIONAL_FIELDS, type PageSettings } from './pageSettings';

/** How the page's owner wants it. */
export interface Appearance {
	/** As `#rrggbb`. */
	accentColor: string;
	/** An image as a `data:` address; '' for none. */
	logo: string;
	/** What the page's script needs of it. */
	page: Omit<PageSettings, keyof Admission | 'link' | 'words' | 'filledIn'>;
}

/** A page as its owner has set it up: nothing of it is missing. */
export interface Setup {
	path: string;
	/** Whether somebody listens for a test: what comes of that is good for nothing else. */
	isTest: boolean;
	appearance: Appearance;
	/** Where the terms can be read: an http or https address, or '' for none. */
	termsUrl: string;
	/** The language of the page for whoever asks for it. */
	languageFor(acceptLanguage: unknown): Language;
	/** Every text of it in a language, as its owner has it. */
	textsIn(language: Language): Words;
	/** What people need to see it; undefined where anyone may. */
	login?: Login;
	/** Whether it opens for nobody without an invitation or a link. */
	isForInvited: boolean;
	/** Whether people enter a card: else the workflow has one of its own. */
	asksForCard: boolean;
	/** How many registrations it takes in an hour where anyone may send. */
	mostAnHour: number;
	/** Whether items say where a registration came from. */
	hasRequestDetails: boolean;
	keys: [SecretKeys, ...SecretKeys[]];
}

/** A pass holds it, and each request brings that along. */
const LONGEST_URL = 1_000;

/** The address where it is one of http or https, '' where nothing is set. */
function webAddress(value: string, label: string): string {
	if (value === '') return '';
	if (value.length > LONGEST_URL)
		throw notReady(`'${label}' is longer than ${LONGEST_URL} characters`);
	try {
		const { protocol, href } = new URL(value);
		if (protocol === 'https:' || protocol === 'http:') return href;
	} catch {
		// What it is, is said below.
	}
	throw notReady(`'${label}' must be an address that begins with https or http`);
}

async function loginFor(context: PageContext): Promise<Login | undefined> {
	if (context.getNodeParameter('access', defaultOf('access')) !== 'basicAuth') return undefined;
	const login = loginOf(await context.getCredentials(PAGE_LOGIN_CREDENTIAL));
	const wrong = wrongWithLogin(login);
	if (wrong !== '') throw notReady(`${wrong} in the 'ShipEngine Page Login' credential`);
	return login;
}

/**
 * Reads all that a page needs.
 *
 * @throws a Failure, or what n8n throws, where something is missing
 */
export async function readSetup(context: PageContext): Promise<Setup> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const parameter = (name: string) => String(context.getNodeParameter(name, '') ?? '').trim();
	const option = (name: string) =>
		String(options[name] ?? '').trim() || String(defaultOf(name) ?? '');
	// As n8n takes it.
	const path = parameter('path').replace(/^\/|\/$/g, '');
	if (path === '') throw notReady("'Path' is empty");
	if (new URL(path, 'http://page/').pathname !== `/${encodeURI(path)}`) {
		throw notReady("'Path' has a character that an address cannot have, or begins with a dot");
	}
	const mostAnHour = Number(options.registrationsAnHour ?? defaultOf('registrationsAnHour'));
	if (!(mostAnHour >= 1)) throw notReady("'Registrations an Hour' must be a number above zero");
	const pageLanguage = String(context.getNodeParameter('language', defaultOf('language')));
	const color = option('accentColor');
	const isTest = context.getMode() === 'manual';
	const login = await loginFor(context);
	// A stranger must not spend the owner's card.
	const isForInvited = context.getNodeParameter('access', '') === 'invitation';
	const asksForCard =
		!(login || isForInvited) || context.getNodeParameter('card', defaultOf('card')) !== 'doNotAsk';
	const optional = options.optionalFields ?? defaultOf('optionalFields');
	return {
		path,
		isForInvited,
		isTest,
		asksForCard,
		termsUrl: webAddress(parameter('termsUrl'), 'Terms URL'),
		languageFor: (acceptLanguage) =>
			isLanguage(pageLanguage) ? pageLanguage : preferredLanguage(acceptLanguage),
		textsIn: ownTexts(context, pageLanguage),
		appearance: {
			logo: logoIn(option('logo')),
			accentColor: /^#[\da-f]{6}$/i.test(color) ? color : String(defaultOf('accentColor')),
			page: {
				isTest,
				asksForCard,
				asksFor: OPTIONAL_FIELDS.filter(
					(name) => Array.isArray(optional) && optional.includes(name),
				),
				privacyUrl: webAddress(option('privacyUrl'), 'Privacy Notice URL'),
				redirectUrl: webAddress(option('redirectUrl'), 'Redirect URL'),
			},
		},
		login,
		mostAnHour,
		hasRequestDetails: options.requestDetails === true,
		keys: await sealKeysOf(await context.getCredentials(CARD_SEAL_CREDENTIAL)),
	};
}

import type { INodeProperties } from 'n8n-workflow';
import { type OwnField, nameOf } from '../../input/field';
import type { Item } from '../../input/item';
import { optionField } from '../../input/options';
import { type Check, EMPTY, isNothing } from '../../values/validation';
import { Mistake } from '../../values/mistakes';
import { numberUpTo } from '../../values/numbers';
import { sentIn } from '../../onboarding/sentFromPage';

/** A link is a key: nobody should have one for long. */
const MOST_DAYS = 90;

/** For how many days a link is valid. */
export const VALID_FOR = optionField(
	{
		displayName: 'Valid For',
		name: 'validFor',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_DAYS },
		default: 7,
		description: 'For how many days the link can be used',
	},
	numberUpTo(MOST_DAYS, 'not_days'),
);

const HINT = 'Empty: that of the Stamps Onboarding Trigger with which the run began';

/** Something of the page that is set, or that the trigger says; never what an item says. */
const ofPage = (
	property: INodeProperties,
	key: 'page_path' | 'page_url',
	check: Check<string>,
): OwnField<string> => ({
	properties: [{ ...property, hint: HINT }],
	read(item: Item) {
		const set = item.parameter(property.name, '');
		const sent = isNothing(set) ? sentIn(item.earlierSteps.wayTo(item.index)) : undefined;
		return item.checklist.check(nameOf(property), sent?.item[key] ?? set, check);
	},
});

export const PAGE_PATH = ofPage(
	{
		displayName: 'Page Path',
		name: 'pagePath',
		type: 'string',
		default: '',
		placeholder: 'e.g. open-account',
		description: "The 'Path' of the Stamps Onboarding Trigger whose page the link opens",
	},
	'page_path',
	(value) =>
		isNothing(value)
			? new Mistake('not_page_path')
			: String(value)
					.trim()
					.replace(/^\/|\/$/g, ''),
);

/** Only there do browsers encrypt a card (W3C, Secure Contexts, 3.1). */
const canSealIn = ({ protocol, hostname }: URL) =>
	protocol === 'https:' ||
	(protocol === 'http:' && /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));

/** Examples (RFC 2606), and n8n's test URLs, which work for two minutes. */
const leadsNowhere = ({ hostname, pathname }: URL) =>
	/(^|\.)example\.(com|net|org)$/.test(hostname) || pathname.includes('/webhook-test/');

/** As mistakes name it. */
const PAGE_URL_NAME = { field: 'page_url', label: 'Page URL' };

export const PAGE_URL = ofPage(
	{
		displayName: PAGE_URL_NAME.label,
		name: 'pageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/open-account',
		description: 'The production URL that the Stamps Onboarding Trigger shows',
	},
	'page_url',
	(value) => {
		if (isNothing(value)) return EMPTY;
		const url = URL.canParse(String(value).trim()) ? new URL(String(value).trim()) : undefined;
		const canBe = url !== undefined && url.username === '' && canSealIn(url) && !leadsNowhere(url);
		return canBe ? url.href : new Mistake('not_page_url');
	},
);

/** Notes it where an address is not that of a page. */
export function refuseOtherUrl({ checklist }: Item, url: string, path: string): void {
	if (new URL(url).pathname.endsWith(`/${encodeURI(path)}`)) return;
	checklist.note(PAGE_URL_NAME, new Mistake('not_page_url'));
}

import type { IExecuteFunctions } from 'n8n-workflow';
import { type CodeLink, addressOf, sealLink } from '../../onboarding/codeLink';
import { sealFor } from '../../seal/runKeys';

const MILLISECONDS_A_DAY = 86_400_000;

/** A link to a page, and its end as it stands in the item. */
export interface MadeLink {
	token: string;
	output: { link: string; expires_at: string };
}

/**
 * The end of a link: in seconds since 1970, and as it stands in an item.
 *
 * @param days - for how long it is valid
 * @param latest - the end of the link in whose place it comes (ISO 8601): no link makes a longer one
 */
export function endAfter(days: number, latest = '') {
	const own = Date.now() + days * MILLISECONDS_A_DAY;
	const end = Math.floor(Math.min(own, latest === '' ? own : Date.parse(latest)) / 1000);
	return { end, expires_at: new Date(end * 1000).toISOString() };
}

/** Makes a link to the code of an account; its end as {@link endAfter} has it. */
export async function makeLink(
	context: IExecuteFunctions,
	account: Omit<CodeLink, 'end'>,
	{ path, url }: { path: string; url: string },
	days: number,
	latest = '',
): Promise<MadeLink> {
	const {
		keys: [{ link: key }],
	} = await sealFor(context);
	const { end, expires_at } = endAfter(days, latest);
	const token = sealLink({ ...account, end }, key, path);
	return { token, output: { link: addressOf(token, url), expires_at } };
}

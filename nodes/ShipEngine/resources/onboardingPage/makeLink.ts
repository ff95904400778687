import type { IExecuteFunctions } from 'n8n-workflow';
import { type CodeLink, addressOf, sealLink } from '../../onboarding/codeLink';
import { sealKeysFor } from '../../seal/runKeys';

const MILLISECONDS_A_DAY = 86_400_000;

/** A link to a page, and its end as it stands in the item. */
export interface MadeLink {
	token: string;
	output: { link: string; expires_at: string };
}

/**
 * @param days - for how long it is valid
 * @param latest - the end of the link in whose place it comes (ISO 8601): no link makes a longer one
 */
export async function makeLink(
	context: IExecuteFunctions,
	account: Omit<CodeLink, 'end'>,
	{ path, url }: { path: string; url: string },
	days: number,
	latest = '',
): Promise<MadeLink> {
	const [{ link: key }] = await sealKeysFor(context);
	const own = Date.now() + days * MILLISECONDS_A_DAY;
	const end = Math.floor(Math.min(own, latest === '' ? own : Date.parse(latest)) / 1000);
	const token = sealLink({ ...account, end }, key, path);
	const expires_at = new Date(end * 1000).toISOString();
	return { token, output: { link: addressOf(token, url), expires_at } };
}

import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { Reads } from '../api/requests';
import { Transport } from '../api/transport';
import { Failure, asFailure } from '../failures/failure';
import { nodeError } from '../failures/n8nErrors';

/** How long a person who opens a list waits at the API's limit, in milliseconds. */
const LONGEST_WAIT = 10_000;

/** Seconds until an answer counts as lost. */
const ANSWER_TIMEOUT = 30;

interface Search {
	/** What did not work if this does not. */
	failed: string;
	/** The sub-account whose list it is. */
	onBehalfOf?(context: ILoadOptionsFunctions): string | undefined;
	list(api: Reads): Promise<INodeListSearchItems[]>;
}

/**
 * What a resource locator's list shows.
 *
 * @param filter - part of a name, in any case
 * @throws the node's error, in words for the editor
 */
export async function searchList(
	context: ILoadOptionsFunctions,
	filter: string | null | undefined,
	{ failed, onBehalfOf, list }: Search,
): Promise<INodeListSearchResult> {
	const find = async () => {
		const words = { failed };
		const common = { words, timeout: ANSWER_TIMEOUT, onBehalfOf: onBehalfOf?.(context) };
		return await list(new Reads(new Transport(context, LONGEST_WAIT), common));
	};
	const found = await find().catch(asFailure);
	if (found instanceof Failure) throw nodeError(found, context.getNode());
	const wanted = filter?.toLowerCase() ?? '';
	return { results: found.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

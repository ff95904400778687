import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { KeyType } from '../values/keyType';
import { Reads } from '../api/requests';
import { Transport } from '../api/transport';
import { Failure, asFailure } from '../failures/failure';
import { nodeError } from '../failures/n8nErrors';
import type { FieldName } from '../input/checklist';
import type { Mistake } from '../values/mistakes';

/** How long a person who opens a list waits at the API's limit, in milliseconds. */
const LONGEST_WAIT = 10_000;

/** Seconds until an answer counts as lost. */
const ANSWER_TIMEOUT = 30;

interface Search {
	/** What did not work if this does not. */
	failed: string;
	/**
	 * The sub-account whose list it is.
	 *
	 * @throws a Failure where it cannot be listed, as the step is set or the key is
	 */
	onBehalfOf(context: ILoadOptionsFunctions, keyType: KeyType | undefined): string | undefined;
	list(api: Reads): Promise<INodeListSearchItems[]>;
}

/** Why a list has to wait, and what the person in the editor does about it. */
export function notListed(
	failed: string,
	{ field, label }: FieldName,
	{ code, says }: Mistake,
	description: string,
): Failure {
	const message = `${failed}: '${label}' ${says}`;
	return new Failure({ message, description, reasons: [{ code, field, message }] });
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
		const transport = new Transport(context, LONGEST_WAIT);
		const account = onBehalfOf(context, await transport.keyType());
		return await list(
			new Reads(transport, { words, timeout: ANSWER_TIMEOUT, onBehalfOf: account }),
		);
	};
	const found = await find().catch(asFailure);
	if (found instanceof Failure) throw nodeError(found, context.getNode());
	const wanted = filter?.toLowerCase() ?? '';
	return { results: found.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { type Common, Reads, Requests } from '../api/requests';
import type { FailureWords } from '../api/request';
import type { Failure } from '../failures/failure';
import type { Fields } from '../input/field';
import { Item } from '../input/item';
import {
	ON_BEHALF_OF,
	PARTNERS_OWN_ACCOUNT,
	behalfOf,
	checkFound,
	checkPartner,
	isNewSubAccount,
} from '../input/onBehalfOf';
import { API_OPTIONS, TIMEOUT, optionsField } from '../input/options';
import { readFields } from '../input/readFields';
import { checkExpressions, refusedToAgents } from '../input/tools';
import { EFFECTS, type Effect } from './effects';
import type { Operation, Shown } from './operation';
import type { Run } from './run';
import { shownFields } from './shownFields';

/** What every operation of the API declares. */
interface Declared<T> extends Shown {
	/** In the order of the panel. A field named `carrierId` says which carrier the item is about. */
	fields: Fields<T>;
	/** Whether only the account of the key itself can do it, so that there is no *On Behalf Of*. */
	isOfPartner?: true;
}

interface DeclaredReading<T> extends Declared<T> {
	/** What did not happen if it fails: "The carrier could not be read". */
	failed: string;
	/** @returns the output item, or a list of them */
	act(given: T, api: Reads, run: Run): Promise<IDataObject | IDataObject[]>;
}

/** What an operation that changes something acts with. */
interface Tools<S> {
	api: Requests;
	run: Run;
	/** What the item wants, as `subject` told it, or as an earlier attempt of n8n did. */
	subject: S;
	/** The item's index. */
	item: number;
	/** An earlier attempt that may have been carried out: it has to be found out, not done again. */
	lost?: Failure;
}

interface DeclaredWriting<T, S extends IDataObject> extends Declared<T> {
	does: Exclude<Effect, 'reads'>;
	words: FailureWords;
	/** The keys of the output that it makes anew. */
	makes?: string[];
	/**
	 * For whom and what it is, as the output names it: the same is not done twice in an execution. Left
	 * out if it sets a state, which is set anew each time, whatever was set before.
	 */
	subject?(given: T): S;
	/** The key of the subject that an expression may make anew each time that n8n runs the node again. */
	madeAnew?: keyof S & string;
	/** Tells one attempt from another, and must not be kept: a code. */
	secret?(given: T): string;
	/** Whether the same may be wanted again in the same execution, as another text message is. */
	isRepeatable?: true;
	/** Whether a refusal uses something up, so that the same is not tried again. */
	isRefusalFinal?: true;
	/** Whether `act` can find out what became of a lost attempt; else such an item fails as before. */
	settles?: true;
	/** @returns the output item; the sub-account is added to it */
	act(given: T, tools: Tools<S>): Promise<IDataObject>;
}

/** An operation that changes nothing at the API, and may be sent again whenever no answer came. */
export function reading<T extends object>(declared: DeclaredReading<T>): Operation {
	const { failed, act } = declared;
	const description = descriptionOf(declared, 'reads');
	return {
		...description,
		makes: makesOf(declared),
		async prepare(itemIndex, run) {
			const words = { failed };
			const { given, common, named } = await readItem(declared, description, words, itemIndex, run);
			const api = new Reads(run.api, common);
			return async () => {
				const found = await act(given, api, run);
				return Array.isArray(found) ? found.map(named) : named(found);
			};
		},
	};
}

/** An operation that changes something at the API: once, whatever n8n or a user tries again. */
export function writing<T extends object, S extends IDataObject>(
	declared: DeclaredWriting<T, S>,
): Operation {
	const { does, words, makes = [], act, settles } = declared;
	const { isRepeatable = false, isRefusalFinal, madeAnew } = declared;
	const description = descriptionOf(declared, does);
	return {
		...description,
		makes: [...makes, ...makesOf(declared)],
		async prepare(itemIndex, run) {
			const { given, common, named } = await readItem(declared, description, words, itemIndex, run);
			const api = new Requests(run.api, common);
			const { onBehalfOf } = common;
			const behalf = onBehalfOf === undefined ? {} : { on_behalf_of: onBehalfOf };
			const subject = { ...declared.subject?.(given), ...behalf } as S;
			const attempt = async (wanted: S, lost?: Failure) =>
				named(await act(given, { api, run, subject: wanted, lost, item: itemIndex }));
			if (!declared.subject) return async () => await attempt(subject);

			const secret = declared.secret?.(given);
			const wish = { subject, madeAnew, secret, isRepeatable, isRefusalFinal };
			return async () =>
				await run.memory.once(
					itemIndex,
					wish,
					async () => await attempt(subject),
					settles && (async (lost, wanted) => await attempt(wanted as S, lost)),
				);
		},
	};
}

/** What the panel shows of an operation. */
function descriptionOf<T>(declared: Declared<T>, does: Effect) {
	const { name, value, action, description, output, fields, isOfPartner } = declared;
	const { shown, options } = shownFields(fields, does);
	const behalf = isOfPartner ? 'on_behalf_of' : 'on_behalf_of?';
	return {
		...{ name, value, action, description, does, isOfPartner },
		output: { ...output, [behalf]: 'string' as const },
		fields: [
			...noticeOf(does),
			...shown,
			optionsField(
				...API_OPTIONS,
				...(isOfPartner ? [] : [ON_BEHALF_OF, PARTNERS_OWN_ACCOUNT]),
				...options,
			),
		],
	};
}

/** What every output about a sub-account makes anew: for whom later steps act. */
const makesOf = ({ isOfPartner }: Pick<Declared<unknown>, 'isOfPartner'>) =>
	isOfPartner ? ['on_behalf_of'] : [];

function noticeOf(does: Effect): INodeProperties[] {
	const { notice } = EFFECTS[does];
	return notice === undefined
		? []
		: [{ displayName: notice, name: 'notice', type: 'notice', default: '' }];
}

/**
 * Reads an item: what it gives, what its requests have in common, and how its outputs name the
 * sub-account: the one that was acted for, or that they are about.
 *
 * @param description - what the panel shows of the operation
 * @throws a Failure with all that is wrong with it
 */
async function readItem<T extends object, W extends Pick<FailureWords, 'failed'>>(
	{ fields, isOfPartner }: Declared<T>,
	{ does, fields: shown }: Pick<Operation, 'does' | 'fields'>,
	words: W,
	itemIndex: number,
	run: Run,
) {
	const { looksBack = false, isForPeople } = EFFECTS[does];
	const item = new Item(run.context, itemIndex, run.earlierSteps, looksBack);
	if (item.isTool) {
		if (isForPeople) throw refusedToAgents(words.failed);
		checkExpressions(item, shown);
		item.checklist.refuseIfWrong(words.failed);
	}
	const keyType = await run.api.keyType();
	if (isOfPartner) checkPartner(item, keyType);
	const behalf = isOfPartner ? undefined : behalfOf(item, keyType);
	const { given, onBehalfOf, found } = await readFields(item, fields, behalf);
	if (!behalf) checkFound(item, keyType, found);
	const { carrierId } = given as { carrierId?: string };
	const timeout = (await TIMEOUT.read(item)) ?? 0;
	item.checklist.refuseIfWrong(words.failed, carrierId);
	await run.api.checkOnlyTo(item.onlyTo, words.failed, carrierId);

	const { secrets } = item;
	const tellsWordsOnly = item.onlyTo.length > 0;
	const isNew = onBehalfOf !== undefined && isNewSubAccount(onBehalfOf, [item.json, found]);
	const account = onBehalfOf === undefined ? {} : { onBehalfOf, isNewSubAccount: isNew };
	const common: Common<W> = { words, carrierId, timeout, secrets, tellsWordsOnly, ...account };
	const named = (output: IDataObject): IDataObject => {
		const id = isOfPartner ? output.account_id : onBehalfOf;
		return id === undefined ? output : { ...output, on_behalf_of: String(id) };
	};
	return { given, common, named };
}

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure, type FailureDetails, asFailure } from '../../shared/failure';
import type { Registered } from '../../shared/registrations';
import type { Run } from '../../shared/run';

/** Who was registered. */
interface Account extends IDataObject {
	nickname: string;
	email: string;
	phone: string;
}

/** What n8n keeps of an item that was sent. */
interface Sent extends IDataObject {
	account: Account;
	registered?: IDataObject & Registered;
	unknown?: IDataObject & FailureDetails;
	executionId?: string;
}

/**
 * Whether it is the same person. An agent's tool calls share run index and item without being the
 * same; the nickname may be made anew by an expression each time that the node runs.
 */
const isSame = (one: Account, other: Account) =>
	one.email === other.email && one.phone === other.phone;

const outputOf = (account: Account, { carrier_id, ...how }: Registered): IDataObject => ({
	carrier_id,
	...account,
	...how,
});

/**
 * Registers an item's account, once: where n8n's Retry On Fail runs the node again, an item that was
 * registered gives the same account, and one whose outcome is unknown fails as before. A person who
 * retries the whole execution has looked, and may send the latter again.
 *
 * @returns the item's output
 * @throws {@link Failure} where `register` does, or did
 */
export async function remembered(
	context: IExecuteFunctions,
	run: Run,
	itemIndex: number,
	account: Account,
	register: () => Promise<Registered>,
): Promise<IDataObject> {
	const executionId = context.getExecutionId();
	const sent = run.memory.recall(itemIndex) as Sent | undefined;
	if (sent && isSame(sent.account, account)) {
		if (sent.registered) return outputOf(sent.account, sent.registered);
		if (sent.unknown && sent.executionId === executionId) throw new Failure(sent.unknown);
	}
	const result = await register().catch(asFailure);
	if (!(result instanceof Failure)) {
		run.memory.remember(itemIndex, { account, registered: { ...result } });
		return outputOf(account, result);
	}
	if (result.details.isUnknown) {
		run.memory.remember(itemIndex, { account, unknown: { ...result.details }, executionId });
	}
	throw result;
}

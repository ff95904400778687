import type { IExecuteFunctions } from 'n8n-workflow';
import { CARD_SEAL_CREDENTIAL, type SecretKeys, sealKeysOf } from './sealKeys';

/** The credential of the card seal. */
interface Seal {
	keys: [SecretKeys, ...SecretKeys[]];
	/** To which API the cards that it opens may be sent. */
	baseUrl: unknown;
}

/** The seal of each run, kept no longer than the run: n8n takes its time to decrypt a credential. */
const SEALS = new WeakMap<IExecuteFunctions, Promise<Seal>>();

async function read(context: IExecuteFunctions): Promise<Seal> {
	const data = await context.getCredentials(CARD_SEAL_CREDENTIAL);
	return { keys: await sealKeysOf(data), baseUrl: data.baseUrl };
}

/**
 * The card seal, as all items of a run share it.
 *
 * @throws what n8n throws if there is no credential, or a Failure if its secret is too weak
 */
export async function sealFor(context: IExecuteFunctions): Promise<Seal> {
	const seal = SEALS.get(context) ?? read(context);
	SEALS.set(context, seal);
	return await seal;
}

import type { IExecuteFunctions } from 'n8n-workflow';
import { CARD_SEAL_CREDENTIAL, type SecretKeys, sealKeysOf } from './sealKeys';

type Keys = [SecretKeys, ...SecretKeys[]];

/** The keys of each run, kept no longer than the run: n8n takes its time to decrypt a credential. */
const KEYS_OF_RUNS = new WeakMap<IExecuteFunctions, Promise<Keys>>();

/**
 * The keys of the card seal, as all items of a run share them.
 *
 * @throws what n8n throws if there is no credential, or a Failure if its secret is too weak
 */
export async function sealKeysFor(context: IExecuteFunctions): Promise<Keys> {
	const keys =
		KEYS_OF_RUNS.get(context) ?? context.getCredentials(CARD_SEAL_CREDENTIAL).then(sealKeysOf);
	KEYS_OF_RUNS.set(context, keys);
	return await keys;
}

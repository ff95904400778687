import type { SealKey } from '../../seal/sealedCard';
import { CARD_SEAL_CREDENTIAL, sealKeysOf } from '../../seal/sealKeys';
import type { Run } from '../../step/run';

/** The keys of the card seal as the items of a run share them: n8n decrypts the credential once. */
export class CardSeal {
	private found?: Promise<[SealKey, ...SealKey[]]>;

	constructor(private readonly run: Run) {}

	/** @throws what n8n throws where there is no credential, or a Failure where its secret is too weak */
	async keys(): Promise<[SealKey, ...SealKey[]]> {
		return await (this.found ??= this.run.context
			.getCredentials(CARD_SEAL_CREDENTIAL)
			.then(sealKeysOf));
	}

	/** The private key is kept no longer than it is needed. */
	close(): void {
		this.found = undefined;
	}
}

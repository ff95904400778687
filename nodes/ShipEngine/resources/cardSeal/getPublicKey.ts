import { ALG, ENC } from '../../seal/sealedCard';
import { sealKeysFor } from '../../seal/runKeys';
import type { Operation } from '../../step/operation';

/** Gives the key with which a page or system of one's own seals cards, with any JOSE library. */
export const getPublicKey: Operation = {
	name: 'Get Public Key',
	value: 'getPublicKey',
	action: 'Get public key of card seal',
	description: 'Get the key with which a page or system of your own seals cards',
	does: 'reads',
	makes: [],
	output: {
		...{ kty: 'string', crv: 'string', x: 'string', y: 'string', kid: 'string' },
		...{ use: 'string', alg: 'string', enc: 'string' },
	},
	fields: [
		{
			displayName: 'Card Source',
			// Of another operation too, so that n8n shows the credential for both.
			name: 'cardSource',
			type: 'hidden',
			default: 'sealed',
		},
	],

	async prepare(_itemIndex, run) {
		const [{ publicJwk }] = await sealKeysFor(run.context);
		return async () => ({ ...publicJwk, use: 'enc', alg: ALG, enc: ENC });
	},
};

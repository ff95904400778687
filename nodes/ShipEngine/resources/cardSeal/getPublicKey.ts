import { ALG, ENC } from '../../seal/sealedCard';
import { sealFor } from '../../seal/runKeys';
import { local } from '../../step/local';

/** Gives the key with which a page or system of one's own seals cards, with any JOSE library. */
export const getPublicKey = local({
	name: 'Get Public Key',
	value: 'getPublicKey',
	action: 'Get public key of card seal',
	description: 'Get the key with which a page or system of your own seals cards',
	does: 'reads',
	failed: 'The public key was not made',
	output: {
		...{ kty: 'string', crv: 'string', x: 'string', y: 'string', kid: 'string' },
		...{ use: 'string', alg: 'string', enc: 'string' },
	},
	fields: {},

	async act(_given, _item, { context }) {
		const {
			keys: [{ publicJwk }],
		} = await sealFor(context);
		return { ...publicJwk, use: 'enc', alg: ALG, enc: ENC };
	},
});

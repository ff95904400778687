import { ALG, ENC } from '../../seal/sealedCard';
import type { Operation } from '../../step/operation';
import { CardSeal } from './cardSeal';

/** Gives the key for which a page or a system of one's own seals cards, with any JOSE library. */
export const getPublicKey: Operation = {
	name: 'Get Public Key',
	value: 'getPublicKey',
	action: 'Get public key of card seal',
	description: 'Get the key with which a page or system of your own seals cards',
	fields: [
		{
			displayName: 'Card Source',
			// Of another operation too, so that n8n shows the credential for both.
			name: 'cardSource',
			type: 'hidden',
			default: 'sealed',
		},
	],
	makes: [],

	async prepare(_itemIndex, run) {
		const [{ publicJwk }] = await run.share(CardSeal).keys();
		return async () => ({ ...publicJwk, use: 'enc', alg: ALG, enc: ENC });
	},
};

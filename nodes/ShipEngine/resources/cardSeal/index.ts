import type { Resource } from '../../step/operation';
import { getPublicKey } from './getPublicKey';

export const cardSeal: Resource = {
	name: 'Card Seal',
	value: 'cardSeal',
	operations: [getPublicKey],
};

import type { Resource } from '../../step/operation';
import { disable, enable } from './activation';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';

/** An account of a merchant under that of a partner. */
export const subAccount: Resource = {
	name: 'Sub-Account',
	value: 'subAccount',
	operations: [create, get, getMany, enable, disable],
};

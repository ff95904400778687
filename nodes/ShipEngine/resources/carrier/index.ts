import type { Resource } from '../../step/operation';
import { addFunds } from './addFunds';
import { check } from './check';
import { connectExisting } from './connectExisting';
import { disconnect } from './disconnect';
import { get } from './get';
import { getMany } from './getMany';
import { updateLogin } from './updateLogin';

/** A Stamps.com account as the API has it once it is registered or connected. */
export const carrier: Resource = {
	name: 'Carrier',
	value: 'carrier',
	operations: [get, getMany, check, addFunds, connectExisting, updateLogin, disconnect],
};

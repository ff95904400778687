import type { Resource } from '../../step/operation';
import { confirmVerification } from './confirmVerification';
import { register } from './register';
import { sendVerification } from './sendVerification';

/** A Stamps.com account: registered, and its phone number verified by a texted code. */
export const stampsAccount: Resource = {
	name: 'Stamps Account',
	value: 'stampsAccount',
	operations: [register, sendVerification, confirmVerification],
};

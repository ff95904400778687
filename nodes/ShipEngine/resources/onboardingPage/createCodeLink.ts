import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { CARRIER } from '../../accounts/carrierField';
import { PHONE } from '../../accounts/verificationFields';
import { ON_BEHALF_OF } from '../../input/onBehalfOf';
import { NEWEST_TEXT } from '../../onboarding/remembered';
import { local } from '../../step/local';
import { subAccountId, verificationId } from '../../values/identifiers';
import { Mistake } from '../../values/mistakes';
import { type Check, email as anyEmail, isNothing } from '../../values/validation';
import { makeLink } from './makeLink';
import { optional } from './optional';
import { PAGE_PATH, PAGE_URL, VALID_FOR, refuseOtherUrl } from './pageFields';

const failed = 'The link was not made';

/** The carrier by its ID alone: a list of them needs a key of the API, and the step has none. */
const CARRIER_ID = {
	chain: {
		...CARRIER.chain,
		key: 'carrier_id',
		property: {
			displayName: 'Carrier ID',
			name: 'carrier',
			type: 'string',
			default: '',
			placeholder: 'e.g. se-123890',
			description: 'The Stamps.com account',
		} satisfies INodeProperties,
	},
};

const VERIFICATION: INodeProperties = {
	displayName: 'Verification ID',
	name: 'verificationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. vfn_2Zx9',
	hint: "Empty: the item's 'verification_id', if it has one",
	description: 'What Send Verification returned. Without one, the page offers to text a code.',
};

const EMAIL: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@email.com',
	hint: "Empty: the item's 'email', if it has one",
	description: 'Of the person. What is sent from the page brings it along.',
};

/** As many bytes as a link has room for; letters beyond ASCII take two and more. */
const MOST_BYTES = 255;

const emailInLink: Check<string> = (value) => {
	const address = anyEmail(value);
	return typeof address === 'string' && Buffer.byteLength(address.toLowerCase()) > MOST_BYTES
		? new Mistake('invalid_string_length', { longest: MOST_BYTES })
		: address;
};

const textIn = (output: IDataObject, key: string) =>
	isNothing(output[key]) ? undefined : String(output[key]);

/** Makes a link with which a person confirms the phone of an account, where no page waits for an answer. */
export const createCodeLink = local({
	name: 'Create Code Link',
	value: 'createCodeLink',
	action: 'Create code link for onboarding page',
	description:
		'Create a link to the page on which a person confirms the code from the text message',
	does: 'makesLink',
	failed,
	output: { link: 'string', carrier_id: 'string', phone: 'string', expires_at: 'string' },
	fields: {
		carrierId: CARRIER_ID,
		phone: PHONE,
		verification: optional(VERIFICATION, 'verification_id', verificationId),
		email: optional(EMAIL, 'email', emailInLink),
		path: PAGE_PATH,
		url: PAGE_URL,
		days: VALID_FOR,
		onBehalfOf: optional(ON_BEHALF_OF, 'on_behalf_of', subAccountId, true),
	},

	async act({ carrierId, phone, email, path, url, days, ...given }, item, _run, found) {
		refuseOtherUrl(item, url, path);
		item.checklist.refuseIfWrong(failed, carrierId);
		const account = {
			carrierId,
			phone,
			verificationId: given.verification ?? textIn(found, 'verification_id'),
			onBehalfOf: given.onBehalfOf ?? textIn(found, 'on_behalf_of'),
			email: email?.toLowerCase(),
		};
		// Whoever makes a link to another phone has corrected it: older links are not taken any more.
		const isOther = NEWEST_TEXT.of(carrierId)?.phone !== phone;
		if (isOther) NEWEST_TEXT.note(carrierId, account);
		const { output } = await makeLink(item.context, account, { path, url }, days);
		return { ...output, carrier_id: carrierId, phone };
	},
});

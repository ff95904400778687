import type { INodeProperties } from 'n8n-workflow';
import { chainField } from '../../input/chainFields';
import { ON_BEHALF_OF } from '../../input/onBehalfOf';
import { addressOf } from '../../onboarding/codeLink';
import { type Invitation, sealInvitation } from '../../onboarding/invitation';
import { Remembered } from '../../onboarding/remembered';
import { sealFor } from '../../seal/runKeys';
import { local } from '../../step/local';
import { subAccountId } from '../../values/identifiers';
import { Mistake } from '../../values/mistakes';
import { asSeen, bareId } from '../../values/names';
import { type Check, plainEmail, requiredText } from '../../values/validation';
import { endAfter } from './makeLink';
import { optional } from './optional';
import { PAGE_PATH, PAGE_URL, VALID_FOR, refuseOtherUrl } from './pageFields';

const failed = 'The invitation was not made';

/** Of the person, as the item has it. */
const ofPerson = (property: INodeProperties, check: Check<string>) =>
	chainField({ property, check, providedBy: 'your list of people', isOfItem: true });

const NICKNAME: INodeProperties = {
	displayName: 'Nickname',
	name: 'nickname',
	type: 'string',
	default: '',
	placeholder: 'e.g. Austin store',
	description: 'The name of the account, as you choose it: one for each person',
};

const EMAIL: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@email.com',
	description: 'To open the account, the person has to enter the same',
};

const SUB_ACCOUNT: INodeProperties = {
	...ON_BEHALF_OF,
	description:
		"The ID of the sub-account in which the account is opened. If empty, uses the item's 'on_behalf_of', if it has one.",
};

const filledIn = (
	displayName: string,
	name: string,
	key: string,
	placeholder: string,
): INodeProperties => ({
	displayName,
	name,
	hint: `Empty: the item's '${key}', if it has one`,
	type: 'string',
	default: '',
	placeholder,
	description: 'The page has it filled in. Everybody who opens the link can read it.',
});

/** For whom each nickname of an execution is: two people under one would get the same account. */
const INVITED = new Remembered<string>();

/** Makes an invitation with which one person opens an account, under a nickname of the owner's. */
export const createInvitation = local({
	name: 'Create Invitation',
	value: 'createInvitation',
	action: 'Create invitation to onboarding page',
	description: 'Create a link with which one person can open an account on the page',
	does: 'makesLink',
	failed,
	output: { link: 'string', nickname: 'string', email: 'string', expires_at: 'string' },
	fields: {
		nickname: ofPerson(NICKNAME, requiredText),
		email: ofPerson(EMAIL, plainEmail),
		name: optional(filledIn('Name', 'name', 'name', 'e.g. Nathan Smith'), 'name', requiredText),
		company: optional(
			filledIn('Company Name', 'companyName', 'company_name', 'e.g. Example Corp.'),
			'company_name',
			requiredText,
		),
		path: PAGE_PATH,
		url: PAGE_URL,
		days: VALID_FOR,
		onBehalfOf: optional(SUB_ACCOUNT, 'on_behalf_of', subAccountId, true),
	},

	async act({ nickname, email, name, company, path, url, days, onBehalfOf }, item) {
		refuseOtherUrl(item, url, path);
		const person = email.toLowerCase();
		const run = item.context.getExecutionId();
		const place = JSON.stringify([run, path, bareId(onBehalfOf ?? ''), asSeen(nickname)]);
		if ((INVITED.of(place) ?? person) !== person) {
			item.checklist.note({ field: 'nickname', label: 'Nickname' }, new Mistake('invited_twice'));
		}
		item.checklist.refuseIfWrong(failed);
		INVITED.note(place, person);
		const { end, expires_at } = endAfter(days);
		const invitation: Invitation = { end, nickname, email: person, name, company, onBehalfOf };
		const {
			keys: [{ link: key }],
		} = await sealFor(item.context);
		const token = sealInvitation(invitation, key, path);
		return { link: addressOf(token, url, 'invitation'), nickname, email, expires_at };
	},
});

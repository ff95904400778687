import type { IDataObject } from 'n8n-workflow';
import { openInvitation } from '../../nodes/ShipEngine/onboarding/invitation';
import { linkKey } from '../support/links';
import { type NodeJson, type Outcome, step } from './support/engine';
import { useApi } from './support/fixtures';

/** The step that makes invitations: what stands in them, and for whom there is none. */

const sandbox = useApi();

const INVITE = (given: IDataObject = {}, settings = {}): NodeJson => ({
	...step('Invite', 'createInvitation', {
		resource: 'onboardingPage',
		pagePath: 'open-account',
		pageUrl: 'https://n8n.example/webhook/open-account',
		...given,
		...settings,
	}),
	credentials: { shipEngineCardSealApi: { id: '3', name: 'ShipEngine Card Seal' } },
});

const ANA = {
	nickname: 'Shop 1',
	email: 'Ana@Example.com',
	name: 'Ana Ruiz',
	company_name: 'Ruiz',
};

async function invitationIn({ json }: Outcome, index = 0) {
	const { link } = json('Invite')[index]!;
	const token = new URL(String(link)).searchParams.get('invitation')!;
	return openInvitation(token, [await linkKey()], 'open-account');
}

test('it has all that the page needs to know of its person', async () => {
	const outcome = await sandbox.runChain([{ ...ANA, on_behalf_of: 'se-77' }], INVITE());
	expect(await invitationIn(outcome)).toEqual({
		...{ nickname: 'Shop 1', email: 'ana@example.com', name: 'Ana Ruiz', company: 'Ruiz' },
		...{ onBehalfOf: 'se-77', end: expect.any(Number) as number },
	});
	expect(outcome.json('Invite')).toEqual([
		{
			nickname: 'Shop 1',
			email: 'Ana@Example.com',
			link: expect.stringMatching(
				/^https:\/\/n8n\.example\/webhook\/open-account\?invitation=[\w-]+$/,
			) as string,
			expires_at: expect.any(String) as string,
		},
	]);
	expect(sandbox.calls()).toEqual([]);
});

test('what is set goes before what the item has; the rest may be missing', async () => {
	const given = { nickname: 'Shop 2', options: { validFor: 1 } };
	const outcome = await sandbox.runChain([{ email: 'ben@example.com' }], INVITE(given));
	const invitation = await invitationIn(outcome);
	expect(invitation).toMatchObject({ nickname: 'Shop 2', email: 'ben@example.com' });
	expect(invitation).not.toHaveProperty('name');
	expect(Math.abs(invitation!.end - Date.now() / 1000 - 86_400)).toBeLessThan(60);
});

test('the same person may be invited twice; two people under one nickname may not', async () => {
	const items = [ANA, { ...ANA, email: 'ana@example.com' }, { ...ANA, email: 'ben@example.com' }];
	const { error, json } = await sandbox.runChain(items.slice(0, 2), INVITE());
	expect(error).toBeUndefined();
	expect(json('Invite')).toHaveLength(2);
	const wrong = await sandbox.runChain(items, INVITE());
	expect(wrong.error?.message).toContain("The invitation was not made: 'Nickname' is that of");
	expect(wrong.error?.context).toMatchObject({ data: { errors: [{ code: 'invited_twice' }] } });
	// Somebody whose email was wrong is invited again in another run.
	expect((await sandbox.runChain([items[2]!], INVITE())).error).toBeUndefined();
});

test('the same nickname in another sub-account is another one', async () => {
	const items = [ANA, { ...ANA, email: 'ben@example.com', on_behalf_of: 'se-78' }];
	expect((await sandbox.runChain(items, INVITE())).error).toBeUndefined();
});

test.each([
	[{ nickname: '' }, {}, 'nickname'],
	[{ email: 'x' }, {}, 'email'],
	[{ email: undefined }, {}, 'email'],
	[{ on_behalf_of: 'x y' }, {}, 'options.onBehalfOf'],
	[{}, { pagePath: '' }, 'page_path'],
	[{}, { pageUrl: '' }, 'page_url'],
	[{}, { pageUrl: 'https://user:word@n8n.example/webhook/open-account' }, 'page_url'],
	[{}, { pageUrl: 'https://n8n.example/webhook/another' }, 'page_url'],
	[{}, { options: { validFor: 91 } }, 'options.validFor'],
])('none is made of %j with %j, which is said', async (item, given, field) => {
	const outcome = await sandbox.runChain([{ ...ANA, ...item }], INVITE(given));
	expect(outcome.error?.message).toMatch(/^The invitation was not made/);
	expect(outcome.error?.context).toMatchObject({ data: { errors: [{ field }] } });
});

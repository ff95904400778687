import type { IDataObject } from 'n8n-workflow';
import { NEWEST_TEXT } from '../../nodes/ShipEngine/onboarding/remembered';
import { type Outcome, replace } from './support/engine';
import { useApi } from './support/fixtures';
import { PHONE, REGISTER, SEND, ofPage, opened, pageItem } from './support/onboarding';

/** The step that makes links to the code. */

const sandbox = useApi();

const account = () => sandbox.api.state.accounts[0]!;

describe('a code link', () => {
	const LINK = (given: IDataObject = {}) =>
		ofPage('Link', 'createCodeLink', {
			pagePath: '/open-account/',
			pageUrl: 'https://n8n.example/webhook/open-account',
			...given,
		});

	const tokenOf = (outcome: Outcome) =>
		new URL(String(outcome.json('Link')[0]!.link)).searchParams.get('link');

	test('is made of what earlier steps know, also without a text message', async () => {
		const data = [{ email: 'list@example.com', phone: PHONE }];
		const bare = await sandbox.runChain(data, REGISTER(), replace('Row', { row: 1 }), LINK());
		expect(bare.json('Link')).toMatchObject([
			{ carrier_id: account().carrierId, phone: PHONE, expires_at: expect.any(String) as string },
		]);
		expect(await opened(tokenOf(bare))).toEqual({
			...{ carrierId: account().carrierId, phone: PHONE, end: expect.any(Number) as number },
		});
		const texted = await sandbox.runChain(
			data,
			REGISTER(),
			SEND(),
			LINK({ options: { validFor: 1 } }),
		);
		const link = (await opened(tokenOf(texted)))!;
		expect(link.verificationId).toBe(sandbox.api.state.verifications[0]!.id);
		expect(Math.abs(link.end - Date.now() / 1000 - 86_400)).toBeLessThan(60);
	});

	test('to a corrected phone is the account’s from then on', async () => {
		const item = { carrier_id: 'se-corrected', phone: PHONE };
		await sandbox.runChain([item], LINK());
		await sandbox.runChain([{ ...item, phone: '5124850000' }], LINK());
		expect(NEWEST_TEXT.of('se-corrected')).toMatchObject({ phone: '5124850000' });
	});

	test('has the email by which a row is found, in any letters', async () => {
		const item = { carrier_id: 'se-5', phone: PHONE, email: 'José@Example.com' };
		const outcome = await sandbox.runChain([item], LINK());
		expect(await opened(tokenOf(outcome))).toMatchObject({ email: 'josé@example.com' });
		const long = { ...item, email: `${'é'.repeat(140)}@example.com` };
		const { error } = await sandbox.runChain([long], LINK());
		expect(error?.message).toMatch(/'Email' is longer than 255/);
	});

	test('with a sub-account is the sub-account’s', async () => {
		const item = { carrier_id: 'se-5', phone: PHONE, on_behalf_of: 'se-77' };
		const outcome = await sandbox.runChain([item], LINK());
		expect(await opened(tokenOf(outcome))).toMatchObject({ onBehalfOf: 'se-77' });
	});

	test.each([
		[{ pagePath: '' }, 'page_path'],
		[{ pageUrl: '' }, 'page_url'],
		[{ pageUrl: 'javascript:alert(1)' }, 'page_url'],
		[{ pageUrl: 'https://n8n.example/webhook/another' }, 'page_url'],
		[{ carrier: 'x y' }, 'carrier'],
		[{ options: { validFor: 91 } }, 'options.validFor'],
	])('is not made with %j, which is said', async (given, field) => {
		const item = { carrier_id: 'se-5', phone: PHONE, ...pageItem() };
		const { error } = await sandbox.runChain([item], LINK(given));
		expect(error?.message).toMatch(/^The link was not made/);
		expect(error?.context).toMatchObject({ data: { errors: [{ field }] } });
	});
});

import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import { openLink } from '../../../nodes/ShipEngine/onboarding/codeLink';
import { STAGES, type Stage } from '../../../nodes/ShipEngine/onboarding/pageItem';
import { linkKey } from '../../support/links';
import { SEAL_SECRET, keyOf } from '../../support/sealing';
import { type NodeJson, type Outcome, going, step } from './engine';
import { ACCOUNT, CARD, type useApi } from './fixtures';
import { FORM_TRIGGER } from './nodes';

/** The steps of an onboarding by the page, and how something sent from it runs through them. */

export const PHONE = '5124854282';

let passes = 0;

/** What the trigger puts out, beside what a person has sent. */
export function pageItem(more: IDataObject = {}): IDataObject {
	passes += 1;
	return {
		page_path: 'open-account',
		page_url: 'https://n8n.example/webhook/open-account',
		page_seal: keyOf(SEAL_SECRET).publicJwk.kid,
		page_pass: `pass${passes}`,
		received_at: new Date().toISOString(),
		...more,
	};
}

export function registration(more: IDataObject = {}): IDataObject {
	const item = pageItem({ email: `p${passes}@example.com`, phone: PHONE, ...more });
	return { nickname: `${String(item.email)} ${String(item.phone)}`, ...item };
}

/** Register as the page's workflow has it, but that the card is not sealed. */
export const REGISTER = (more: IDataObject = {}, settings: Partial<INode> = going) =>
	step(
		'Register',
		'register',
		{
			...{ ...ACCOUNT, ...CARD, email: '={{ $json.email }}', phone: '={{ $json.phone }}' },
			...{ nickname: '={{ $json.email }} {{ $json.phone }}', ifNicknameExists: 'returnExisting' },
			...more,
		},
		settings,
	);

export const SEND = (settings: Partial<INode> = going) =>
	step('Send', 'sendVerification', {}, settings);

export const CONFIRM = step('Confirm', 'confirmVerification', {}, going);

export const ofPage = (name: string, operation: string, given: IDataObject = {}): NodeJson => ({
	...step(name, operation, { resource: 'onboardingPage', ...given }),
	credentials: { shipEngineCardSealApi: { id: '3', name: 'ShipEngine Card Seal' } },
});

export const ANSWER = ofPage('Answer', 'answer');

export const to = (node: string, index = 0) => [{ node, type: 'main' as const, index }];

type Sandbox = Pick<ReturnType<typeof useApi>, 'run'>;

/** Runs the onboarding for something that was sent from the page. */
export async function sent(
	sandbox: Sandbox,
	stage: Stage,
	item: IDataObject,
	{ register = REGISTER(), send = SEND(), between = [] as NodeJson[], answer = ANSWER } = {},
): Promise<Outcome> {
	const trigger: NodeJson = {
		name: 'Page',
		type: FORM_TRIGGER,
		parameters: { items: [item], mode: String(STAGES.indexOf(stage)) } as INode['parameters'],
	};
	const line = [...between, answer].map(({ name }) => name);
	const connections: IConnections = {
		Page: { main: [to('Register'), to('Send'), to('Confirm')] },
		Register: { main: [to('Send')] },
		Send: { main: [to(line[0]!)] },
		Confirm: { main: [to(line[0]!)] },
	};
	line
		.slice(0, -1)
		.forEach((name, index) => (connections[name] = { main: [to(line[index + 1]!)] }));
	return await sandbox.run({
		nodes: [trigger, register, send, CONFIRM, ...between, answer],
		connections,
	});
}

/** What the page was told: once, and nothing else. */
export function toldTo({ responses }: Outcome): IDataObject {
	expect(responses).toHaveLength(1);
	expect(responses[0]).toMatchObject({
		statusCode: 200,
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
	});
	return responses[0]!.body as IDataObject;
}

export const opened = async (token: unknown) =>
	openLink(String(token), [await linkKey()], 'open-account');

import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { asFailure } from '../ShipEngine/failures/failure';
import { nodeError } from '../ShipEngine/failures/n8nErrors';
import { isLoggedIn } from './access';
import { admit } from './admission';
import { accountIn } from './codeStage';
import { openInvitation } from '../ShipEngine/onboarding/invitation';
import { STAGES } from '../ShipEngine/onboarding/pageItem';
import { hasAnswerPage } from './answerPage';
import { passDoor } from './door';
import { pageOf } from './html';
import { isAtItsAddress, wayToPage } from './pageAddress';
import { Refusal, notHere, notReady } from './refusals';
import { isOfOtherSite, networkOfSender } from './sender';
import type { Admission, PageSettings } from './pageSettings';
import { type Setup, readSetup } from './settings';
import { LANGUAGES, preferredLanguage } from './words';

/** What n8n is told where the answer has been sent already, and no run is to start. */
const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

/** What every answer says, to a browser that might keep it or take it for something else. */
const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

const nowInSeconds = () => Math.floor(Date.now() / 1000);

function answer(
	context: IWebhookFunctions,
	status: number,
	headers: Record<string, string>,
	body: string,
): IWebhookResponseData {
	context
		.getResponseObject()
		.writeHead(status, { ...HEADERS, ...headers })
		.end(body);
	return ANSWERED;
}

const answerText = (
	context: IWebhookFunctions,
	status: number,
	text: string,
	headers: Record<string, string> = {},
) => answer(context, status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, text);

const answerJson = (
	context: IWebhookFunctions,
	status: number,
	body: object,
	headers: Record<string, string> = {},
) =>
	answer(
		context,
		status,
		{ 'Content-Type': 'application/json; charset=utf-8', ...headers },
		JSON.stringify(body),
	);

/**
 * Queries that whoever guards the page may let through: with one of them, nobody gets to the registration.
 * It is the address itself that is looked at, as the guard does: of very many parameters, n8n reads some only.
 */
const LINK = /[?&](?:link|invitation)(?:[=&[]|$)/i;

/** What an address brings along; a token that is none where it is not just one. */
interface Linked {
	kind: 'link' | 'invitation';
	token: string;
}

/** The one link or invitation that an address has; undefined where it is another address. */
function linkIn(address: string): Linked | undefined {
	if (!LINK.test(address)) return undefined;
	const { searchParams } = new URL(address, 'http://page');
	const [found, ...others] = (['link', 'invitation'] as const).flatMap((kind) =>
		// Mail programs take what stands behind an address for a part of it.
		searchParams
			.getAll(kind)
			.map((token): Linked => ({ kind, token: token.replace(/[^\w-]+$/, '') })),
	);
	return found && others.length === 0 ? found : { kind: 'link', token: '' };
}

const languageOf = (context: IWebhookFunctions, { languageFor }: Setup) =>
	languageFor(context.getHeaderData()['accept-language']);

/** The page for whoever has a link or an invitation to it: that stands for a sign-in. */
function serveLinked(
	context: IWebhookFunctions,
	setup: Setup,
	{ kind, token }: Linked,
	now: number,
): IWebhookResponseData {
	const language = languageOf(context, setup);
	const refused = (text: 'reasonLink' | 'reasonLinkOver') =>
		answerText(context, 404, setup.textsIn(language)[text]);
	if (kind === 'link') {
		const account = accountIn(token, setup, now);
		if (typeof account === 'string') return refused(account);
		const admission = admit(setup, language, now, { isOfLink: true });
		return sendPage(context, setup, { link: token, ...admission });
	}
	const keys = setup.keys.map(({ link }) => link);
	const invitation = openInvitation(token, keys, setup.path);
	if (!invitation) return refused('reasonLink');
	if (invitation.end < now) return refused('reasonLinkOver');
	const { name = '', company = '' } = invitation;
	return sendPage(context, setup, {
		link: '',
		filledIn: { name, company_name: company },
		...admit(setup, language, now, { invitation }),
	});
}

function sendPage(
	context: IWebhookFunctions,
	{ appearance, textsIn }: Setup,
	own: Pick<PageSettings, 'link' | 'filledIn' | keyof Admission>,
): IWebhookResponseData {
	const words = textsIn(own.language);
	const { headers, html } = pageOf(appearance, { ...appearance.page, ...own, words });
	return answer(context, 200, headers, html);
}

async function servePage(context: IWebhookFunctions, setup: Setup): Promise<IWebhookResponseData> {
	const now = nowInSeconds();
	const link = linkIn(context.getRequestObject().originalUrl);
	if (link !== undefined) return serveLinked(context, setup, link, now);
	const { authorization } = context.getHeaderData();
	const { login, isForInvited } = setup;
	const language = languageOf(context, setup);
	if (isForInvited) return answerText(context, 403, setup.textsIn(language).pageForInvited);
	if (login && !(await isLoggedIn(authorization, login, networkOfSender(context), now))) {
		return answerText(context, 401, setup.textsIn(language).pageNeedsPassword, {
			'WWW-Authenticate': 'Basic realm="Registration", charset="UTF-8"',
		});
	}
	return sendPage(context, setup, { link: '', ...admit(setup, language, now) });
}

function takeSent(context: IWebhookFunctions, setup: Setup): IWebhookResponseData {
	try {
		const admitted = passDoor(context, setup, Date.now());
		if ('admission' in admitted) return answerJson(context, 200, admitted.admission);
		const { stage, item } = admitted;
		const workflowData = STAGES.map((each) => (each === stage ? [{ json: item }] : []));
		if (stage === 'registration' && !hasAnswerPage(context)) {
			return { ...answerJson(context, 200, { stage: 'received' }), workflowData };
		}
		const response = context.getResponseObject();
		for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
		return { workflowData };
	} catch (error) {
		return refuse(context, error);
	}
}

function refuse(context: IWebhookFunctions, error: unknown): IWebhookResponseData {
	const { status, message, reasons, retryAfter } = error instanceof Refusal ? error : notReady();
	const body = {
		error: { message, errors: reasons, ...(retryAfter && { retry_after: retryAfter }) },
	};
	const headers = retryAfter === undefined ? undefined : { 'Retry-After': String(retryAfter) };
	return answerJson(context, status, body, headers);
}

/** What the page lacks is its owner's business: it stands in n8n's log, and on the page in test mode. */
function tellNotReady(
	context: IWebhookFunctions,
	error: unknown,
	isPage: boolean,
): IWebhookResponseData {
	const { message, description } = asFailure(error).details;
	context.logger.error(`The page of '${context.getNode().name}' is not ready: ${message}`);
	if (!isPage) return refuse(context, notReady());
	const isTest = context.getMode() === 'manual';
	const text = isTest
		? `${message}. ${description}`
		: LANGUAGES[preferredLanguage(context.getHeaderData()['accept-language'])].pageNotReady;
	return answerText(context, 503, text);
}

/**
 * Answers a request to the page's address. What is refused starts no run, and is kept nowhere: nothing
 * is thrown, since n8n would make a failed run of it.
 */
export async function answerRequest(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const isPage = context.getWebhookName() === 'setup';
	// n8n lets every site read what it answers; no other site has a use for the page.
	if (isPage || isOfOtherSite(context)) {
		context.getResponseObject().removeHeader('Access-Control-Allow-Origin');
	}
	try {
		const setup = await readSetup(context);
		const way = isPage ? wayToPage(context, setup) : undefined;
		if (way) return answerText(context, 308, '', { Location: way });
		if (!isAtItsAddress(context, setup)) return refuse(context, notHere());
		return isPage ? await servePage(context, setup) : takeSent(context, setup);
	} catch (error) {
		return tellNotReady(context, error, isPage);
	}
}

/**
 * @throws NodeOperationError where the page lacks something: n8n tells it whoever publishes the
 * workflow, and whoever listens for a test
 */
export async function refuseIfNotReady(context: IHookFunctions): Promise<void> {
	try {
		await readSetup(context);
	} catch (error) {
		throw nodeError(asFailure(error), context.getNode());
	}
}

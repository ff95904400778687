import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { asFailure } from '../ShipEngine/failures/failure';
import { errorItem, nodeError } from '../ShipEngine/failures/n8nErrors';
import { CARD_SEAL_CREDENTIAL, sealKeysOf } from '../ShipEngine/seal/sealKeys';
import { PAGE_LOGIN_CREDENTIAL, type Login, isLoggedIn, loginOf } from './basicAuth';
import { pageOf } from './html';
import { type TokenBinding, isValidToken, tokenOf } from './pageToken';
import { Refusal, notSignedIn } from './refusals';
import { readSent, registrationOf } from './sentRegistration';
import { readAppearance } from './settings';

/** What n8n is told where the answer has been sent already, and no run is to start. */
const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

const nowInSeconds = () => Math.floor(Date.now() / 1000);

/** The name and the password that the page asks for; undefined where everybody may see it. */
async function requiredLogin(context: IWebhookFunctions): Promise<Login | undefined> {
	if (context.getNodeParameter('authentication', 'none') !== 'basicAuth') return undefined;
	return loginOf(await context.getCredentials(PAGE_LOGIN_CREDENTIAL));
}

/** What a token of this page is bound to. */
function bindingOf(context: IWebhookFunctions, secret: unknown, login: Login): TokenBinding {
	const path = String(context.getNodeParameter('path', ''));
	return { secret: String(secret).trim(), path, login: JSON.stringify(login) };
}

/** Answers GET: with the page, or by asking for a name and a password. */
async function servePage(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const login = await requiredLogin(context);
	if (login && !isLoggedIn(context.getHeaderData().authorization, login)) {
		response.writeHead(401, {
			'WWW-Authenticate': 'Basic realm="Registration", charset="UTF-8"',
			'Content-Type': 'text/plain; charset=utf-8',
			'Cache-Control': 'no-store',
		});
		response.end('This page needs a user name and password.');
		return ANSWERED;
	}

	const credential = await context.getCredentials(CARD_SEAL_CREDENTIAL);
	const [{ publicJwk }] = sealKeysOf(credential);
	const now = nowInSeconds();
	const token = login && tokenOf(bindingOf(context, credential.secret, login), now);
	const appearance = readAppearance(context);
	const { headers, html } = pageOf(appearance, { ...appearance.page, publicJwk, now, token });
	response.writeHead(200, headers);
	response.end(html);
	return ANSWERED;
}

/** @throws {@link Refusal} unless the page was given to somebody who knew the password, where one is set */
async function refuseStrangers(context: IWebhookFunctions, token: unknown): Promise<void> {
	const login = await requiredLogin(context);
	if (!login) return;
	const { secret, previousSecret } = await context.getCredentials(CARD_SEAL_CREDENTIAL);
	const isKnown = [secret, previousSecret]
		.filter((each) => Boolean(each))
		.some((each) => isValidToken(token, bindingOf(context, each, login), nowInSeconds()));
	if (!isKnown) throw notSignedIn();
}

/** Answers POST: starts a run with the registration. */
async function takeRegistration(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const sent = readSent(context.getBodyData());
	await refuseStrangers(context, sent.token);
	return { workflowData: [[{ json: registrationOf(sent) }]] };
}

function refuse(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	const response = context.getResponseObject();
	response.writeHead(refusal.status, {
		'Content-Type': 'application/json; charset=utf-8',
		'Cache-Control': 'no-store',
	});
	response.end(JSON.stringify(errorItem(refusal, 0).json));
	return ANSWERED;
}

/**
 * Answers a request to the page's address. What is refused starts no run, and is kept nowhere.
 *
 * @throws NodeOperationError where the page is not set up as it has to be
 */
export async function answerRequest(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const isPage = context.getWebhookName() === 'setup';
		return isPage ? await servePage(context) : await takeRegistration(context);
	} catch (error) {
		if (error instanceof Refusal) return refuse(context, error);
		throw nodeError(asFailure(error), context.getNode());
	}
}

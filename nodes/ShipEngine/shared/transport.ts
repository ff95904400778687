import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { type Outcome, outcomeOf } from './answer';
import { baseUrlOf } from './baseUrl';
import { within } from './deadline';
import { type FailureWords, failureOf } from './failureWords';
import { DEFAULT_THROTTLE_PAUSE, MAX_TRIES, POLICY, type RequestKind, retryPause } from './policy';
import { Throttle } from './throttle';

/** A request of an operation, and what has to be known to send it safely and to speak of it. */
export interface ApiRequest<T> {
	kind: RequestKind;
	method: IHttpRequestMethods;
	/** Begins with a slash; ids in it have passed their checks. */
	path: string;
	body?: IDataObject;
	/** The sub-account that a partner key acts for, sent as `On-Behalf-Of` (documented). */
	onBehalfOf?: string;
	/** Seconds until the answer counts as lost. */
	timeout: number;
	/** Takes what the operation is for out of the answer; undefined where it is not there. */
	parse: (answer: IDataObject) => T | undefined;
	/** Whether errors beside the answer are fine, as in a list that is not complete. */
	acceptsErrors?: boolean;
	words: FailureWords;
	/** What must not be repeated from the API's messages; the API key is known already. */
	secrets?: string[];
	/** The carrier that the request is about. */
	carrierId?: string;
}

/** The codes of connections that never came about, so that nothing was sent. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

const CREDENTIAL = 'shipEngineApi';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

type Decrypted = ICredentialsDecrypted & { data: ICredentialDataDecryptedObject };

/** The API as the items of one run share it: one credential, one throttle. The only way to the API. */
export class Transport {
	private readonly throttle: Throttle;

	private credential?: Promise<Decrypted>;

	/**
	 * @param maxWait - how long to wait at the API's limit without any success, in milliseconds
	 */
	constructor(
		private readonly context: Context,
		maxWait: number,
	) {
		this.throttle = new Throttle(
			maxWait,
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		);
	}

	/**
	 * Sends a request, again where the policy allows it.
	 *
	 * @returns what `request.parse` took out of the answer
	 * @throws {@link Failure} for whatever else happened, in words for the user
	 */
	async send<T>(request: ApiRequest<T>): Promise<T> {
		const credential = await (this.credential ??= this.decrypt());
		const baseUrl = baseUrlOf(credential.data.baseUrl);
		for (let tries = 1; ; ) {
			await this.throttle.ready();
			const outcome = await this.try(baseUrl, credential, request);
			if ('value' in outcome) {
				this.throttle.succeeded();
				return outcome.value;
			}
			const reaction = POLICY[request.kind][outcome.situation];
			if (
				reaction === 'wait' &&
				this.throttle.close(outcome.retryAfter ?? DEFAULT_THROTTLE_PAUSE)
			) {
				continue;
			}
			if (reaction === 'retry' && tries < MAX_TRIES) {
				await this.throttle.pause(retryPause(tries++));
				continue;
			}
			const secrets = [...(request.secrets ?? []), String(credential.data.apiKey)];
			throw failureOf(request, outcome, reaction, secrets);
		}
	}

	/** Waits for so many milliseconds. Throws a Failure when the execution is cancelled. */
	async pause(duration: number): Promise<void> {
		await this.throttle.pause(duration);
	}

	private async try<T>(
		baseUrl: string,
		credential: Decrypted,
		request: ApiRequest<T>,
	): Promise<Outcome<T>> {
		// Whole milliseconds: a part of one would count as no timeout at all.
		const timeout = Math.ceil(request.timeout * 1000);
		const options: IHttpRequestOptions = {
			method: request.method,
			url: baseUrl + request.path,
			headers: {
				...(request.body && { 'Content-Type': 'application/json' }),
				...(request.onBehalfOf && { 'On-Behalf-Of': request.onBehalfOf }),
			},
			body: request.body,
			timeout,
			json: true,
			// As text, so that a cut or foreign body is told from JSON here and not guessed at below.
			encoding: 'text',
			returnFullResponse: true,
			// Never by exception: n8n sends a request that throws 401 a second time.
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		};
		try {
			const sent = this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				CREDENTIAL,
				options,
				{ credentialsDecrypted: credential },
			);
			const { statusCode, headers, body } = (await within(timeout, sent)) as IN8nHttpFullResponse;
			const answer = { status: statusCode, headers, body: String(body ?? '') };
			return outcomeOf(answer, request.parse, request.acceptsErrors ?? false);
		} catch (error) {
			// Only the code is taken: the rest of the error holds the request, key and card included.
			const code = String((error as { httpCode?: unknown }).httpCode);
			return {
				situation: NEVER_SENT.includes(code) ? 'unreached' : 'interrupted',
				reasons: [],
			};
		}
	}

	/** With its name and id it can be handed over, so that n8n does not decrypt it for every item. */
	private async decrypt(): Promise<Decrypted> {
		const { id, name = '' } = this.context.getNode().credentials?.[CREDENTIAL] ?? {};
		const data = await this.context.getCredentials(CREDENTIAL);
		return { id: id ?? '', name, type: CREDENTIAL, data };
	}
}

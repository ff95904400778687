import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { type Outcome, type Unsuccessful, ofNewSubAccount, outcomeOf } from './answer';
import { apiKeyOf } from './apiKey';
import { type OnlyTo, baseUrlOf, checkOnlyTo } from './baseUrl';
import { situationOfThrown } from './connection';
import { within } from './deadline';
import { Failure, asFailure } from '../failures/failure';
import { LONGEST_TEXT, told } from '../failures/masking';
import { fingerprint } from '../values/fingerprint';
import { type KeyType, keyTypeOf } from '../values/keyType';
import { MAX_TRIES, POLICY, READY_AFTER, type Reaction, retryPause } from './policy';
import type { ApiRequest } from './request';
import { failureOf, unsentOf } from './requestFailure';
import { Throttle } from './throttle';
import { Waits } from './waits';

const API_CREDENTIAL = 'shipEngineApi';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

interface Usable {
	baseUrl: string;
	credential: ICredentialsDecrypted & { data: ICredentialDataDecryptedObject };
}

/** The API as the items of one run share it: one credential, one throttle. The only way to the API. */
export class Transport {
	/** All that a run waits for, so that it ends as soon as the run does. */
	readonly waits: Waits;

	private readonly throttle: Throttle;

	/** When the run began, in monotonic time. */
	private readonly began = performance.now();

	/** The credential as it can be sent, or why it cannot be. */
	private credential?: Promise<Usable | Failure>;

	/**
	 * @param maxWait - how long the API may let nothing through, in milliseconds
	 */
	constructor(
		private readonly context: Context,
		maxWait: number,
	) {
		this.waits = new Waits(
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		);
		this.throttle = new Throttle(maxWait, this.waits);
	}

	/**
	 * Sends a request, again where the policy allows it.
	 *
	 * @returns what `request.parse` took out of the answer
	 * @throws {@link Failure} for whatever else happened, in words for the user
	 */
	async send<T>(request: ApiRequest<T>): Promise<T> {
		const usable = await this.usable(request.words.failed, request.carrierId);
		const secrets = [...(request.secrets ?? []), String(usable.credential.data.apiKey)];
		for (let tries = 1; ; tries += 1) {
			const refusal = await this.throttle.ready();
			if (refusal) throw failureOf(request, refusal, 'fail', secrets);

			const outcome = await this.try(usable, request);
			this.throttle.learn(outcome);
			if ('value' in outcome) return outcome.value;

			const reaction = POLICY[request.kind][outcome.situation];
			if (!this.isAgain(reaction, outcome, tries)) {
				throw failureOf(request, outcome, reaction, secrets);
			}
			// At the limit, all requests of the run wait together.
			if (reaction !== 'wait') await this.waits.pause(retryPause(tries));
		}
	}

	/** Whether a request is sent once more, after so many tries. */
	private isAgain(reaction: Reaction, outcome: Unsuccessful, tries: number): boolean {
		if (reaction === 'wait') return this.throttle.close(outcome);
		if (reaction === 'later') return performance.now() - this.began < READY_AFTER;
		return reaction === 'retry' && tries < MAX_TRIES;
	}

	/**
	 * Tells the account of one API key from that of another, without holding the key.
	 *
	 * @param failed - what does not happen if the credential cannot be used
	 */
	async account(failed: string): Promise<string> {
		const { credential, baseUrl } = await this.usable(failed);
		return fingerprint(new URL(baseUrl).href, credential.data.apiKey);
	}

	/**
	 * The address of the API.
	 *
	 * @param failed - what does not happen if the credential cannot be used
	 */
	async server(failed: string): Promise<string> {
		return new URL((await this.usable(failed)).baseUrl).href;
	}

	/**
	 * What the API said, without the key, and of a bounded length.
	 *
	 * @param failed - what does not happen if the credential cannot be used
	 */
	async repeated(text: string, failed: string): Promise<string> {
		const { credential } = await this.usable(failed);
		return told(text, [String(credential.data.apiKey)], LONGEST_TEXT);
	}

	/**
	 * Checks that what an item sends may go to this API.
	 *
	 * @param failed - what does not happen if it may not
	 * @throws {@link Failure} where a credential is for another one
	 */
	async checkOnlyTo(secrets: OnlyTo[], failed: string, carrierId?: string): Promise<void> {
		for (const onlyTo of secrets) {
			const { baseUrl } = await this.usable(failed, carrierId);
			try {
				checkOnlyTo(onlyTo, baseUrl);
			} catch (thrown) {
				throw unsentOf(asFailure(thrown), failed, carrierId);
			}
		}
	}

	/** The type of the API key; undefined where the credential cannot be used. */
	async keyType(): Promise<KeyType | undefined> {
		const credential = await (this.credential ??= this.decrypt());
		return credential instanceof Failure
			? undefined
			: keyTypeOf(credential.credential.data.keyType);
	}

	/**
	 * The credential as it can be sent, and the API's address.
	 *
	 * @throws {@link Failure} where they cannot be used, which says what was not done for that
	 */
	private async usable(failed: string, carrierId?: string): Promise<Usable> {
		const credential = await (this.credential ??= this.decrypt());
		if (credential instanceof Failure) throw unsentOf(credential, failed, carrierId);
		return credential;
	}

	private async try<T>(
		{ baseUrl, credential }: Usable,
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
				API_CREDENTIAL,
				options,
				{ credentialsDecrypted: credential },
			);
			const { statusCode, headers, body } = (await within(timeout, sent)) as IN8nHttpFullResponse;
			const answer = { status: statusCode, headers, body: String(body ?? '') };
			const outcome = outcomeOf(answer, request.parse, request.accepts);
			return request.isNewSubAccount ? ofNewSubAccount(outcome) : outcome;
		} catch (error) {
			return { situation: situationOfThrown(error), reasons: [] };
		}
	}

	/** With its name and id it can be handed over, so that n8n does not decrypt it for every item. */
	private async decrypt(): Promise<Usable | Failure> {
		const { id, name = '' } = this.context.getNode().credentials?.[API_CREDENTIAL] ?? {};
		const data = await this.context.getCredentials(API_CREDENTIAL);
		try {
			const apiKey = apiKeyOf(data.apiKey);
			const credential = { id: id ?? '', name, type: API_CREDENTIAL, data: { ...data, apiKey } };
			return { baseUrl: baseUrlOf(data.baseUrl), credential };
		} catch (thrown) {
			return asFailure(thrown);
		}
	}
}

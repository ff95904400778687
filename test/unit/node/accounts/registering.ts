import { setImmediate } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { outcomeOf } from '../../../../nodes/ShipEngine/api/answer';
import { Failure, asFailure } from '../../../../nodes/ShipEngine/failures/failure';
import type { Deed, Memory } from '../../../../nodes/ShipEngine/step/memory';
import { AtMostOnce } from '../../../../nodes/ShipEngine/accounts/atMostOnce';
import type { Claim } from '../../../../nodes/ShipEngine/accounts/claims';
import type { WantedAccount } from '../../../../nodes/ShipEngine/accounts/existingAccount';
import { type Common, Requests } from '../../../../nodes/ShipEngine/api/requests';
import type { ApiRequest, FailureWords } from '../../../../nodes/ShipEngine/api/request';
import type { Transport } from '../../../../nodes/ShipEngine/api/transport';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';

/** A carrier as the API lists it. */
export const listed = (carrier_id: string, nickname: string, more: object = {}) => ({
	carrier_id,
	carrier_code: 'stamps_com',
	nickname,
	account_number: 'A-1',
	...more,
});

type Listed = ReturnType<typeof listed>;

/** A list, an answer of another form, or what looking comes to instead. */
export type Look = Listed[] | { json: object } | Failure;

export const failure = (message: string, isUnknown = false) =>
	new Failure({ message, description: 'Look.', reasons: [], isUnknown });

const PLACE = { executionId: '7', run: 0, item: 0 };

/** What was done for an item before. */
export const deed = (output: IDataObject): Deed => ({ ...PLACE, subject: output, output });

/** What may have been done for one. */
export const loss = (subject: IDataObject, lost: Failure) => ({ ...PLACE, subject, failure: lost });

/** What an item wants, and what its requests have in common. */
interface Item
	extends Partial<Common<FailureWords>>,
		Partial<Pick<WantedAccount, 'ifNicknameExists'>> {
	/** For whom it is, and where the item stands. */
	claim?: Partial<Claim>;
}

const WORDS: FailureWords = {
	failed: 'The Stamps account was not registered',
	unknown: 'The Stamps account may or may not have been registered',
	ifUnknown: 'Look for its nickname.',
};

let accounts = 0;

/** An API that answers looks in turn, the last one for ever. */
export class Api {
	readonly waits = new Waits(undefined);

	/** How long it was waited before each look, in milliseconds. */
	readonly pauses: number[] = [];

	/** What was looked for: the sub-account and the timeout. */
	readonly looks: Array<Pick<ApiRequest<unknown>, 'onBehalfOf' | 'timeout'>> = [];

	/** Why the credential cannot be used. */
	unusable?: Failure;

	private readonly own = `account ${(accounts += 1)}`;

	constructor(
		private readonly answers: Look[],
		waits = new Waits(undefined),
	) {
		this.waits = waits;
		// Waiting itself is tested elsewhere.
		jest.spyOn(waits, 'pause').mockImplementation(async (pause) => {
			waits.refuseIfOver();
			this.pauses.push(pause);
		});
	}

	async account(): Promise<string> {
		if (this.unusable) throw this.unusable;
		return this.own;
	}

	async send<T>({ onBehalfOf, timeout, parse, accepts, words }: ApiRequest<T>): Promise<T> {
		this.looks.push({ onBehalfOf, timeout });
		const answer = this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!;
		await setImmediate();
		if (answer instanceof Failure) throw answer;
		const json = Array.isArray(answer) ? { carriers: answer } : answer.json;
		const body = JSON.stringify(json);
		const outcome = outcomeOf({ status: 200, headers: {}, body }, parse, accepts);
		if ('value' in outcome) return outcome.value;
		throw failure(words.failed);
	}

	/**
	 * A run that registers at this API.
	 *
	 * @param memory - what earlier runs of the node came to in the same execution
	 */
	run(memory: Partial<Memory> = {}) {
		const remembered = { run: 0, deeds: [], losses: [], ...memory } as unknown as Memory;
		const registrations = new AtMostOnce({ memory: remembered });
		const sent: string[] = [];
		return {
			sent,
			close: () => registrations.close(),
			/**
			 * What an item comes to.
			 *
			 * @param comesTo - the ID of the account, or what sending the registration comes to instead
			 */
			register: async (
				nickname: string,
				comesTo: string | Failure | (() => Promise<string>),
				{ ifNicknameExists = 'returnExisting', words = WORDS, claim, ...others }: Item = {},
				lost?: Failure,
			) => {
				const send = async () => {
					sent.push(nickname);
					if (comesTo instanceof Failure) throw comesTo;
					return typeof comesTo === 'string' ? comesTo : await comesTo();
				};
				const common = { words, timeout: 60, ...others };
				const requests = new Requests(this as unknown as Transport, common);
				const wanted = { nickname, ifNicknameExists, claim: { ...PLACE, person: {}, ...claim } };
				return await registrations.have(wanted, requests, send, lost).catch(asFailure);
			},
		};
	}
}

import type { IDataObject } from 'n8n-workflow';
import { outcomeOf } from '../../../nodes/ShipEngine/shared/answer';
import type { Reason } from '../../../nodes/ShipEngine/shared/failure';
import { failureOf } from '../../../nodes/ShipEngine/shared/failureWords';
import { POLICY, type Reaction, type Situation } from '../../../nodes/ShipEngine/shared/policy';

const words = {
	failed: 'The Stamps account was not registered',
	unknown: 'The Stamps account may or may not have been registered',
	ifUnknown: 'Look for its nickname first.',
};

const REQUEST_ID = 'aa3d8e8e-462b-4476-9618-72db7f7b7009';

const CARD = '4111111111111111';

interface Told {
	situation?: Situation;
	reaction?: Reaction;
	status?: number;
	reasons?: Reason[];
	requestId?: string;
	carrierId?: string;
	secrets?: string[];
}

/** What the user is told of it. */
function told({
	situation = 'refused',
	reaction = 'fail',
	reasons = [],
	status,
	requestId,
	carrierId,
	secrets = [],
}: Told) {
	const outcome = { situation, status, reasons, requestId };
	return failureOf({ words, carrierId }, outcome, reaction, secrets).details;
}

const reason = (changes: Partial<Reason> = {}): Reason => ({
	code: 'invalid_field_value',
	field: 'credit_card.number',
	message: 'The card number is wrong.',
	...changes,
});

/** Every situation and status, as the policy table can let it come to a failure. */
const FAILURES = (['write', 'read'] as const).flatMap((kind) =>
	(
		[
			['throttled', [429]],
			['unreached', [undefined]],
			['interrupted', [undefined, 500, 502, 503, 504]],
			['refused', [200, 400, 401, 403, 404, 409, 422]],
			['unusable', [200, 201, 204]],
			['redirected', [301, 302, 307, 308]],
		] as const
	).flatMap(([situation, statuses]) =>
		statuses.map((status) => ({ kind, situation, status, reaction: POLICY[kind][situation] })),
	),
);

describe.each(FAILURES)('$kind $situation $status', ({ situation, status, reaction }) => {
	test.each([
		['without reasons', []],
		['with a reason', [reason()]],
		['with a reason without its full stop', [reason({ message: 'Out of paper' })]],
		['with two reasons', [reason(), reason({ field: null, code: 'terms_not_accepted' })]],
	])('%s: full sentences, and what to do next', (_name, reasons) => {
		const { message, description } = told({ situation, status, reaction, reasons });
		expect(message).toMatch(/^The Stamps account (was not|may or may not have been) registered: ./);
		expect(message).not.toMatch(/undefined|null|\[object|\s$/);
		expect(description).not.toMatch(/undefined|null|\[object|\.\.|\s\s|^\s|\s$/);
		expect(description).toMatch(/[.!?]$/);
		expect(description).toMatch(/\b(Check|Run|run|Ask|Try|Look)\b/);
	});

	test('says that the outcome is unknown just where it is', () => {
		for (const reasons of [[], [reason()]]) {
			const {
				message,
				description,
				reasons: given,
			} = told({
				situation,
				status,
				reaction,
				reasons,
			});
			const isUnknown = reaction === 'unknown';
			expect(message.startsWith(`${isUnknown ? words.unknown : words.failed}: `)).toBe(true);
			expect(description.includes(words.ifUnknown)).toBe(isUnknown);
			expect(given[0]?.code === 'outcome_unknown').toBe(isUnknown);
			// To run it again at once would make a second account.
			if (isUnknown) expect(description).not.toMatch(/run it again|again later|try again/i);
		}
	});
});

describe('where the API says nothing', () => {
	test.each([
		['unreached', 'retry', undefined, 'not_reached', 'the API could not be reached'],
		['unreached', 'fail', undefined, 'not_reached', 'the API could not be reached'],
		['interrupted', 'retry', undefined, 'no_answer', /no answer came/],
		['interrupted', 'retry', 503, 'no_answer', 'the API answered with status 503'],
		['interrupted', 'unknown', 503, 'outcome_unknown', 'the API answered with status 503'],
		['interrupted', 'unknown', undefined, 'outcome_unknown', /no answer came/],
		['unusable', 'unknown', 200, 'outcome_unknown', /lacks what was asked for/],
		['unusable', 'fail', 200, 'unusable_answer', /lacks what was asked for/],
		['refused', 'fail', 400, 'refused', /without saying why/],
		['redirected', 'fail', 307, 'redirected', /another address/],
		['throttled', 'wait', 429, 'rate_limit_exceeded', /limit of requests/],
	] as const)('%s, %s, status %s', (situation, reaction, status, code, because) => {
		const { message, reasons, httpStatus } = told({ situation, reaction, status });
		expect(reasons).toEqual([{ code, field: null, message: expect.stringMatching(because) }]);
		expect(message).toMatch(because);
		expect(httpStatus).toBe(status);
	});

	test('a limit is not said to be waited for any fixed time, which is for the user to set', () => {
		const { message, description } = told({
			situation: 'throttled',
			reaction: 'wait',
			status: 429,
		});
		expect(message + description).not.toMatch(/minutes' wait|two minutes|seconds/);
	});

	test('a write that was never sent is said to be so', () => {
		expect(told({ situation: 'unreached', reaction: 'retry' }).description).toMatch(
			/^Nothing was sent\./,
		);
	});
});

describe("the API's own words", () => {
	test('lead the message, and stand in the description with code and field', () => {
		const details = told({
			status: 400,
			reasons: [
				reason(),
				reason({ code: 'terms_not_accepted', field: null, message: 'Accept the terms' }),
			],
		});
		expect(details.message).toBe(`${words.failed}: The card number is wrong.`);
		expect(details.description).toBe(
			"invalid_field_value in 'credit_card.number': The card number is wrong. terms_not_accepted: Accept the terms. Check the input and try again.",
		);
		expect(details.reasons).toEqual([
			reason(),
			{ code: 'terms_not_accepted', field: null, message: 'Accept the terms' },
		]);
	});

	test('stand behind the unknown outcome', () => {
		const details = told({
			situation: 'interrupted',
			reaction: 'unknown',
			status: 500,
			reasons: [reason({ code: 'unspecified', field: null, message: 'Out of order.' })],
		});
		expect(details.message).toBe(`${words.unknown}: Out of order.`);
		expect(details.description).toBe(`unspecified: Out of order. ${words.ifUnknown}`);
		expect(details.reasons).toEqual([
			{ code: 'outcome_unknown', field: null, message: details.message },
			{ code: 'unspecified', field: null, message: 'Out of order.' },
		]);
	});

	test.each(['Accept the terms!', 'Accepted?', 'Accepted.'])('%s is a sentence already', (text) => {
		const { description } = told({ status: 400, reasons: [reason({ message: text })] });
		expect(description).toContain(`: ${text} `);
	});

	test.each([
		['unauthorized', 400, /'ShipEngine API' credential/],
		['unspecified', 401, /'ShipEngine API' credential/],
		['forbidden', 400, /ShipStation/],
		['unspecified', 403, /ShipStation/],
		['unspecified', 404, /'On Behalf Of'/],
		['carrier_not_connected', 400, /'On Behalf Of'/],
		['verification_failure', 400, /Send Verification/],
		['funding_source_error', 400, /another payment card/],
		['insufficient_funds', 400, /another payment card/],
		['invalid_field_value', 400, /Check the input/],
		['unheard_of', 418, /Check the input/],
	])('%s with status %i: what to do next', (code, status, next) => {
		expect(told({ status, reasons: [reason({ code })] }).description).toMatch(next);
	});

	test('the code decides before the status', () => {
		const { description } = told({
			status: 404,
			reasons: [reason({ code: 'verification_failure' })],
		});
		expect(description).toMatch(/Send Verification/);
		expect(description).not.toMatch(/'On Behalf Of'/);
	});

	test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
		"a code named '%s' is one that nobody knows",
		(code) => {
			expect(told({ status: 400, reasons: [reason({ code })] }).description).toMatch(
				/Check the input and try again\.$/,
			);
		},
	);
});

describe('the request ID', () => {
	test('ends the description, where there is one', () => {
		const { description, requestId } = told({ status: 400, requestId: REQUEST_ID });
		expect(requestId).toBe(REQUEST_ID);
		expect(description).toMatch(
			/try again\. Request ID .*: aa3d8e8e-462b-4476-9618-72db7f7b7009\.?$/,
		);
	});

	test.each([undefined, ''])('%p is none', (requestId) => {
		const details = told({ status: 400, requestId });
		expect(details.description).not.toMatch(/Request ID/);
		expect(details.requestId || undefined).toBeUndefined();
	});
});

test('the carrier is named where it is known', () => {
	expect(told({ carrierId: 'se-1' }).carrierId).toBe('se-1');
	expect(told({}).carrierId).toBeUndefined();
});

test('no secret is left anywhere in what is told', () => {
	const secrets = [CARD, '123456', 'TEST_key+/='];
	for (const secret of [CARD, '4111-1111-1111-1111', '5555 5555 5555 4444', ...secrets]) {
		const repeated = `it was ${secret} indeed`;
		for (const reaction of ['fail', 'unknown'] as const) {
			const details = told({
				reaction,
				status: 400,
				secrets,
				requestId: repeated,
				reasons: [
					{ code: repeated, field: repeated, message: repeated },
					{ code: repeated, field: null, message: repeated },
				],
			});
			expect(JSON.stringify(details)).not.toContain(secret);
			expect(details.message).toContain('it was [hidden] indeed');
		}
	}
});

describe('an answer that has both a carrier and errors', () => {
	test('is not told as if nothing was registered, to be simply run again', () => {
		const parse = ({ carrier_id: id }: IDataObject) => id;
		const body = JSON.stringify({
			carrier_id: 'se-1',
			errors: [{ error_code: 'funding_source_error', message: 'The card was declined.' }],
		});
		const outcome = outcomeOf({ status: 201, headers: {}, body }, parse, false);
		if ('value' in outcome) throw new Error('A success');
		const { details } = { ...failureOf({ words }, outcome, POLICY.write[outcome.situation], []) };
		expect(details.message.startsWith(words.failed)).toBe(false);
		expect(details.description).toContain(words.ifUnknown);
	});
});

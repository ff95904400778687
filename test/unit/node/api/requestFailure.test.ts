import type { IDataObject } from 'n8n-workflow';
import { outcomeOf } from '../../../../nodes/ShipEngine/api/answer';
import { failureOf } from '../../../../nodes/ShipEngine/api/requestFailure';
import { POLICY } from '../../../../nodes/ShipEngine/api/policy';
import { reason, told, words } from './told';

/** Every situation and status, as the policy table can let it come to a failure. */
const FAILURES = (['write', 'read'] as const).flatMap((kind) =>
	(
		[
			['throttled', [429]],
			['unreached', [undefined]],
			['untrusted', [undefined]],
			['unsendable', [undefined, 407]],
			['unavailable', [undefined]],
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
		expect(description).toMatch(/\b([Cc]heck|[Rr]un|Ask|Try|Look)\b/);
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
		['untrusted', 'fail', undefined, 'certificate_not_trusted', /certificate .* not trusted/],
		['unsendable', 'fail', undefined, 'not_sendable', /could not be sent/],
		['unsendable', 'fail', 407, 'not_sendable', /could not be sent/],
		['unavailable', 'fail', undefined, 'not_reached', /10 times in a row, .* was not tried/],
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

	test.each([
		['unreached', /'Base URL'/],
		['untrusted', /NODE_EXTRA_CA_CERTS/],
		['unsendable', /proxy/],
		['unavailable', /run the failed items again/],
	] as const)('%s: that nothing was sent, and what to look at', (situation, next) => {
		for (const reaction of ['retry', 'fail'] as const) {
			const { description } = told({ situation, reaction });
			expect(description).toMatch(/^Nothing was sent\./);
			expect(description).toMatch(next);
		}
	});

	test.each(['throttled', 'interrupted', 'refused', 'unusable', 'redirected'] as const)(
		'%s: not that nothing was sent, which nobody knows',
		(situation) => {
			for (const reaction of ['wait', 'retry', 'fail', 'unknown'] as const) {
				const { message, description } = told({ situation, reaction });
				expect(message + description).not.toMatch(/nothing was sent/i);
			}
		},
	);

	test("a limit is the API's or the carrier's, and how to wait for longer is said", () => {
		const limit = { situation: 'throttled', reaction: 'wait', status: 429 } as const;
		for (const source of [undefined, 'shipengine', 'order_source']) {
			expect(told({ ...limit, source }).message).toMatch(/: the API's limit of requests/);
		}
		const { message, description } = told({ ...limit, source: 'carrier' });
		expect(message).toMatch(/: the carrier's limit of requests/);
		expect(message).not.toMatch(/API's/);
		expect(description).toMatch(/'Max Wait'/);
	});
});

test('what the API refused is told from all else', () => {
	expect(told({ situation: 'refused' })).toMatchObject({ isRefused: true, isUnknown: false });
	expect(told({ situation: 'interrupted', reaction: 'unknown' })).toMatchObject({
		isRefused: false,
		isUnknown: true,
	});
	for (const situation of ['throttled', 'unreached', 'unsendable', 'unusable'] as const) {
		expect(told({ situation })).toMatchObject({ isRefused: false, isUnknown: false });
	}
});

describe('an answer that has both a carrier and errors', () => {
	test('is not told as if nothing was registered, to be simply run again', () => {
		const parse = ({ carrier_id: id }: IDataObject) => id;
		const body = JSON.stringify({
			carrier_id: 'se-1',
			errors: [{ error_code: 'funding_source_error', message: 'The card was declined.' }],
		});
		const outcome = outcomeOf({ status: 201, headers: {}, body }, parse);
		if ('value' in outcome) throw new Error('A success');
		const { details } = { ...failureOf({ words }, outcome, POLICY.write[outcome.situation], []) };
		expect(details.message.startsWith(words.failed)).toBe(false);
		expect(details.description).toContain(words.ifUnknown);
	});
});

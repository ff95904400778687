import { CARD, REQUEST_ID, reason, told, words } from './told';

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
			"Check the input and try again. The API says: The card number is wrong (invalid_field_value in 'credit_card.number'); Accept the terms (terms_not_accepted).",
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
		expect(details.description).toBe(
			`${words.ifUnknown} The API says: Out of order (unspecified).`,
		);
		expect(details.reasons).toEqual([
			{ code: 'outcome_unknown', field: null, message: details.message },
			{ code: 'unspecified', field: null, message: 'Out of order.' },
		]);
	});

	test.each([
		['Accept the terms!', 'Accept the terms! (unspecified).'],
		['Accepted?', 'Accepted? (unspecified).'],
		['Accepted.', 'Accepted (unspecified).'],
		['Accepted', 'Accepted (unspecified).'],
	])('%s makes one sentence with its code', (message, sentence) => {
		const reasons = [reason({ code: 'unspecified', field: null, message })];
		expect(told({ status: 400, reasons }).description).toContain(`The API says: ${sentence}`);
	});

	test.each([
		['unauthorized', 400, /'ShipEngine API' credential/],
		['unspecified', 401, /'ShipEngine API' credential/],
		['forbidden', 400, /ShipStation/],
		['unspecified', 403, /ShipStation/],
		['unspecified', 404, /'Base URL' .*without a path/],
		['carrier_not_connected', 400, /'On Behalf Of'/],
		['verification_failure', 400, /Send Verification/],
		['funding_source_error', 400, /another payment card/],
		['insufficient_funds', 400, /another payment card/],
		['invalid_field_value', 400, /Check the input/],
		['unheard_of', 418, /Check the input/],
	])('%s with status %i: what to do next', (code, status, next) => {
		expect(told({ status, reasons: [reason({ code })] }).description).toMatch(next);
	});

	test('what a 404 does not find is the carrier, where the request is about one', () => {
		for (const reasons of [[], [reason({ code: 'not_found' })]]) {
			const { description } = told({ status: 404, carrierId: 'se-1', reasons });
			expect(description).toMatch(/'On Behalf Of'/);
			expect(description).not.toMatch(/'Base URL'/);
			expect(told({ status: 404, reasons }).description).not.toMatch(/'On Behalf Of'/);
		}
	});

	test('of a limit are not its cause, but stand in the description', () => {
		const { message, description, reasons } = told({
			situation: 'throttled',
			reaction: 'wait',
			status: 429,
			reasons: [reason({ code: 'rate_limit_exceeded', field: null, message: 'Slow down.' })],
		});
		expect(message).toMatch(/: the API's limit of requests per minute requires a longer wait/);
		expect(description).toMatch(/ The API says: Slow down \(rate_limit_exceeded\)\.$/);
		expect(reasons).toEqual([{ code: 'rate_limit_exceeded', field: null, message: 'Slow down.' }]);
	});

	test.each([
		['throttled', 'wait', 429, /'Max Wait'/],
		['interrupted', 'retry', 503, /Try again later\./],
		['redirected', 'fail', 307, /'Base URL'/],
	] as const)(
		'%s: do not make it the input that has to be checked',
		(situation, reaction, status, next) => {
			const reasons = [reason({ code: 'unspecified', field: null, message: 'No.' })];
			const { description } = told({ situation, reaction, status, reasons });
			expect(description).toMatch(next);
			expect(description).not.toMatch(/Check the input/);
		},
	);

	test('are twenty at the most, each of a bounded length', () => {
		const long = { code: 'c'.repeat(9_999), field: 'f'.repeat(9_999), message: 'm'.repeat(9_999) };
		const { message, description, reasons } = told({
			status: 400,
			reasons: Array.from({ length: 100 }, () => long),
		});
		expect(reasons).toHaveLength(20);
		for (const { code, field, message: says } of reasons) {
			expect([code.length, field?.length, says.length]).toEqual([100, 100, 500]);
			expect(code + field + says).toMatch(/^c+…f+…m+…$/);
		}
		expect(message.length).toBeLessThan(600);
		expect(description.length).toBeLessThan(20 * 720);
	});

	test('are masked before they are shortened, so that no half of a secret is left', () => {
		const secret = 'TEST_abcdefghijklmnopqrstuvwxyz';
		for (let before = 60; before < 105; before++) {
			const { reasons, requestId } = told({
				status: 400,
				secrets: [secret],
				requestId: '-'.repeat(before) + secret,
				reasons: [
					{
						code: '-'.repeat(before) + secret,
						field: '-'.repeat(before) + secret,
						message: '-'.repeat(before + 400) + secret,
					},
				],
			});
			expect(JSON.stringify([reasons, requestId])).not.toMatch(/TEST|abc/);
		}
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
				/^Check the input and try again\./,
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

describe('the carrier', () => {
	test('is named where it is known', () => {
		expect(told({ carrierId: 'se-1' }).carrierId).toBe('se-1');
		expect(told({}).carrierId).toBeUndefined();
	});

	test('that an answer names is told, and is data where it has the form of one', () => {
		for (const reaction of ['fail', 'unknown'] as const) {
			const { description, carrierId } = told({ reaction, status: 201, answered: 'se-2' });
			expect(carrierId).toBe('se-2');
			expect(description).toMatch(/ The answer names the carrier 'se-2'\.$/);
		}
		expect(told({ status: 201, answered: 'x' }).carrierId).toBeUndefined();
		expect(told({ status: 201, answered: 'x' }).description).toMatch(/the carrier 'x'\.$/);
		expect(told({}).description).not.toMatch(/answer names/);
	});

	test('of the request goes before the one that an answer names', () => {
		expect(told({ carrierId: 'se-1', answered: 'se-2' })).toMatchObject({
			carrierId: 'se-1',
			description: expect.stringContaining("names the carrier 'se-2'"),
		});
	});

	test('that an answer names is a card only in the answer', () => {
		const details = told({ status: 201, answered: CARD });
		expect(JSON.stringify(details)).not.toContain(CARD);
		expect(details.description).toContain("the carrier '[hidden]'");
	});

	test('that an answer names is short', () => {
		const { description } = told({ status: 201, answered: 'x'.repeat(9_999) });
		expect(description).toMatch(/'x{99}…'/);
	});

	test('stands before the request ID', () => {
		const { description } = told({ status: 201, answered: 'se-2', requestId: REQUEST_ID });
		expect(description).toMatch(/'se-2'\. Request ID/);
	});
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

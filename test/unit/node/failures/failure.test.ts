import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	Failure,
	type FailureDetails,
	asFailure,
} from '../../../../nodes/ShipEngine/failures/failure';
import { errorItem, nodeError } from '../../../../nodes/ShipEngine/failures/n8nErrors';
import { CARD, LEAST, MOST, NODE, allOf } from './failures';

describe('the item of a failed item', () => {
	test('with the least that is known', () => {
		expect(errorItem(new Failure(LEAST), 0)).toStrictEqual({
			json: {
				error: {
					message: 'The verification code was not sent',
					description: 'Run this item again later.',
					http_status: null,
					request_id: null,
					errors: [{ code: 'no_answer', field: null, message: 'No answer came' }],
				},
			},
			pairedItem: 0,
		});
	});

	test('with the most that is known', () => {
		expect(errorItem(new Failure(MOST), 7)).toStrictEqual({
			json: {
				error: {
					message: 'The verification code was not sent',
					description: 'Run this item again later.',
					http_status: 400,
					request_id: 'aa3d8e8e-462b-4476-9618-72db7f7b7009',
					errors: [
						{ code: 'invalid_field_value', field: 'credit_card.number', message: 'is wrong' },
						{ code: 'field_value_required', field: 'address.phone', message: 'is empty' },
					],
					carrier_id: 'se-1',
				},
			},
			pairedItem: 7,
		});
	});

	test('holds of a reason nothing but code, field and message', () => {
		const reason = { code: 'a', field: 'b', message: 'c', number: CARD };
		const { json } = errorItem(new Failure({ ...LEAST, reasons: [reason] }), 0);
		expect(json.error.errors).toStrictEqual([{ code: 'a', field: 'b', message: 'c' }]);
	});

	test('holds of a failure nothing else', () => {
		const details = { ...MOST, request: { number: CARD }, response: CARD };
		expect(JSON.stringify(errorItem(new Failure(details), 0))).not.toContain(CARD);
	});

	test('is JSON', () => {
		const item = errorItem(new Failure(MOST), 1);
		expect(JSON.parse(JSON.stringify(item))).toStrictEqual(item);
	});
});

describe('the error that stops the node', () => {
	test.each([
		['an answer', MOST, NodeApiError],
		['no answer', LEAST, NodeOperationError],
	])('after %s is one of n8n', (_name, details, type) => {
		const error = nodeError(new Failure(details), NODE, 3);
		expect(error).toBeInstanceOf(type);
		expect(error).toMatchObject({
			message: `${LEAST.message} [item 3]`,
			description: LEAST.description,
		});
		expect(error.context).toMatchObject({
			itemIndex: 3,
			data: errorItem(new Failure(details), 3).json.error,
		});
		expect(error.node).toMatchObject({ name: 'Register', type: NODE.type, id: '1' });
	});

	test.each([400, 401, 404, 429, 500, 503])('carries the status %i', (httpStatus) => {
		const error = nodeError(new Failure({ ...LEAST, httpStatus }), NODE, 0);
		expect((error as NodeApiError).httpCode).toBe(String(httpStatus));
		expect(error.message).toBe(`${LEAST.message} [item 0]`);
	});

	test.each([LEAST, MOST])('holds nothing of the parameters (%#)', (details) => {
		const before = JSON.stringify(NODE);
		const error = nodeError(new Failure(details), NODE, 0);
		expect(error.node.parameters).toEqual({});
		expect(allOf(error)).not.toMatch(/4111|123456|se-987654|se-555|cardNumber/);
		expect(JSON.stringify(NODE)).toBe(before);
	});

	test.each([LEAST, MOST])('holds nothing of what caused it (%#)', (details) => {
		const failure = new Failure({ ...details, request: { number: CARD } } as FailureDetails);
		failure.cause = new Error(CARD);
		expect(allOf(nodeError(failure, NODE, 0))).not.toContain(CARD);
	});

	const MISLEADING = [
		'EPERM',
		'EACCES',
		'EEXIST',
		'ENOENT',
		'EISDIR',
		'ENOTDIR',
		'ETIMEDOUT',
		'ECONNREFUSED',
		'ECONNRESET',
		'ECONNABORTED',
		'ENOTFOUND',
		'EAI_AGAIN',
		'EHOSTUNREACH',
		'EADDRNOTAVAIL',
		'GETADDRINFO',
		'supermarket',
		'Typepermit',
	];

	test.each(MISLEADING)("keeps its message with '%s' in it", (word) => {
		const message = `The Stamps account was not registered: nickname ${word} is taken`;
		for (const details of [LEAST, MOST]) {
			const failure = new Failure({ ...details, message });
			expect(nodeError(failure, NODE, 0).message).toBe(`${message} [item 0]`);
			expect(nodeError(failure, NODE).message).toBe(message);
			expect(errorItem(failure, 0).json.error.message).toBe(message);
		}
	});

	test('without an item, where none was being worked on', () => {
		for (const details of [LEAST, MOST]) {
			expect(nodeError(new Failure(details), NODE).context.itemIndex).toBeUndefined();
		}
	});

	test('for the first item says 0', () => {
		for (const details of [LEAST, MOST]) {
			expect(nodeError(new Failure(details), NODE, 0).context.itemIndex).toBe(0);
		}
	});
});

describe('whatever was thrown', () => {
	test('a failure stays itself', () => {
		const failure = new Failure(MOST);
		expect(asFailure(failure)).toBe(failure);
	});

	test("n8n's own error keeps its words", () => {
		const error = new NodeOperationError(NODE, 'No such expression', {
			description: 'Write another.',
		});
		expect(asFailure(error).details).toEqual({
			message: 'No such expression',
			description: 'Write another.',
			reasons: [{ code: 'step_not_run', field: null, message: 'No such expression' }],
		});
	});

	test.each([
		['an error without a description', new Error('Broken'), 'Broken'],
		[
			'a description that is no text',
			Object.assign(new Error('Broken'), { description: null }),
			'Broken',
		],
		['an error without a message', new Error(''), 'The step could not be run'],
		['a text', CARD, 'The step could not be run'],
		['an object', { message: CARD }, 'The step could not be run'],
		['undefined', undefined, 'The step could not be run'],
		['null', null, 'The step could not be run'],
	])('%s', (_name, thrown, message) => {
		expect(asFailure(thrown).details).toEqual({
			message,
			description: "Check this step's parameters and expressions.",
			reasons: [{ code: 'step_not_run', field: null, message }],
		});
	});

	test('is shown without a card number that an expression quotes', () => {
		const thrown = Object.assign(new Error(`'${CARD}' is no text`), {
			description: `It gave ${CARD}`,
		});
		expect(asFailure(thrown).details).toMatchObject({
			message: "'[hidden]' is no text",
			description: 'It gave [hidden]',
		});
	});

	test('is shown short', () => {
		const thrown = Object.assign(new Error('m'.repeat(9_999)), { description: 'd'.repeat(9_999) });
		const { message, description } = asFailure(thrown).details;
		expect([message.length, description.length]).toEqual([500, 500]);
	});

	test('keeps nothing else of it', () => {
		const thrown = Object.assign(new Error('Broken'), {
			config: { data: CARD },
			cause: new Error(CARD),
			node: NODE,
		});
		const failure = asFailure(thrown);
		expect(allOf(failure)).not.toContain(CARD);
		expect(allOf(nodeError(failure, NODE, 0))).not.toContain(CARD);
	});
});

test('a credential that was not chosen: where to choose it', () => {
	const thrown = new Error('Node does not have any credentials set for "shipEnginePaymentCardApi"');
	expect(asFailure(thrown).details).toMatchObject({
		message: thrown.message,
		description: expect.stringContaining('choose a credential') as string,
	});
});

test('a failure is an error with its message', () => {
	expect(new Failure(LEAST)).toBeInstanceOf(Error);
	expect(new Failure(LEAST).message).toBe(LEAST.message);
});

import { SecretCounter } from '../../faults/secrets';

const CARD = '4111111111111111';
const count = (text: string) => new SecretCounter(text).count(CARD);
const embedded = (text: string) => new SecretCounter(text).embedded(CARD);

describe('a secret is found', () => {
	test.each([
		['as it is', `{"number":"${CARD}"}`],
		['with spaces', 'Not accepted: 4111 1111 1111 1111.'],
		['with dashes', '4111-1111-1111-1111'],
		['over lines', '4111 1111\n1111 1111'],
	])('%s', (_how, text) => {
		expect(count(text)).toBe(1);
	});

	test('each time', () => {
		expect(count(`${CARD} and 4111-1111-1111-1111 and ${CARD}`)).toBe(3);
	});

	test('only where it is', () => {
		expect(count('4111 1111 1111 1112')).toBe(0);
	});
});

describe('what is part of something else', () => {
	test.each([
		['a message', `"Not accepted: ${CARD}."`],
		['a body in a string', JSON.stringify(JSON.stringify({ number: CARD }))],
		['another spelling', '"4111 1111 1111 1111"'],
	])('is counted: %s', (_what, text) => {
		expect(embedded(text)).toBe(1);
	});

	test.each([
		['a field of an item', JSON.stringify({ card_number: CARD })],
		['the end of a page', `"${CARD}\0\0`],
	])('is not: %s', (_what, text) => {
		expect(embedded(text)).toBe(0);
	});
});

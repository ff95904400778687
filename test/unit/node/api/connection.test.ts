import { situationOfThrown } from '../../../../nodes/ShipEngine/api/connection';

/** What n8n's helper throws of a request that got no answer, as far as it is looked at. */
const thrown = (httpCode: unknown, ...messages: unknown[]) => ({ httpCode, messages });

/** The same, where n8n has the system's own words in another place. */
const described = (httpCode: unknown, description: unknown) => ({
	httpCode,
	messages: [],
	description,
});

/** The codes by which nothing was sent, and what they come to. */
const UNREACHED = [
	...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES'],
];
/** Node's documentation of `tls`, "X509 certificate error codes", and what it checks itself. */
const UNTRUSTED = [
	...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_CRL', 'UNABLE_TO_DECRYPT_CERT_SIGNATURE'],
	...['UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY'],
	...['CERT_SIGNATURE_FAILURE', 'CRL_SIGNATURE_FAILURE', 'CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED'],
	...['CRL_NOT_YET_VALID', 'CRL_HAS_EXPIRED', 'ERROR_IN_CERT_NOT_BEFORE_FIELD'],
	...['ERROR_IN_CERT_NOT_AFTER_FIELD', 'ERROR_IN_CRL_LAST_UPDATE_FIELD'],
	...['ERROR_IN_CRL_NEXT_UPDATE_FIELD', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
	...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	...['CERT_CHAIN_TOO_LONG', 'CERT_REVOKED', 'INVALID_CA', 'PATH_LENGTH_EXCEEDED'],
	...['INVALID_PURPOSE', 'CERT_UNTRUSTED', 'CERT_REJECTED', 'HOSTNAME_MISMATCH'],
	'ERR_TLS_CERT_ALTNAME_INVALID',
];
const UNSENDABLE = ['ERR_INVALID_CHAR', 'ERR_INVALID_URL'];

const TABLE = [
	...UNREACHED.map((code) => [code, 'unreached'] as const),
	...UNTRUSTED.map((code) => [code, 'untrusted'] as const),
	...UNSENDABLE.map((code) => [code, 'unsendable'] as const),
];

describe.each(TABLE)('%s', (code, situation) => {
	test(`is ${situation}, whatever is said of it`, () => {
		for (const messages of [
			[`connect ${code} 127.0.0.1:443`],
			[`getaddrinfo ${code} api.shipengine.com`],
			['certificate has expired'],
			// Where several addresses were tried, Node says nothing in words.
			[''],
			[],
			[undefined],
			['The connection was aborted', `connect ${code} 10.0.0.1:443`],
			['It could not read it', 'It could not write it'],
		]) {
			expect(situationOfThrown(thrown(code, ...messages))).toBe(situation);
		}
		for (const description of [undefined, null, '', `connect ${code}`, 'certificate has expired']) {
			expect(situationOfThrown(described(code, description))).toBe(situation);
		}
		expect(situationOfThrown({ httpCode: code })).toBe(situation);
		expect(situationOfThrown({ httpCode: code, messages: `read ${code}` })).toBe(situation);
	});

	test.each(['read', 'write'])('at a %s: the request may have been sent', (call) => {
		expect(situationOfThrown(thrown(code, `${call} ${code}`))).toBe('interrupted');
		expect(situationOfThrown(thrown(code, `${call} ${code} 10.0.0.1:443`))).toBe('interrupted');
		expect(situationOfThrown(thrown(code, '', `${call} ${code}`))).toBe('interrupted');
		expect(situationOfThrown(described(code, `${call} ${code}`))).toBe('interrupted');
	});

	test('is known in this spelling alone', () => {
		for (const other of [code.toLowerCase(), ` ${code}`, `${code}_`, [code, code]]) {
			expect(situationOfThrown(thrown(other, 'connect'))).toBe('interrupted');
		}
	});
});

describe('a handshake that failed, by the words', () => {
	test.each([
		[
			'https at a server of http',
			'EPROTO',
			'write EPROTO 80A8:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…',
		],
		[
			'an old protocol',
			'EPROTO',
			'write EPROTO 80A8:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:…',
		],
		[
			'no cipher in common',
			'EPROTO',
			'write EPROTO 80A8:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:…',
		],
		[
			'a server that hangs up',
			'ECONNRESET',
			'Client network socket disconnected before secure TLS connection was established',
		],
		[
			'a proxy that hangs up',
			'ECONNRESET',
			'Proxy connection ended before receiving CONNECT response',
		],
		['nobody at an address', 'ETIMEDOUT', 'connect ETIMEDOUT 10.0.0.1:443'],
	])('%s: nothing was sent', (_name, code, words) => {
		expect(situationOfThrown(thrown(code, words))).toBe('unreached');
		expect(situationOfThrown(thrown(undefined, words))).toBe('unreached');
		expect(situationOfThrown(thrown(code, 'The connection was aborted', words))).toBe('unreached');
		expect(situationOfThrown(described(code, words))).toBe('unreached');
		// Not elsewhere than where n8n keeps what Node said.
		expect(situationOfThrown({ httpCode: code, message: words })).toBe('interrupted');
		expect(situationOfThrown({ httpCode: code, messages: words })).toBe('interrupted');
	});

	test.each([
		['EPROTO', 'write EPROTO 80A8:error:0A000126:SSL routines:ssl3_read_n:unexpected eof:…'],
		[
			'EPROTO',
			'write EPROTO 80A8:error:0A000119:SSL routines::decryption failed or bad record mac',
		],
		['ECONNRESET', 'read ECONNRESET'],
		['ECONNRESET', 'socket hang up'],
		['ECONNRESET', 'write ECONNRESET'],
		['EPIPE', 'write EPIPE'],
		['ETIMEDOUT', 'read ETIMEDOUT'],
		['ETIMEDOUT', 'ETIMEDOUT'],
		['ETIMEDOUT', 'it did not connect ETIMEDOUT'],
	])('%s in other words may come later', (code, words) => {
		expect(situationOfThrown(thrown(code, words))).toBe('interrupted');
	});
});

describe('anything else may have been sent', () => {
	test.each([
		...['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EPROTO', 'ESOCKETTIMEDOUT'],
		...['ERR_BAD_RESPONSE', 'ERR_CANCELED', 'ERR_FR_TOO_MANY_REDIRECTS', 'HPE_INVALID_CONSTANT'],
		...['Z_DATA_ERROR', 'UND_ERR_SOCKET', '500', '', 'constructor', '__proto__', 'toString'],
	])("the code '%s'", (code) => {
		expect(situationOfThrown(thrown(code, `socket ${code}`))).toBe('interrupted');
		expect(situationOfThrown(thrown(code))).toBe('interrupted');
	});

	test.each([
		['no code', {}],
		['a code that is null', { httpCode: null, messages: [] }],
		['a code that is a number', { httpCode: 0, messages: [] }],
		['an error in time', new Error('No answer in time')],
		[
			'an error whose own code is another thing',
			Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
		],
		['text', 'ECONNREFUSED'],
		['a number', 5],
		['null', null],
		['undefined', undefined],
	])('%s', (_name, what) => {
		expect(situationOfThrown(what)).toBe('interrupted');
	});
});

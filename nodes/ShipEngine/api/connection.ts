import type { Situation } from './policy';

/**
 * How a request ends before any of it is sent, by the code that n8n's helper gives. Measured through
 * it on n8n 2.8.1 and 2.41.1, but for the certificate codes, which are those of Node's
 * documentation of `tls`. A code that can also come later, such as ECONNRESET, is not among them.
 */
const NEVER_SENT: ReadonlyArray<[Situation, string[]]> = [
	[
		'unreached',
		['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES'],
	],
	[
		'untrusted',
		[
			...['CERT_CHAIN_TOO_LONG', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REJECTED'],
			...['CERT_REVOKED', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED', 'CRL_HAS_EXPIRED'],
			...['CRL_NOT_YET_VALID', 'CRL_SIGNATURE_FAILURE', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
			...['ERROR_IN_CERT_NOT_AFTER_FIELD', 'ERROR_IN_CERT_NOT_BEFORE_FIELD'],
			...['ERROR_IN_CRL_LAST_UPDATE_FIELD', 'ERROR_IN_CRL_NEXT_UPDATE_FIELD'],
			...['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH', 'INVALID_CA'],
			...['INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED', 'SELF_SIGNED_CERT_IN_CHAIN'],
			...['UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'UNABLE_TO_DECRYPT_CERT_SIGNATURE'],
			...['UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'UNABLE_TO_GET_CRL', 'UNABLE_TO_GET_ISSUER_CERT'],
			...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
		],
	],
	['unsendable', ['ERR_INVALID_CHAR', 'ERR_INVALID_URL']],
];

const SITUATIONS = new Map(
	NEVER_SENT.flatMap(([situation, codes]) =>
		codes.map((code): [string, Situation] => [code, situation]),
	),
);

/**
 * What Node, OpenSSL and n8n's proxy agent say of a connection on which a request could not begin,
 * where the code alone could also mean that it was cut off: the handshake failed, a proxy hung up, or
 * nobody answered at any of the server's addresses.
 */
const NOT_BEGUN = [
	/wrong version number|alert protocol version|alert handshake failure/,
	/disconnected before secure TLS connection was established/,
	/Proxy connection ended before receiving CONNECT response/,
	/^connect ETIMEDOUT/,
];

/** What n8n's helper throws, as far as it is looked at: the rest holds the request, key and card included. */
interface Thrown {
	httpCode?: unknown;
	messages?: unknown;
	description?: unknown;
}

/** What became of a request that ended without an answer: `interrupted` where it may have been sent. */
export function situationOfThrown(thrown: unknown): Situation {
	const { httpCode, messages, description } = (thrown ?? {}) as Thrown;
	// The system's own words; of several addresses, n8n 2.8 has them in the description.
	const words = [...(Array.isArray(messages) ? (messages as unknown[]) : []), description].map(
		String,
	);
	const says = (pattern: RegExp) => words.some((text) => pattern.test(text));
	if (NOT_BEGUN.some(says)) return 'unreached';
	const hadBegun = says(/^(read|write) /);
	return (!hadBegun && SITUATIONS.get(String(httpCode))) || 'interrupted';
}

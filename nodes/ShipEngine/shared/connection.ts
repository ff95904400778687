import type { Situation } from './policy';

/**
 * The codes of what ends a request before any of it is sent. Each was tried through n8n's helpers in
 * n8n 2.8 and 2.41, except the certificates' further ones: those are all that Node documents as
 * "X509 certificate error codes", raised in the handshake, before anything of a request is encrypted.
 */
const NEVER_SENT: Array<[Situation, string[]]> = [
	[
		'unreached',
		['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES'],
	],
	// n8n 2.8 refuses what no header can carry; n8n 2.41 would leave the characters out.
	['unsendable', ['ERR_INVALID_CHAR', 'ERR_INVALID_URL']],
	[
		'untrusted',
		[
			...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED'],
			...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'],
			...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_GET_CRL'],
			...['UNABLE_TO_DECRYPT_CERT_SIGNATURE', 'UNABLE_TO_DECRYPT_CRL_SIGNATURE'],
			...['UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'CERT_SIGNATURE_FAILURE'],
			...['CRL_SIGNATURE_FAILURE', 'CERT_NOT_YET_VALID', 'CRL_NOT_YET_VALID', 'CRL_HAS_EXPIRED'],
			...['ERROR_IN_CERT_NOT_BEFORE_FIELD', 'ERROR_IN_CERT_NOT_AFTER_FIELD'],
			...['ERROR_IN_CRL_LAST_UPDATE_FIELD', 'ERROR_IN_CRL_NEXT_UPDATE_FIELD'],
			...['CERT_CHAIN_TOO_LONG', 'CERT_REVOKED', 'INVALID_CA', 'PATH_LENGTH_EXCEEDED'],
			...['INVALID_PURPOSE', 'CERT_UNTRUSTED', 'CERT_REJECTED', 'HOSTNAME_MISMATCH'],
		],
	],
];

const SITUATIONS = new Map(
	NEVER_SENT.flatMap(([situation, codes]) =>
		codes.map((code): [string, Situation] => [code, situation]),
	),
);

/** What became of a request that ended with such a code; nothing is known of one that may have been sent. */
export const situationOfCode = (code: string): Situation => SITUATIONS.get(code) ?? 'interrupted';

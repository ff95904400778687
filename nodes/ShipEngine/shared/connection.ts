import type { Situation } from './policy';

/**
 * The codes of what ends a request before any of it is sent. Sources: Node's documentation of
 * `Error`, `tls` and `net`; each was tried through n8n's helper unless marked.
 */
const NEVER_SENT: Array<[Situation, string[]]> = [
	['unreached', ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']],
];

const SITUATIONS = new Map(
	NEVER_SENT.flatMap(([situation, codes]) =>
		codes.map((code): [string, Situation] => [code, situation]),
	),
);

/** What became of a request that ended with such a code; nothing is known of one that may have been sent. */
export const situationOfCode = (code: string): Situation => SITUATIONS.get(code) ?? 'interrupted';

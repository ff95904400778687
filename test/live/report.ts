import { told } from '../../nodes/ShipEngine/failures/masking';
import type { Exchange } from '../vendor/exchanges';
import type { Taken, Walked } from './run';
import { compareAnswers, nameOf } from './shapes';
import type { Result } from './walk';

/** How much of a message is told. */
const LONGEST_MESSAGE = 300;

const LONGEST_LINE = 500;

/** What no report holds: the key and all that was typed, in each spelling that an answer may have. */
export type Secrets = string[];

/**
 * A text of the API without what was typed, and without whatever could be a number, an email address or a
 * key of anybody.
 */
export const safe = (text: string, secrets: Secrets) =>
	told(text, secrets, LONGEST_MESSAGE)
		.replace(/\S+@\S+/g, '(email)')
		.replace(/[\w+/=-]{20,}/g, '(long)')
		.replace(/\d[\d\s.()-]{2,}\d/g, '(digits)')
		.replace(/[`\r\n|<>]/g, ' ');

/** A code of the API that is no plain word may be anything. */
const resultOf = (result: Result) => {
	if ('done' in result) return 'done';
	return /^[a-z_0-9, ]{1,80}$/.test(result.failed) ? result.failed : 'another code';
};

/** What the API's errors say, in its words: no page of the vendor's has them. */
function messagesOf({ status, answered }: Exchange, secrets: Secrets): string[] {
	if (status < 400) return [];
	const errors = (answered as { errors?: unknown } | undefined)?.errors;
	return (Array.isArray(errors) ? (errors as unknown[]) : [])
		.map((error) => (error as { message?: unknown } | null)?.message)
		.filter((message): message is string => typeof message === 'string')
		.map((message) => `its words: “${safe(message, secrets)}”`);
}

/** Each request of a step beside the one of the stand-in, in order. */
function linesOf({ real, ours }: Taken, secrets: Secrets): string[] {
	const rest = [...ours.exchanges];
	const lines = real.exchanges.flatMap((exchange) => {
		const name = nameOf(exchange);
		const at = rest.findIndex((other) => nameOf(other) === name);
		const [other] = at < 0 ? [] : rest.splice(at, 1);
		const found = other
			? compareAnswers(exchange, other)
			: [`it was sent here only: status ${exchange.status}`];
		const words = found.length > 0 ? messagesOf(exchange, secrets) : [];
		return [...found, ...words].map((line) => `- ${name}: ${line}`);
	});
	const results = [real.result, ours.result].map(resultOf);
	return [
		...(results[0] === results[1]
			? []
			: [`- came to: ${results[0]}, at the stand-in: ${results[1]}`]),
		...lines,
		...rest.map((exchange) => `- ${nameOf(exchange)}: it was sent at the stand-in only`),
	];
}

/** What a report tells of whoever made it. */
export interface About {
	/** Of the package. */
	version: string;
	keyType: string;
	/** The day, as 2026-11-29. */
	day: string;
}

/** The report as Markdown: each step, and what of it was not as at the stand-in. */
export function report({ taken, left, limited }: Walked, about: About, secrets: Secrets): string {
	// Names and words of an answer may be what was typed, too.
	const parts = taken.map((each) => ({
		name: each.step.name,
		lines: linesOf(each, secrets).map((line) => told(line, secrets, LONGEST_LINE)),
	}));
	const differs = parts.filter(({ lines }) => lines.length > 0);
	return [
		'# The real API beside the stand-in',
		'',
		`n8n-nodes-shipengine ${about.version}, ${about.day}, a sandbox key (${about.keyType}).`,
		'',
		'No key, and nothing that was typed, stands in this report: answers are compared by their fields, types and forms.',
		'',
		differs.length === 0
			? `All ${taken.length} steps came to the same.`
			: `${differs.length} of ${taken.length} steps came to something else.`,
		'',
		...parts.flatMap(({ name, lines }) => [
			`## ${name}`,
			'',
			...(lines.length === 0 ? ['As at the stand-in.'] : lines),
			'',
		]),
		...(limited > 0
			? [
					`The API’s limit of requests was reached ${limited === 1 ? 'once' : `${limited} times`}.`,
					'',
				]
			: []),
		...(left.length > 0 ? [`Left out: ${left.join('; ')}.`, ''] : []),
	].join('\n');
}

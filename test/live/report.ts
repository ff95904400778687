import type { Exchange } from '../vendor/exchanges';
import type { AtPlace, Taken, Walked } from './run';
import { compareAnswers, messagesOf, nameOf } from './shapes';
import type { Result } from './walk';
import type { Typed } from './words';

/** Of one step, and of one request, so many lines are told. */
const MOST_LINES = 60;
const MOST_MESSAGES = 3;

function resultOf(result: Result, typed: Typed): string {
	if (result.is === 'refused')
		return result.codes
			.slice(0, 5)
			.map((code) => typed.word(code))
			.join(', ');
	return result.is === 'failed' ? result.because : result.is;
}

/** The last request of each name, which counts, and how often it was sent. */
function byName({ exchanges }: AtPlace): Map<string, { last: Exchange; times: number }> {
	const found = new Map<string, { last: Exchange; times: number }>();
	for (const exchange of exchanges) {
		const name = nameOf(exchange);
		found.set(name, { last: exchange, times: (found.get(name)?.times ?? 0) + 1 });
	}
	return found;
}

/** What a step says: in which it was not as at the stand-in, and the API's own words. */
interface Told {
	name: string;
	differences: string[];
	words: string[];
}

function tell({ step, real, ours }: Taken, typed: Typed): Told {
	const [there, here] = [byName(real), byName(ours)];
	const results = [real.result, ours.result].map((result) => resultOf(result, typed));
	const differences =
		results[0] === results[1] ? [] : [`came to: ${results[0]}, at the stand-in: ${results[1]}`];
	if (there.size === 0) differences.push('nothing was sent');
	const words: string[] = [];
	for (const [name, { last, times }] of there) {
		const other = here.get(name);
		const found = other
			? compareAnswers(last, other.last, typed)
			: [`it was sent here only: status ${last.status}`];
		// Whoever mistypes a code sends it again.
		if (other && times !== other.times && step.name !== 'Confirm the code') {
			found.push(`it was sent ${times} times, at the stand-in ${other.times}`);
		}
		differences.push(...found.map((line) => `${name}: ${line}`));
		const known = other ? messagesOf(other.last) : [];
		const new_ = messagesOf(last).filter((message) => !known.includes(message));
		words.push(
			...new_.slice(0, MOST_MESSAGES).map((text) => `${name}: its words: ${typed.sentence(text)}`),
		);
	}
	for (const name of here.keys()) {
		if (!there.has(name)) differences.push(`${name}: it was sent at the stand-in only`);
	}
	return { name: step.name, differences, words };
}

/** A step whose answers cannot even be told must not cost the whole report. */
function tellSafely(taken: Taken, typed: Typed): Told {
	try {
		return tell(taken, typed);
	} catch {
		const differences = ['its answers could not be compared'];
		return { name: taken.step.name, differences, words: [] };
	}
}

function linesOf({ differences, words }: Told): string[] {
	const all = [...differences, ...words];
	const more = all.length - MOST_LINES;
	return [
		...(differences.length === 0 ? ['As at the stand-in.', ...(words.length > 0 ? [''] : [])] : []),
		...all.slice(0, MOST_LINES).map((line) => `- ${line}`),
		...(more > 0 ? [`- and ${more} more`] : []),
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
export function report({ taken, left, limited }: Walked, about: About, typed: Typed): string {
	const steps = taken.map((each) => tellSafely(each, typed));
	const others = steps.filter(({ differences }) => differences.length > 0);
	return [
		'# The real API beside the stand-in',
		'',
		`n8n-nodes-shipengine ${about.version}, ${about.day}, a sandbox key (${about.keyType}).`,
		'',
		'Answers are compared by their fields, types and forms. Of the API’s own words those are told that documents use; digits and whatever was typed are taken out. Read it before you give it to others.',
		'',
		others.length === 0
			? `All ${steps.length} steps came to the same.`
			: `${others.length} of ${steps.length} steps came to something else.`,
		'',
		...steps.flatMap((step) => [`## ${step.name}`, '', ...linesOf(step), '']),
		...(limited > 0
			? [
					`The API’s limit of requests was reached ${limited === 1 ? 'once' : `${limited} times`}.`,
					'',
				]
			: []),
		...(left.length > 0 ? [`Left out: ${left.join('; ')}.`, ''] : []),
	].join('\n');
}

import { type Api, startApi } from '../../../sandbox/api';
import { type Conversation, converse } from '../../live/conversation';

/** Somebody who runs `npm run live`, with the stand-in in the place of the real API. */

export const KEY = 'TEST_abcdefgh12345678';

export const TYPED: Record<string, string> = {
	'First and last name': 'Wilhelmina Quackenbush',
	Email: 'wilhelmina@quackenbush.example',
	'Mobile phone, to which a code may be texted': '(512) 555-0147',
	'Street and number': '1738 Persimmon Terrace',
	City: 'Nacogdoches',
	State: 'Texas',
	'ZIP code': '75961',
};

/** The stand-in in the place of the real API. */
export let api: Api;

/** Starts it around the tests of a file, and empties it before each. */
export function useStandIn(): void {
	beforeAll(async () => {
		api = await startApi({ apiKeys: [KEY] });
	});
	beforeEach(() => api.reset());
	afterAll(async () => await api.close());
}

/** Somebody at the terminal. */
export interface Somebody {
	/** Which questions are answered with yes; all of those before a step, unless said. */
	says?: (question: string) => boolean;
	key?: string;
	/** What is typed as the code; the one that was texted, unless said. */
	codes?: () => string;
	/** What else is typed, by question. */
	typed?: Record<string, string>;
	/** Where the API is. */
	url?: string;
	signal?: AbortSignal;
}

export const codeOf = () => api.codeFor('5125550147');

/** Lets somebody run it; what was asked and said, and the report. */
export async function live({
	says = (question) => question.includes('Go on?'),
	key = KEY,
	codes = codeOf,
	typed = {},
	url = api.url,
	signal = new AbortController().signal,
}: Somebody = {}) {
	const asked: string[] = [];
	const answer = (question: string, check: (typed: string) => string | true, typed: string) => {
		asked.push(question);
		const checked = check(typed);
		if (checked !== true) throw new Error(checked);
		return Promise.resolve(typed);
	};
	const conversation: Conversation = {
		secret: async (question, check) => await answer(question, check, key),
		async text(question, check) {
			const all = { ...TYPED, ...typed };
			const given = question.startsWith('The code') ? codes() : all[question]!;
			return await answer(question, check, given);
		},
		async yes(question) {
			asked.push(question);
			return says(question);
		},
		say: (line) => void asked.push(line),
	};
	const report = await converse(conversation, url, '0.0.0', signal);
	return { asked, report };
}

export const writes = () => api.requests.filter(({ method }) => method !== 'GET');

/** The lines of a report below a heading. */
export const below = (report: string, heading: string) =>
	report.split(`## ${heading}\n\n`)[1]?.split('\n\n')[0]?.split('\n');

/** Nothing that was typed, in any of its parts, and not the key. */
export function expectNoSecret(report: string): void {
	const words = Object.entries(TYPED)
		.filter(([question]) => question !== 'State')
		.flatMap(([, typed]) => [typed, ...typed.split(/[\s@.()-]+/)])
		.filter((word) => word.length > 2);
	for (const secret of [KEY, KEY.slice(5), '5125550147', '4111111111111111', ...words]) {
		if (['example', 'Terrace'].includes(secret)) continue;
		expect(report.toLowerCase()).not.toContain(secret.toLowerCase());
	}
}

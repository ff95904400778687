/**
 * A faster clock for the node's own pauses, so that thousands of runs take minutes. To be imported
 * before anything that loads n8n-workflow.
 *
 * Why that is sound: the node waits by n8n-workflow's `sleep` and reads `performance.now()`, and
 * nothing else. Both are quickened alike, so the node sees one clock that agrees with itself. The
 * timeouts of requests and of turns are AbortSignals and axios's own; they stay as a test has set
 * them, since the network and the stand-in are real.
 */
const FASTER = 50;

jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	return {
		...actual,
		sleep: async (ms: number) => await actual.sleep(ms / FASTER),
	};
});

const { performance: actual } = globalThis;
Object.defineProperty(globalThis, 'performance', {
	configurable: true,
	value: Object.create(actual, {
		now: { value: () => actual.now() * FASTER },
	}) as typeof actual,
});

export {};

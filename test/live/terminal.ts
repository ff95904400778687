import type { Conversation } from './conversation';

/** The conversation in a terminal. */
export async function inTerminal(signal: AbortSignal): Promise<Conversation> {
	const { confirm, input, password } = await import('@inquirer/prompts');
	return {
		secret: async (message, validate) =>
			await password({ message, mask: true, validate }, { signal }),
		text: async (message, validate) => await input({ message, validate }, { signal }),
		yes: async (message) => await confirm({ message, default: false }, { signal }),
		say: (line) => console.log(line),
	};
}

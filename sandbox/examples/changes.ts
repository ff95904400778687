import path from 'node:path';
import type { ByHand } from '../n8n/byHand';
import { readPage } from '../support/docs';

/** The changes of docs/change-it.md, made in the editor by its own words. */

const PAGE = 'docs/change-it.md';

/** A change that comes from a file. */
export interface Change {
	/** The file's name, without `.json`. */
	file: string;
	/** The step of the workflow that a line is drawn from, and the new step that it goes to. */
	from: string;
	to: string;
	/** What has to be set: a field of a step. */
	sets: Array<{ step: string; field: string }>;
}

/** A part of the page, from its heading to the next one. */
const partOf = (heading: string) =>
	new RegExp(`\n## ${heading}\n.*?(?=\n## |$)`, 's').exec(readPage(PAGE))?.[0] ?? '';

const italics = (text: string) =>
	[...text.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)].map(([, it]) => it!);

/** The numbered steps of a part: what is in italics in each. */
const stepsOf = (heading: string) =>
	[...partOf(heading).matchAll(/^\d+\. \*\*.+?\*\*(.*)$/gm)].map(([, text = '']) => italics(text));

/** The changes that come from a file, in the page's order. */
export function changes(): Change[] {
	const lines = readPage(PAGE).matchAll(
		/^`([\w-]+)\.json`: connect \*(.+?)\* to \*(.+?)\*\.(.*)$/gm,
	);
	return [...lines].map(([, file, from, to, rest = '']) => ({
		file: file!,
		from: from!,
		to: to!,
		sets: [...rest.matchAll(/In \*(.+?)\*, set \*(.+?)\*/g)].map(([, step, field]) => ({
			step: step!,
			field: field!,
		})),
	}));
}

/** What is in italics in the steps by which a file is added. */
const [IMPORT = [], , , PUBLISH = []] = stepsOf('Add steps from a file');

/** Puts the steps of a change on the canvas that is open. */
export async function place(change: Change, hand: ByHand): Promise<void> {
	const [, ...menu] = IMPORT;
	const file = path.join(__dirname, '../../workflows/changes', `${change.file}.json`);
	await hand.importFile(file, menu);
	await hand.connect(change.from, change.to);
	await hand.tidyUp();
}

/**
 * Makes a change of the workflow that is open, and publishes it.
 * @param value what is entered into whatever has to be set
 */
export async function make(change: Change, hand: ByHand, value: string): Promise<void> {
	await place(change, hand);
	for (const { step, field } of change.sets) {
		await hand.open(step);
		await hand.fill(field, value);
		await hand.close();
	}
	await hand.publish(PUBLISH[0]!);
}

/** What the page looks like afterwards. */
export const LOOK = {
	title: 'Envíe con Example Corp.',
	description: 'Una cuenta gratuita para enviar paquetes.',
	color: '#0a7d4f',
	logo: `data:image/svg+xml;base64,${Buffer.from(
		'<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"><rect width="40" height="40" rx="8" fill="#0a7d4f"/><text x="52" y="28" font-family="sans-serif" font-size="22" fill="#222">Example</text></svg>',
	).toString('base64')}`,
};

/** Changes language, texts, color and logo of the page of the workflow that is open, and publishes it. */
export async function changeLook(hand: ByHand): Promise<void> {
	const [trigger] = italics(partOf('Language, texts, color, logo'));
	const [[language, spanish] = [], [title, description] = [], [, color] = [], [, logo] = [], last] =
		stepsOf('Language, texts, color, logo');
	await hand.open(trigger!);
	await hand.choose(language!, spanish!);
	await hand.fill(title!, LOOK.title);
	await hand.fill(description!, LOOK.description);
	await hand.addOption(color!);
	await hand.fillColor(color!, LOOK.color);
	await hand.addOption(logo!);
	await hand.fill(logo!, LOOK.logo);
	await hand.close();
	await hand.publish(last![0]!);
}

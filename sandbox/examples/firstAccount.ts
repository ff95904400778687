import path from 'node:path';
import type { Page } from 'playwright-core';
import { type Api, SANDBOX_KEY } from '../api';
import { BrowserFormDriver } from '../forms/browser';
import { CODE_FIELD, OWNER, TERMS, wrongCode } from '../forms/registration';
import type { ByHand } from '../n8n/byHand';
import { readPage } from '../support/docs';
import { CARD, PERSON, PHONE } from './person';

/** "Your first account" of the README, followed step by step by its own words. */

/** A numbered step of the README. */
interface Step {
	/** What is bold in it, without its title: what to choose. */
	bold: string[];
	/** What is in italics: what stands on the screen. */
	italic: string[];
}

/** A part of the README, up to the next heading. */
const partOf = (heading: string) =>
	new RegExp(`\n##+ ${heading}\n.*?(?=\n##)`, 's').exec(readPage('README.md'))?.[0] ?? '';

/** What is in italics. */
const italics = (text: string) =>
	[...text.replace(/\*\*.+?\*\*/g, '').matchAll(/\*(.+?)\*/g)].map(([, name]) => name!);

/** The numbered steps of a part of the README, in their order. */
export function stepsOf(heading: string): Step[] {
	return [...partOf(heading).matchAll(/^\d+\. \*\*.+?\*\*(.*)$/gm)].map(([, text = '']) => ({
		bold: [...text.matchAll(/\*\*(.+?)\*\*/g)]
			.map(([, name]) => name!)
			.filter((name) => name !== '+'),
		italic: italics(text),
	}));
}

/** What somebody enters, by the label of the field. */
const ENTERED: Record<string, string> = {
	'API Key': SANDBOX_KEY,
	'Card Name': CARD.card_name,
	'Card Number': CARD.card_number,
	'Card Expiration Year': CARD.card_expiration_year,
	'Card Expiration Month': CARD.card_expiration_month,
	Nickname: 'My first account',
	Email: PERSON.email,
	Name: PERSON.name,
	Phone: PERSON.phone,
	'Address Line 1': PERSON.address_line1,
	City: PERSON.city_locality,
	State: PERSON.state_province,
	'ZIP Code': PERSON.postal_code,
};

/** A moment that is worth a picture; `step` after each of the numbered steps. */
export type Moment = 'canvas' | 'register' | 'page' | 'verified' | 'step';

interface Person {
	hand: ByHand;
	api: Api;
	/** Called at each moment, with the page as it is then. */
	seen: (moment: Moment, page: Page) => Promise<void>;
}

async function enter(hand: ByHand, labels: string[]): Promise<void> {
	for (const label of labels) {
		const value = ENTERED[label];
		if (value === undefined) throw new Error(`Nobody knows what to enter into '${label}'`);
		await hand.fill(label, value);
	}
}

/** What is done at each step of a part. */
type Doing = Array<(step: Step, person: Person) => Promise<void>>;

const CREDENTIALS: Doing = [
	async ({ bold: [type], italic: [, , key] }, { hand, api }) => {
		await hand.newCredential(type!);
		await enter(hand, [key!]);
		// The one thing that the README does not say, here and below: the API is a stand-in.
		await hand.fill('Base URL', api.url);
		await hand.saveCredential();
	},
	async ({ bold: [type], italic }, { hand, api }) => {
		await hand.newCredential(type!);
		await enter(hand, italic.slice(0, -1));
		await hand.fill('Base URL', api.url);
		await hand.saveCredential();
	},
];

const IMPORTING: Doing = [
	async ({ italic: [menu, item] }, { hand }) => {
		const file = /The file is `(.+?)`/.exec(partOf(BY_IMPORT))?.[1] ?? '';
		await hand.newWorkflow();
		await hand.importFile(path.join(__dirname, '../../workflows', file), [menu!, item!]);
	},
	async ({ italic: [execute, submit] }, { hand, seen }) => {
		const page = await hand.execute(execute!);
		const form = await BrowserFormDriver.on(page);
		await page.getByRole('button', { name: submit! }).waitFor();
		await form.submit({ ...OWNER, ...TERMS });
		await seen('page', page);
	},
	async ({ italic: [field, submit], bold: [ready] }, { hand, api, seen }) => {
		const page = hand.page.context().pages().at(-1)!;
		const form = await BrowserFormDriver.on(page);
		await page.getByRole('button', { name: submit! }).waitFor();
		if (field !== CODE_FIELD) throw new Error(`No field is called ${field}`);
		const code = api.codeFor(PHONE);
		await form.submit({ [field]: wrongCode(code) });
		await seen('page', page);
		const { title } = await form.submit({ [field]: code });
		if (title !== ready) throw new Error(`At the end it says ${title}`);
	},
];

const BUILDING: Doing = [
	async ({ bold: [trigger] }, { hand }) => await hand.begin(trigger!),
	async ({ bold: [action], italic }, { hand, seen }) => {
		const [node, key, card, ...fields] = italic;
		await hand.add(node!, action);
		await hand.chooseCredential(key!, 'ShipEngine account');
		await hand.chooseCredential(card!, 'ShipEngine Payment Card account');
		await enter(hand, fields.slice(0, -1));
		await hand.switchOn(fields.at(-1)!);
		await seen('register', hand.page);
		await hand.close();
	},
	async ({ bold: [action], italic: [node] }, { hand }) => {
		await hand.add(node!, action);
		await hand.close();
	},
	async ({ bold: [node], italic }, { hand }) => {
		const [resume, onForm, title, text, addElement, name, label] = italic;
		await hand.add(node!);
		await hand.choose(resume!, onForm!);
		await hand.fill(title!, text!);
		await hand.page.getByRole('button', { name: addElement! }).click();
		await hand.fill(name!, label!);
		await hand.close();
	},
	async ({ bold: [action, wait], italic: [node, settings, onError, errorOutput] }, { hand }) => {
		await hand.add(node!, action);
		await hand.turnTo(settings!);
		await hand.choose(onError!, errorOutput!);
		await hand.close();
		await hand.connectLast(wait!);
	},
	async ({ italic: [execute, submit, status] }, { hand, api, seen }) => {
		const page = await hand.execute(execute!);
		const type = async (code: string) => {
			await page.locator('input:visible').fill(code, { timeout: 120_000 });
			await seen('page', page);
			await page.getByRole('button', { name: submit! }).click();
		};
		const code = api.codeFor(PHONE);
		// n8n asks again by loading the page anew.
		const again = page.waitForEvent('load');
		await type(wrongCode(code));
		await again;
		await type(code);
		await hand.untilDone();
		await page.close();
		await seen('canvas', hand.page);
		await hand.openLast(status!);
		await seen('verified', hand.page);
	},
];

const BY_IMPORT = 'By importing a workflow';

/** The ways to a first account, by their headings in the README, and what is done on each. */
const WAYS: Record<string, Doing> = {
	'Your first account': CREDENTIALS,
	[BY_IMPORT]: IMPORTING,
	'By hand': BUILDING,
};

/**
 * Does what a part of the README says, in an n8n where the parts before it were done. The first code
 * that it types is a wrong one.
 *
 * @param seen called at moments that are worth a picture
 * @throws Error where a step cannot be done as it is written
 */
export async function follow(
	heading: string,
	hand: ByHand,
	api: Api,
	seen: Person['seen'] = async () => {},
): Promise<void> {
	const steps = stepsOf(heading);
	const doing = WAYS[heading] ?? [];
	if (steps.length !== doing.length) {
		throw new Error(`The README has ${steps.length} steps, and ${doing.length} are known`);
	}
	for (const [index, step] of steps.entries()) {
		await doing[index]!(step, { hand, api, seen });
		await seen('step', hand.page);
	}
}

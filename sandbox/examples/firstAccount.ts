import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { type Api, SANDBOX_KEY } from '../api';
import type { ByHand } from '../n8n/byHand';
import { CARD, PERSON, PHONE } from './person';

/** "Your first account" of the README, followed step by step by its own words. */

/** A numbered step of the README. */
interface Step {
	/** What is bold in it, without its title: what to choose. */
	bold: string[];
	/** What is in italics: what stands on the screen. */
	italic: string[];
}

/** The README's part, as it is written. */
function firstAccount(): string {
	const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
	return /\n## Your first account\n.*?(?=\n## )/s.exec(readme)?.[0] ?? '';
}

/** What is in italics. */
const italics = (text: string) =>
	[...text.replace(/\*\*.+?\*\*/g, '').matchAll(/\*(.+?)\*/g)].map(([, name]) => name!);

/** The numbered steps of the README's part, in their order. */
export function firstAccountSteps(): Step[] {
	return [...firstAccount().matchAll(/^\d+\. \*\*.+?\*\*(.*)$/gm)].map(([, text = '']) => ({
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

/** What is done at each step. */
const DOING: Array<(step: Step, person: Person) => Promise<void>> = [
	async ({ bold: [type], italic: [, , key] }, { hand, api }) => {
		await hand.newCredential(type!);
		await enter(hand, [key!]);
		// The one thing that the README does not say: here, the API is a stand-in.
		await hand.fill('Base URL', api.url);
		await hand.saveCredential();
	},
	async ({ bold: [type], italic }, { hand }) => {
		await hand.newCredential(type!);
		await enter(hand, italic.slice(0, -1));
		await hand.saveCredential();
	},
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
	async ({ bold: [action], italic: [node] }, { hand }) => {
		await hand.add(node!, action);
		await hand.close();
	},
	async ({ italic: [execute, submit, status] }, { hand, api, seen }) => {
		const page = await hand.execute(execute!);
		await page.locator('input:visible').fill(api.codeFor(PHONE), { timeout: 120_000 });
		await seen('page', page);
		await page.getByRole('button', { name: submit! }).click();
		await hand.untilDone();
		await page.close();
		await seen('canvas', hand.page);
		await hand.openLast(status!);
		await seen('verified', hand.page);
	},
];

/**
 * Does what the README says, in an n8n without credentials and workflows.
 *
 * @param seen called at moments that are worth a picture
 * @throws Error where a step cannot be done as it is written
 */
export async function followFirstAccount(
	hand: ByHand,
	api: Api,
	seen: Person['seen'] = async () => {},
): Promise<void> {
	const steps = firstAccountSteps();
	if (steps.length !== DOING.length) {
		throw new Error(`The README has ${steps.length} steps, and ${DOING.length} are known`);
	}
	for (const [index, step] of steps.entries()) {
		await DOING[index]!(step, { hand, api, seen });
		await seen('step', hand.page);
	}
}

/**
 * Does what the README says of a wrong code, where the first account was just made: types one, is
 * asked again, and types the right one.
 */
export async function followWrongCode(hand: ByHand, api: Api): Promise<void> {
	const paragraph = /^\*\*A wrong code\*\*.*$/m.exec(firstAccount())?.[0] ?? '';
	const [settings, onError, errorOutput] = italics(paragraph);
	const [execute, submit] = firstAccountSteps().at(-1)!.italic;
	await hand.turnTo(settings!);
	await hand.choose(onError!, errorOutput!);
	await hand.close();
	await hand.connectLast('Wait');
	await hand.open('Register');
	await hand.fill('Nickname', 'My second account');
	await hand.close();
	const page = await hand.execute(execute!);
	const field = page.locator('input:visible');
	const answer = async (code: string) => {
		await field.fill(code);
		await page.getByRole('button', { name: submit! }).click();
	};
	await field.waitFor();
	const code = api.codeFor(PHONE);
	// n8n asks again by loading the page anew.
	const again = page.waitForEvent('load');
	await answer(code === '000000' ? '000001' : '000000');
	await again;
	await answer(code);
	await hand.untilDone();
}

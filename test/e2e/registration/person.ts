import { until } from '../../../sandbox/support/poll';
import { CARD, PERSON, YEAR } from '../../../sandbox/examples/person';
import type { Visitor } from '../support/engines';

/** What somebody fills in, by the ids of the inputs, in their order. */
export type Filled = Record<string, string>;

let people = 0;

/** Somebody who is nobody else: an account is found again by its email and phone. */
export function newPerson(others: Filled = {}): Filled & { phone: string; email: string } {
	people += 1;
	return {
		...PERSON,
		email: `person${people}@example.com`,
		phone: `512485${4000 + people}`,
		state_province: 'Texas',
		card_name: CARD.card_name,
		card_number: CARD.card_number,
		card_expiry: `1/${YEAR.slice(2)}`,
		...others,
	};
}

/** Waits until an expression is true in the page, which may be another one by then. */
export async function untilTrue(visitor: Visitor, what: string, expression: string): Promise<void> {
	const isTrue = async () =>
		(await visitor.evaluate<boolean>(`Boolean(${expression})`).catch(() => false)) || undefined;
	await until(what, isTrue, 60);
}

/** What a person reads on the page. */
export const textOf = async (visitor: Visitor, selector = 'body'): Promise<string> =>
	await visitor.evaluate(`document.querySelector('${selector}').innerText.trim()`);

export const valueOf = async (visitor: Visitor, id: string): Promise<string> =>
	await visitor.evaluate(`document.getElementById('${id}').value`);

export async function openForm(visitor: Visitor, url: string): Promise<void> {
	await visitor.open(url);
	await untilTrue(visitor, 'the form', "document.querySelector('#form:not([hidden])')");
}

/** Types everything, going from field to field by the keyboard alone. */
export async function typeThrough(visitor: Visitor, person: Filled): Promise<void> {
	for (const text of Object.values(person)) {
		await visitor.press('Tab');
		await visitor.type(text);
	}
	await visitor.press('Tab');
	await visitor.press('Space');
}

/** Clicks each field before typing into it, as a finger does. */
export async function clickThrough(visitor: Visitor, person: Filled): Promise<void> {
	for (const [id, text] of Object.entries(person)) {
		// What a list opens is not of the page, and closes on the next click: it is reached by its label.
		const isList = await visitor.evaluate(`document.getElementById('${id}').tagName === 'SELECT'`);
		await visitor.click(isList ? `label[for=${id}]` : `#${id}`);
		await visitor.type(text);
	}
	await visitor.click('#agree_to_carrier_terms');
}

/** Has the browser fill everything in at once. */
export async function fillIn(visitor: Visitor, person: Filled): Promise<void> {
	await visitor.evaluate(`(() => {
		for (const [id, text] of Object.entries(${JSON.stringify(person)})) {
			const field = document.getElementById(id);
			const option = [...(field.options ?? [])].find(({ label }) => label === text);
			field.value = option ? option.value : text;
			field.dispatchEvent(new Event('input', { bubbles: true }));
		}
		document.getElementById('agree_to_carrier_terms').checked = true;
	})()`);
}

/** Sends the page, and waits until it says that something stands in the way. */
export async function sendInVain(visitor: Visitor): Promise<string> {
	await visitor.click('#send');
	await untilTrue(visitor, 'the summary', "document.querySelector('#summary:not([hidden])')");
	return await textOf(visitor, '#summary');
}

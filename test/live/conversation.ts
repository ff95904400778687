import { baseUrlOf } from '../../nodes/ShipEngine/api/baseUrl';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../../nodes/ShipEngine/input/registrationFields';
import { Mistake } from '../../nodes/ShipEngine/values/mistakes';
import { report } from './report';
import { walkBoth } from './run';
import type { Person } from './walk';
import { Typed } from './words';

/** A check of what was typed: what is wrong with it, or true. */
export type Checked = (typed: string) => string | true;

/** How whoever runs it is asked, in a terminal or by a test. */
export interface Conversation {
	/** What is typed is not shown. */
	secret(question: string, check: Checked): Promise<string>;
	text(question: string, check: Checked): Promise<string>;
	/** No, unless said otherwise. */
	yes(question: string): Promise<boolean>;
	say(line: string): void;
}

/** How a key of the sandbox begins (documented). */
const SANDBOX = 'TEST_';

const WELCOME = `This asks ShipStation's API, with your own key for its sandbox, whether it answers as the stand-in of
this project does. It writes a report that you can attach to an issue: no key and nothing that you type
is in it. Before each step that makes or changes something, you are asked. The card is a published test
number; never enter a real one.`;

const isKey: Checked = (typed) =>
	/^TEST_.{8}/.test(typed.trim()) ||
	`It has to be a key of the sandbox, which begins with ${SANDBOX}.`;

const CODE = 'The code from the text message, or nothing to leave it out';

const isCode: Checked = (typed) =>
	/^[\s\d-]*$/.test(typed) || 'It has to be the digits of the text message.';

const FIELDS = [...ACCOUNT_FIELDS, ...ADDRESS_FIELDS];

/** What is asked of the person, and as which field it is checked as the node checks it. */
const QUESTIONS: Record<keyof Person, string> = {
	name: 'First and last name',
	email: 'Email',
	phone: 'Mobile phone, to which a code may be texted',
	address_line1: 'Street and number',
	city_locality: 'City',
	state_province: 'State',
	postal_code: 'ZIP code',
};

function checkOf(key: string): Checked {
	const field = FIELDS.find((each) => each.key === key)!;
	return (typed) => {
		const checked = field.check(typed, {});
		return checked instanceof Mistake ? `It ${checked.says}.` : true;
	};
}

async function askPerson(ask: Conversation): Promise<Person> {
	const person: Record<string, string> = {};
	for (const [key, question] of Object.entries(QUESTIONS)) {
		person[key] = (await ask.text(question, checkOf(key))).trim();
	}
	return person as Record<keyof Person, string>;
}

/** Hosts of this machine: between the steps and us, and the stand-in, stands no proxy. */
const HERE = '127.0.0.1,localhost';

/**
 * Asks for all that is needed, goes the walk, and gives the report.
 *
 * @param url - the API's address
 * @param version - of the package
 * @param signal - ends it before the next step
 */
export async function converse(
	ask: Conversation,
	url: string,
	version: string,
	signal: AbortSignal,
): Promise<string> {
	const address = baseUrlOf(url);
	process.env.NO_PROXY = process.env.no_proxy = [process.env.NO_PROXY, HERE].filter(Boolean).join();
	ask.say(WELCOME);
	const apiKey = (await ask.secret('API key', isKey)).trim();
	const keyType = (await ask.yes("Is it a partner's key?")) ? 'partner' : 'own';
	const person = await askPerson(ask);
	const typed = new Typed(apiKey, person);
	// Whoever ends it at a question still gets the report of what was done.
	const ended = new AbortController();
	const orEnd = async <T>(answer: Promise<T>, otherwise: T) =>
		await answer.catch(() => {
			ended.abort();
			return otherwise;
		});
	const walked = await walkBoth(
		{
			url: address,
			apiKey,
			keyType,
			async code() {
				const code = (await orEnd(ask.text(CODE, isCode), '')).replace(/\D/g, '');
				typed.add(code);
				return code;
			},
		},
		person,
		{
			goOn: async ({ name, writes }) => await orEnd(ask.yes(`${name}: ${writes}. Go on?`), false),
			tell: (line) => ask.say(`${line} …`),
		},
		AbortSignal.any([signal, ended.signal]),
	);
	const about = { version, keyType, day: new Date().toISOString().slice(0, 10) };
	for (const remains of walked.remains) ask.say(`${remains} may be left in your sandbox.`);
	return report(walked, about, typed);
}

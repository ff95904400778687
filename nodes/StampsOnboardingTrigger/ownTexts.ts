import { notReady } from './notReady';
import { defaultOf } from './pageParameters';
import type { PageContext } from './pageContext';
import { type Language, LANGUAGES, TEXT_KEYS, type TextKey, type Words } from './words';

/** The texts that have a parameter of their own. */
const PARAMETERS: Partial<Record<TextKey, string>> = {
	title: 'formTitle',
	description: 'formDescription',
	terms: 'termsText',
};

/** Longer than any text that people read to its end. A pass holds that of the terms. */
const LONGEST = 2_000;

interface Row {
	language?: Language | 'all';
	text?: TextKey;
	wording?: string;
}

type Texts = Partial<Record<TextKey, string>>;

/** What stands in the parameters, where it is the owner's own. */
function inParameters(context: PageContext): Texts {
	const own: Texts = {};
	for (const [key, name] of Object.entries(PARAMETERS)) {
		const set = String(context.getNodeParameter(name, '') ?? '').trim();
		if (set !== '' && set !== defaultOf(name)) own[key as TextKey] = set;
	}
	return own;
}

function rowsOf(context: PageContext): Row[] {
	const { texts } = context.getNodeParameter('options', {}) as { texts?: { rows?: Row[] } };
	const rows = texts?.rows ?? [];
	for (const { text, wording } of rows) {
		if (!TEXT_KEYS.includes(text as TextKey)) throw notReady("'Texts' has a row without a text");
		if (String(wording ?? '').length > LONGEST) {
			throw notReady(`A text in 'Texts' is longer than ${LONGEST} characters`);
		}
	}
	return rows;
}

/**
 * The texts of a page: those of the node, and in their place those of its owner. What stands in the
 * parameters is in English, or in the one language that the page has.
 *
 * @throws Failure where one is too long
 */
export function ownTexts(
	context: PageContext,
	pageLanguage: string,
): (language: Language) => Words {
	const first = pageLanguage === 'es' ? 'es' : 'en';
	const parameters = inParameters(context);
	if ((parameters.terms ?? '').length > LONGEST) {
		throw notReady(`'Terms Text' is longer than ${LONGEST} characters`);
	}
	const rows = rowsOf(context);
	return (language) => {
		// What people agree to is the owner's word, in whichever language.
		const { terms } = parameters;
		const own: Texts = language === first ? { ...parameters } : terms ? { terms } : {};
		for (const { language: of = 'all', text, wording } of rows) {
			const says = String(wording ?? '').trim();
			if (says !== '' && (of === 'all' || of === language)) own[text!] = says;
		}
		return { ...LANGUAGES[language], ...own };
	};
}

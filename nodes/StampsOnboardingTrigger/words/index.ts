import { EN, type TextKey, type Words } from './en';
import { ES } from './es';

export type { TextKey, Words } from './en';

/** The languages of a page (BCP 47), with its texts. */
export const LANGUAGES = { en: EN, es: ES } satisfies Record<string, Words>;

export type Language = keyof typeof LANGUAGES;

/** Whether a page has a language. */
export const isLanguage = (value: unknown): value is Language =>
	typeof value === 'string' && Object.hasOwn(LANGUAGES, value);

/** The names of all texts. */
export const TEXT_KEYS = Object.keys(EN) as TextKey[];

/**
 * The language that a browser asks for first, of those that there are (RFC 9110, 12.5.4); English for none.
 *
 * @param header - `Accept-Language`
 */
export function preferredLanguage(header: unknown): Language {
	const wanted = String(header ?? '')
		.split(',')
		.map((part) => {
			const [range = '', ...parameters] = part.split(';').map((each) => each.trim());
			const quality = parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1';
			return { language: range.toLowerCase().split('-')[0], quality: Number(quality) };
		})
		.filter(({ language, quality }) => isLanguage(language) && quality > 0)
		.sort((one, other) => other.quality - one.quality);
	return (wanted[0]?.language as Language | undefined) ?? 'en';
}

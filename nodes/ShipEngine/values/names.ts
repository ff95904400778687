/** A nickname as people see it: without regard to case, spaces and ways to write a character. */
export const asSeen = (nickname: string) =>
	nickname
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase();

/** An ID in either of its spellings: `se-123`, `SE-123` and `123` name the same. */
export const bareId = (id: string) => id.trim().toLowerCase().replace(/^se-/, '');

/** The last ten digits: with or without a leading 1, a phone is the same one. */
const bareDigits = (phone: string) => phone.replace(/\D/g, '').slice(-10);

const asTyped = (text: string) => text.trim();

/** How a value is spelled for a comparison, by its name in items and outputs. */
const SPELLED: Record<string, (text: string) => string> = {
	carrier_id: bareId,
	on_behalf_of: bareId,
	nickname: asSeen,
	email: asSeen,
	phone: bareDigits,
};

/** Whether two values of one name, such as `carrier_id`, mean the same. */
export function isSame(name: string, one: unknown, other: unknown): boolean {
	const spelled = SPELLED[name] ?? asTyped;
	return spelled(String(one)) === spelled(String(other));
}

/** A text with something in place of the names in braces. */
export const filled = (text: string, details: Record<string, string | number>) =>
	text.replace(/\{(\w+)\}/g, (braces, name: string) => String(details[name] ?? braces));

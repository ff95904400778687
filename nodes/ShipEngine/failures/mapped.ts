/** A part of a text: its first place, and the one after its last. */
export type Span = [from: number, to: number];

/** What a text can be read as, with the part of the text that each character stands for. */
export interface Mapped {
	text: string;
	from: Uint32Array;
	to: Uint32Array;
}

/** A text as it is. */
export function mapped(text: string): Mapped {
	const from = new Uint32Array(text.length);
	const to = new Uint32Array(text.length);
	for (let at = 0; at < text.length; at += 1) {
		from[at] = at;
		to[at] = at + 1;
	}
	return { text, from, to };
}

/** The part of the text that so many characters stand for. */
export const spanOf = ({ from, to }: Mapped, first: number, count: number): Span => [
	from[first]!,
	to[first + count - 1]!,
];

/**
 * The same with other characters in place of what is found. Each of them stands for all that was found.
 *
 * @param instead - gives what stands there instead; may be what was found
 */
export function replaced(
	read: Mapped,
	pattern: RegExp,
	instead: (found: string, groups: Array<string | undefined>, at: number) => string,
): Mapped {
	const matches = [...read.text.matchAll(pattern)];
	if (matches.length === 0) return read;
	const parts: string[] = [];
	// No replacement is longer than what it replaces.
	const from = new Uint32Array(read.text.length);
	const to = new Uint32Array(read.text.length);
	let [length, end] = [0, 0];
	const keepUntil = (next: number) => {
		parts.push(read.text.slice(end, next));
		from.set(read.from.subarray(end, next), length);
		to.set(read.to.subarray(end, next), length);
		length += next - end;
	};
	for (const match of matches) {
		const [found, ...groups] = match;
		const { index } = match;
		keepUntil(index);
		end = index + found.length;
		const other = instead(found, groups, index);
		parts.push(other);
		if (other === found) {
			from.set(read.from.subarray(index, end), length);
			to.set(read.to.subarray(index, end), length);
		} else {
			from.fill(read.from[index]!, length, length + other.length);
			to.fill(read.to[end - 1]!, length, length + other.length);
		}
		length += other.length;
	}
	keepUntil(read.text.length);
	return { text: parts.join(''), from: from.subarray(0, length), to: to.subarray(0, length) };
}

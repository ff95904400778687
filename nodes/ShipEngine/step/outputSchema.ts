import type { IDataObject } from 'n8n-workflow';
import type { Output, OutputType } from './operation';

/** A JSON schema, as far as n8n reads it (`__schema__` of its own nodes). */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	required?: string[];
	items?: OutputSchema;
	version?: number;
}

const isTold = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

/** What an answer has of the keys of an output: its texts, numbers and truth values, and nothing else. */
export function picked(answer: IDataObject, output: Output): IDataObject {
	const keys = Object.keys(output).map((key) => key.replace('?', ''));
	const given = keys.filter((key) => isTold(answer[key]));
	return Object.fromEntries(given.map((key) => [key, answer[key]]));
}

function typed(type: OutputType): OutputSchema {
	if (typeof type === 'string') return { type };
	if (Array.isArray(type)) return { type: 'array', items: typed(type[0] as OutputType) };
	const keys = Object.keys(type);
	const required = keys.filter((key) => !key.endsWith('?'));
	return {
		type: 'object',
		properties: Object.fromEntries(keys.map((key) => [key.replace('?', ''), typed(type[key]!)])),
		...(required.length > 0 && { required }),
	};
}

/** The schema of an operation's output items, from which the editor lists the fields before it has run. */
export const schemaOf = (output: Output): OutputSchema => ({ ...typed(output), version: 1 });

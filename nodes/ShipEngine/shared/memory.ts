import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * What items came to, kept by n8n with the execution. n8n's Retry On Fail runs the whole node again,
 * with the same run index and the same items: what is remembered is not done again.
 */
export class Memory {
	private readonly kept: IDataObject;

	private runIndex?: string;

	constructor(private readonly context: IExecuteFunctions) {
		this.kept = context.getContext('node');
	}

	recall(itemIndex: number): IDataObject | undefined {
		return this.kept[this.key(itemIndex)] as IDataObject | undefined;
	}

	/** @param what - kept in plain text with the execution's data: no card, no key, no code */
	remember(itemIndex: number, what: IDataObject): void {
		this.kept[this.key(itemIndex)] = what;
	}

	private key(itemIndex: number): string {
		this.runIndex ??= String(this.context.evaluateExpression('{{ $runIndex }}', 0));
		return `${this.runIndex}:${itemIndex}`;
	}
}

import type { Deed } from '../step/memory';
import { asSeen, bareId } from '../values/names';

/** What a step has registered or connected in an execution, by sub-account and nickname. */
export class EarlierDeeds {
	private readonly byName = new Map<string, Deed[]>();

	/** How many of the list are in it. */
	private read = 0;

	private constructor(private readonly deeds: readonly Deed[]) {}

	/** One for each execution, so that a run does not look again through what all runs before it did. */
	static of(deeds: readonly Deed[]): EarlierDeeds {
		const known = EXECUTIONS.get(deeds) ?? new EarlierDeeds(deeds);
		EXECUTIONS.set(deeds, known);
		return known;
	}

	/** @param nickname - as people see it */
	named(subAccount: string | undefined, nickname: string): Deed[] {
		for (; this.read < this.deeds.length; this.read += 1) {
			const deed = this.deeds[this.read]!;
			const key = keyOf(deed);
			this.byName.set(key, [...(this.byName.get(key) ?? []), deed]);
		}
		return this.byName.get(`${subAccount ?? ''} ${nickname}`) ?? [];
	}
}

const EXECUTIONS = new WeakMap<readonly Deed[], EarlierDeeds>();

const keyOf = ({ subject: { on_behalf_of: account, nickname } }: Deed) =>
	`${bareId(String(account ?? ''))} ${asSeen(String(nickname))}`;

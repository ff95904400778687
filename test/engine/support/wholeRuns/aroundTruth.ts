import type { IDataObject } from 'n8n-workflow';
import { LOGIN } from '../fixtures';
import { type Happened } from './around';
import { expectBranches, expectCall, expectRequests } from './everyCall';
import { tally } from './tally';
import { type Told, count, toldOf } from './told';

/** What the stand-in knows that was done about one thing: the IDs that outputs have to name. */
function doneAbout(about: string, { world, standIn }: Happened): unknown[] {
	const { api } = standIn;
	const { logins, subAccounts } = api.state;
	const carriers = api.state.carriers(world.onBehalfOf);
	switch (world.operation) {
		case 'createSubAccount':
			return subAccounts
				.filter(({ fields }) => fields.external_account_id === about)
				.map(({ account_id }) => account_id);
		case 'connect':
			return logins
				.map(({ carrierId }) => carrierId)
				.filter((id) =>
					carriers.some(({ carrier_id, nickname }) => carrier_id === id && nickname === about),
				);
		case 'disconnect':
			return carriers.some(({ carrier_id }) => carrier_id === about) ? [] : [about];
	}
}

/** One thing is made once, whoever wanted it, and told to somebody. */
function expectMadeOnce(about: string, told: Told[], happened: Happened): void {
	const made = doneAbout(about, happened);
	const outputs = told.flatMap((each): IDataObject[] =>
		each.kind === 'done' ? [each.output] : [],
	);
	const key = happened.world.operation === 'createSubAccount' ? 'account_id' : 'carrier_id';
	expect(made.length).toBeLessThanOrEqual(1);
	const wasThere = about === 'Thing 3';
	for (const output of outputs) {
		if (happened.world.operation === 'connect' && wasThere) expect(output.existing).toBe(true);
		else expect(output[key]).toBe(made[0]);
	}
	if (made.length > 0 && !wasThere) expect(count(told, 'done', 'unknown')).toBeGreaterThan(0);
}

/** What is gone was told to somebody, and what was told to be gone is. */
function expectGone(about: string, told: Told[], happened: Happened): void {
	const isGone = doneAbout(about, happened).length > 0;
	if (count(told, 'done') > 0) expect(isGone).toBe(true);
	if (isGone) expect(count(told, 'done', 'unknown')).toBeGreaterThan(0);
}

/** Holds a world against what its stand-in knows. */
export function expectTruth(happened: Happened): void {
	const { world, standIn, about, run } = happened;
	const keys = standIn.api.state.subAccounts.map(({ key }) => key);
	const secrets = [standIn.key, LOGIN.password, ...keys];
	for (const call of run.calls) expectCall(call, world.settings, secrets);
	expectBranches(run, 'Step', world.settings);
	expectRequests(standIn, run.calls);

	const last = run.calls.at(-1);
	const told = last ? toldOf(last) : [];
	for (const thing of new Set(about)) {
		const own = about.flatMap((each, index) => (each === thing ? [told[index]!] : []));
		if (world.operation === 'disconnect') expectGone(thing, own, happened);
		else expectMadeOnce(thing, own, happened);
	}
	told.forEach(tally);
}

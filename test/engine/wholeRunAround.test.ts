import './support/wholeRuns/clock';
import { watchPrototypes } from './support/hostile';
import { aroundWorld, happen } from './support/wholeRuns/around';
import { expectTruth } from './support/wholeRuns/aroundTruth';
import { LONGEST, holdsFor } from './support/wholeRuns/campaign';
import { useStandIns } from './support/wholeRuns/standIns';
import { expectMet } from './support/wholeRuns/tally';

watchPrototypes();
const atStandIn = useStandIns();

test.each([
	['every sub-account is made once, and told', 'createSubAccount', ['existing', 'recovered']],
	['every account is connected once, and told', 'connect', ['existing', 'recovered']],
	['every carrier that is gone is told', 'disconnect', []],
] as const)(
	'%s',
	async (_name, operation, met) => {
		await holdsFor(aroundWorld(operation), 0.1, async (world) => {
			await atStandIn(async (standIn) => expectTruth(await happen(world, standIn)));
		});
		expectMet('done', 'unknown', 'failed', 'unsaid', ...met);
	},
	LONGEST,
);

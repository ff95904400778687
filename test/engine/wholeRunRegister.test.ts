import './support/wholeRuns/clock';
import { watchPrototypes } from './support/hostile';
import { LONGEST, holdsFor } from './support/wholeRuns/campaign';
import { happen, worldOf } from './support/wholeRuns/registrations';
import { expectTruth } from './support/wholeRuns/registrationTruth';
import { useStandIns } from './support/wholeRuns/standIns';
import { expectMet } from './support/wholeRuns/tally';

watchPrototypes();
const atStandIn = useStandIns();

test(
	'one run of Register: every account is told, once, to whom it belongs',
	async () => {
		await holdsFor(worldOf({ minLength: 1, maxLength: 1, shops: 12 }), 0.4, async (world) => {
			await atStandIn(async (standIn) => expectTruth(await happen(world, standIn)));
		});
		expectMet('done', 'existing', 'recovered', 'unknown', 'failed', 'unsaid');
	},
	LONGEST,
);

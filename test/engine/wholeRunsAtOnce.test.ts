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
	'runs of Register at once: no account is doubled, and each is told to whom it belongs',
	async () => {
		await holdsFor(worldOf({ minLength: 2, maxLength: 3, shops: 5 }), 0.2, async (world) => {
			await atStandIn(async (standIn) => expectTruth(await happen(world, standIn)));
		});
		expectMet('done', 'existing', 'recovered', 'unknown', 'failed', 'unsaid');
	},
	LONGEST,
);

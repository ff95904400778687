import './support/wholeRuns/clock';
import { watchPrototypes } from './support/hostile';
import { LONGEST, holdsFor } from './support/wholeRuns/campaign';
import { chainWorld, happen } from './support/wholeRuns/chains';
import { expectTruth } from './support/wholeRuns/chainTruth';
import { useStandIns } from './support/wholeRuns/standIns';
import { expectMet } from './support/wholeRuns/tally';

watchPrototypes();
const atStandIn = useStandIns();

test(
	'Register, Send and Confirm: each item keeps its own account and verification',
	async () => {
		await holdsFor(chainWorld, 0.1, async (world) => {
			await atStandIn(async (standIn) => expectTruth(await happen(world, standIn)));
		});
		expectMet('done', 'unknown', 'failed', 'unsaid');
	},
	LONGEST,
);

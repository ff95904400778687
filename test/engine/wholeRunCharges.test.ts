import './support/wholeRuns/clock';
import { watchPrototypes } from './support/hostile';
import { LONGEST, holdsFor } from './support/wholeRuns/campaign';
import { chargeWorld, happen } from './support/wholeRuns/charges';
import { ChargeTruth } from './support/wholeRuns/chargesTruth';
import { useStandIns } from './support/wholeRuns/standIns';
import { expectMet } from './support/wholeRuns/tally';

watchPrototypes();
const atStandIn = useStandIns();

test(
	'whatever is lost, late, retried or restarted: no charge is made twice, nor told as what it is not',
	async () => {
		await holdsFor(chargeWorld, 0.1, async (world) => {
			await atStandIn(async (standIn) => {
				const truth = new ChargeTruth();
				await happen(world, standIn, (moved) => truth.hold(moved));
			});
		});
		expectMet('done', 'recovered', 'unknown', 'failed', 'unsaid');
	},
	LONGEST,
);

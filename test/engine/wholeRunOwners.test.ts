import './support/wholeRuns/clock';
import { watchPrototypes } from './support/hostile';
import { LONGEST, holdsFor } from './support/wholeRuns/campaign';
import { happen, ownerWorld } from './support/wholeRuns/owners';
import { expectOwners, tallied } from './support/wholeRuns/ownerTruth';
import { useStandIns } from './support/wholeRuns/standIns';

watchPrototypes();
const atStandIn = useStandIns();

test(
	'chains by chance: whoever is registered, texted, confirmed or charged is who the item says',
	async () => {
		await holdsFor(ownerWorld, 1, async (world) => {
			await atStandIn(async (standIn) => expectOwners(await happen(world, standIn)));
		});
		if (process.env.TALLY) console.log(Object.fromEntries([...tallied].sort()));
	},
	LONGEST,
);

import './support/wholeRuns/clock';
import { watchPrototypes } from './support/hostile';
import { LONGEST, holdsFor } from './support/wholeRuns/campaign';
import { useStandIns } from './support/wholeRuns/standIns';
import { expectMet } from './support/wholeRuns/tally';
import { expectTruth } from './support/wholeRuns/textTruth';
import { happen, textWorld } from './support/wholeRuns/texts';

watchPrototypes();
const atStandIn = useStandIns();

test(
	'Send: every text is told, and nobody is texted twice',
	async () => {
		await holdsFor(textWorld('send'), 0.15, async (world) => {
			await atStandIn(async (standIn) => expectTruth(await happen(world, standIn)));
		});
		expectMet('done', 'unknown', 'failed', 'unsaid');
	},
	LONGEST,
);

test(
	'Confirm: every code is tried once, and what it came to is told',
	async () => {
		await holdsFor(textWorld('confirm'), 0.15, async (world) => {
			await atStandIn(async (standIn) => expectTruth(await happen(world, standIn)));
		});
		expectMet('done', 'unknown', 'failed', 'unsaid');
	},
	LONGEST,
);

import type { PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { Admissions } from './admissions';
import { startCode } from './code';
import { element } from './document';
import { setUpForm } from './form';
import { keep, kept } from './kept';
import { keepToOwnOrigin } from './ownOrigin';
import { startSending } from './sending';
import { say, speak } from './words';

keepToOwnOrigin();

const settings = JSON.parse(element('settings').textContent ?? '') as PageSettings;

/** The page may have been loaded again for another person. */
function offerBeginning(): void {
	const button = element('somebody-else');
	button.hidden = false;
	button.addEventListener('click', () => {
		keep();
		location.reload();
	});
}

speak(settings.words, settings.language);
element('test').hidden = !settings.isTest;
const before = kept();
if (settings.link !== '') {
	// Whoever has the link can go on with the account: it is not to stay in the address or its history.
	keep();
	startCode(settings, new Admissions(settings));
} else if (before) {
	startCode(settings, new Admissions(before.admission), before.account);
	offerBeginning();
} else if (crypto.subtle || !settings.asksForCard) {
	setUpForm(settings);
	startSending(settings, new Admissions(settings));
	element('unavailable').hidden = true;
	element('form').hidden = false;
} else {
	// Browsers have it on pages that nobody on the way can change.
	element('unavailable').textContent = say('pageNeedsHttps');
}

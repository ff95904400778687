import type { PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { Admissions } from './admissions';
import { startCode } from './code';
import { element } from './document';
import { setUpForm } from './form';
import { keptOf } from './kept';
import { keepToOwnOrigin } from './ownOrigin';
import { startSending } from './sending';
import { say, speak } from './words';

keepToOwnOrigin();

const settings = JSON.parse(element('settings').textContent ?? '') as PageSettings;

speak(settings.words, settings.language);
element('test').hidden = !settings.isTest;
if (settings.link !== '') {
	const before = keptOf(settings.link);
	startCode(settings, new Admissions(before?.admission ?? settings), before?.account);
} else if (crypto.subtle || !settings.asksForCard) {
	setUpForm(settings);
	startSending(settings, new Admissions(settings));
	element('unavailable').hidden = true;
	element('form').hidden = false;
} else {
	// Browsers have it on pages that nobody on the way can change.
	element('unavailable').textContent = say('pageNeedsHttps');
}

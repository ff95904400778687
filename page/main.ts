import type { PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { element } from './document';
import { setUpForm } from './form';
import { keepToOwnOrigin } from './ownOrigin';
import { startSending } from './sending';

keepToOwnOrigin();

const settings = JSON.parse(element('settings').textContent ?? '') as PageSettings;

if (crypto.subtle) {
	setUpForm(settings);
	startSending(settings);
	element('unavailable').hidden = true;
	element('form').hidden = false;
} else {
	// Browsers have it on pages that nobody on the way can change.
	element('unavailable').textContent =
		'This page needs an address that begins with https: only there can your browser encrypt your card. ' +
		'Please ask for the https address of this page.';
}

import type { PageSettings } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { Admissions } from './admissions';
import { startCode } from './code';
import { element } from './document';
import { setUpForm } from './form';
import { keepToOwnOrigin } from './ownOrigin';
import { startSending } from './sending';

keepToOwnOrigin();

const settings = JSON.parse(element('settings').textContent ?? '') as PageSettings;
const admissions = new Admissions(settings);

/** Whoever has the link can go on with the account: it is not to stay in the address or its history. */
function forgetLink(): void {
	try {
		history.replaceState(null, '', location.pathname);
	} catch {
		// What a browser does not let a page without an origin do, cannot be helped.
	}
}

element('test').hidden = !settings.isTest;
if (settings.link !== '') {
	forgetLink();
	element('unavailable').remove();
	startCode(settings, admissions);
} else if (crypto.subtle || !settings.asksForCard) {
	setUpForm(settings);
	startSending(settings, admissions);
	element('unavailable').hidden = true;
	element('form').hidden = false;
} else {
	// Browsers have it on pages that nobody on the way can change.
	element('unavailable').textContent =
		'This page needs an address that begins with https: only there can your browser encrypt your card. ' +
		'Please ask for the https address of this page.';
}

import { element } from './document';
import { showSummary } from './summary';
import { TOO_EARLY, inWords } from './words';

/** Longer ones nobody watches. */
const LONGEST = 20 * 60;

let timer: number | undefined;

/** Says that it is too early to send, and how long it will be; then that it can be sent. */
export function countDown(seconds: number, text: string): void {
	clearInterval(timer);
	showSummary({ title: TOO_EARLY, text, mistakes: new Map() });
	const line = element('summary-wait');
	line.hidden = false;
	if (seconds > LONGEST) {
		line.textContent = `You can send the page again in about ${inWords(seconds)}.`;
		return;
	}
	const end = performance.now() + seconds * 1000;
	const tell = () => {
		const left = Math.ceil((end - performance.now()) / 1000);
		line.textContent =
			left > 0 ? `You can send the page again in ${inWords(left)}.` : 'You can send the page now.';
		if (left <= 0) clearInterval(timer);
	};
	tell();
	timer = window.setInterval(tell, 1000);
	element('form').addEventListener('submit', () => clearInterval(timer), { once: true });
}

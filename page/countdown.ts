import { element } from './document';
import { showSummary } from './summary';
import { inWords, say } from './words';

/** Longer ones are told in minutes, and nobody takes them to the second. */
const LONGEST = 20 * 60;

/** Tells each second what is left, down to 0. Returns what ends it. */
export function tick(seconds: number, tell: (left: number) => void): () => void {
	const end = performance.now() + seconds * 1000;
	tell(seconds);
	const timer = window.setInterval(() => {
		const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
		tell(left);
		if (left === 0) clearInterval(timer);
	}, 1000);
	return () => clearInterval(timer);
}

/** A time in a sentence: a long one is none that is counted down. */
export const about = (seconds: number) =>
	seconds > LONGEST ? say('timeAbout', { time: inWords(seconds) }) : inWords(seconds);

let stop = () => {};

/** Says that it is too early to send, and how long it will be; then that it can be sent. */
export function countDown(seconds: number, text: string): void {
	stop();
	showSummary({ title: say('waitTitle'), text, mistakes: new Map() });
	const line = element('summary-wait');
	line.hidden = false;
	stop = tick(seconds, (left) => {
		line.textContent = left > 0 ? say('waitAgainIn', { time: about(left) }) : say('waitOver');
	});
	document.addEventListener('submit', () => stop(), { once: true });
}

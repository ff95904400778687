import { notReady } from './notReady';

/** In characters: about 24 kB of an image. Each page that is served has it in it. */
const LONGEST = 32_768;

const IMAGE = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[\w+/]+=*$/;

/**
 * The logo of a page, which stands in it: it asks nothing of any other host.
 *
 * @throws Failure where it is no image as a `data:` address, or a large one
 */
export function logoIn(address: string): string {
	if (address === '') return '';
	const logo = address.replace(/\s+/g, '');
	if (!IMAGE.test(logo)) {
		throw notReady("'Logo' must be an image as a data address: data:image/png;base64,…");
	}
	if (logo.length > LONGEST) throw notReady("'Logo' is larger than 24 kB: take a smaller image");
	return logo;
}

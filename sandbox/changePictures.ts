import path from 'node:path';
import { asVisitor } from './examples/callers';
import { changeLook, changes, place } from './examples/changes';
import { exampleWorkflow } from './examples/contents';
import { BrowserFormDriver, launchChromium } from './forms/browser';
import { FORM_PATH } from './forms/registration';
import { ByHand } from './n8n/byHand';
import { openWorkflow, photographCanvas, signIn } from './n8n/editor';
import type { N8n } from './n8n/instance';
import { untilServedAnew } from './n8n/triggers';

/**
 * Photographs what docs/change-it.md makes of the workflow Onboarding.
 * @param id of that workflow in n8n, which is as it was afterwards
 * @param folder where the pictures go
 */
export async function photographChanges(
	n8n: N8n,
	id: string,
	chromium: string,
	folder: string,
): Promise<void> {
	const browser = await launchChromium(chromium);
	const reset = async () => await n8n.api.changeWorkflow(id, exampleWorkflow('onboarding'));
	try {
		const page = await signIn(browser, n8n);
		const hand = new ByHand(page, n8n);
		for (const change of changes()) {
			await openWorkflow(page, n8n, id);
			await place(change, hand);
			await photographCanvas(page, path.join(folder, `change-${change.file}.png`));
			await reset();
		}
		await openWorkflow(page, n8n, id);
		await changeLook(hand);
		await untilServedAnew(n8n.url + FORM_PATH);
		const form = await BrowserFormDriver.on(await browser.newPage());
		await form.open(asVisitor(n8n.url + FORM_PATH));
		await form.photograph(path.join(folder, 'change-look.png'));
		await reset();
	} finally {
		await browser.close();
	}
}

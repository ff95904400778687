import type { Page } from 'playwright-core';
import type { ByHand } from '../n8n/byHand';
import { startedByHand } from './startedByHand';

/** A charge whose answer was lost, and what a person does about it in the editor. */

/** A workflow that adds funds to a carrier when somebody starts it. */
export const chargingWorkflow = (carrierId: string) =>
	startedByHand('Add funds by hand', 'Add Funds', {
		resource: 'carrier',
		operation: 'addFunds',
		carrierId: { __rl: true, mode: 'id', value: carrierId },
		amount: 25,
		maximumAmount: 50,
		confirmLiveCharge: true,
		options: {},
	});

/** A moment that is worth a picture. */
export type ChargeMoment = 'lost' | 'said' | 'retried';

/**
 * Does what docs/operations.md says of a charge whose answer was lost, with the workflow open.
 *
 * @param verdict as the panel names it
 * @param seen called at each moment, with the page as it is then
 * @returns the ID of the charge, as the error showed it
 */
export async function followOpenCharge(
	hand: ByHand,
	verdict: 'It Was Charged' | 'It Was Not Charged',
	seen: (moment: ChargeMoment, page: Page) => Promise<void> = async () => {},
): Promise<string> {
	const { page } = hand;
	const execute = async () =>
		await page.getByRole('button', { name: 'Execute workflow' }).last().click();
	await execute();
	await page.getByText('Problem in node ‘Add Funds‘').first().waitFor();
	await hand.open('Add Funds');
	const told = page
		.locator('[data-test-id=output-panel]')
		.getByText(/open charge chg_/)
		.first();
	const id = /chg_[a-z]+/.exec(await told.innerText())?.[0] ?? '';
	await seen('lost', page);
	await hand.close();

	await execute();
	await hand.open('Add Funds');
	await page.getByText(`for this carrier is still open (${id})`).first().waitFor();

	await hand.addOption('Open Charges');
	await page.getByRole('button', { name: 'Add field' }).click();
	await hand.fill('Open Charge ID', id);
	await hand.choose('What Happened', verdict);
	await seen('said', page);
	await hand.close();

	await hand.retryOldest();
	await page.locator('.execution-card', { hasText: /Succeeded.*Retry of execution/s }).waitFor();
	await seen('retried', page);
	return id;
}

import type { Locator, Page } from 'playwright-core';
import { until } from '../support/poll';
import type { N8n } from './instance';

/** What n8n marks the input of a parameter with. */
const INPUT = 'starts-with(@data-test-id, "parameter-input-")';

/** Where a line begins. */
const OUTPUT = '.vue-flow__handle[data-handleid^="outputs/main"]';

async function middleOf(of: Locator): Promise<{ x: number; y: number }> {
	const box = await of.boundingBox();
	if (!box) throw new Error('What is to be connected is not on the canvas');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** How often a page is loaded until it asks for something. */
const MOST_TRIES = 6;

/** n8n's editor as a person uses it, who sees labels and knows no names behind them. */
export class ByHand {
	constructor(
		readonly page: Page,
		private readonly n8n: N8n,
	) {}

	private at(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	/** The input under a label of the panel that is open. */
	private under(label: string): Locator {
		return this.page
			.locator(`xpath=//label//span[text()[normalize-space()="${label}"]]`)
			.last()
			.locator(`xpath=ancestor::*[.//*[${INPUT}]][1]//*[${INPUT}]`)
			.first();
	}

	/** Types into a field. */
	async fill(label: string, value: string): Promise<void> {
		await this.under(label).locator('input, textarea').first().fill(value);
	}

	/** Chooses from a list. */
	async choose(label: string, option: string): Promise<void> {
		await this.under(label).click();
		const items = this.page.locator('.el-select-dropdown__item:visible');
		await items.locator('.option-headline').getByText(option, { exact: true }).click();
		// While the list folds up, a click goes to it.
		await items.first().waitFor({ state: 'hidden' });
	}

	/** Chooses a credential by what it is called. */
	async chooseCredential(label: string, credential: string): Promise<void> {
		const select = this.page
			.locator(`xpath=//*[text()[normalize-space()="${label}"]]`)
			.filter({ visible: true })
			.last()
			.locator('xpath=following::*[@data-test-id="node-credentials-select"][1]');
		const item = this.page
			.locator('[data-test-id^="node-credentials-select-item-"]:visible', { hasText: credential })
			.first();
		// The panel may just be drawn anew, which folds up a list that was opened.
		await until(
			`the list of '${label}'`,
			async () => {
				await select.click();
				return await item.waitFor({ timeout: 2_000 }).then(
					() => true,
					() => undefined,
				);
			},
			30,
		);
		await item.click();
	}

	/** Switches on. */
	async switchOn(label: string): Promise<void> {
		await this.under(label).locator('.el-switch').click();
	}

	/** Adds an option to the step whose panel is open. */
	async addOption(option: string): Promise<void> {
		await this.at('collection-parameter-add').last().click();
		const items = this.page.locator('.el-select-dropdown__item:visible');
		await items.getByText(option, { exact: true }).click();
	}

	/** Retries the oldest execution of the workflow that is open, with the workflow as it is now saved. */
	async retryOldest(): Promise<void> {
		await this.page.getByText('Executions', { exact: true }).first().click();
		await this.page.locator('.execution-card').last().click();
		await this.at('execution-preview-retry-button').click();
		const way = this.page.getByText('Retry with currently saved workflow');
		await way.filter({ visible: true }).first().click();
	}

	/** Opens a new credential of a type. */
	async newCredential(type: string): Promise<void> {
		await this.page.goto(`${this.n8n.url}/home/credentials`);
		await this.page.getByRole('button', { name: 'Create credential' }).first().click();
		await this.page.getByPlaceholder('Search for app').fill(type);
		await this.page.locator('.el-select-dropdown__item:visible', { hasText: type }).first().click();
		await this.page.getByRole('button', { name: 'Continue' }).click();
		await this.at('credential-edit-dialog').waitFor();
	}

	/** Saves the credential that is open; what n8n then says of it. */
	async saveCredential(): Promise<string> {
		await this.at('credential-save-button')
			.getByRole('button')
			.or(this.at('credential-save-button'))
			.first()
			.click();
		const told = this.page.getByText(/Connection tested successfully|Couldn.t connect/).first();
		await told.waitFor();
		return (await told.textContent()) ?? '';
	}

	/** Opens an empty canvas, with a trigger on it. */
	async begin(trigger: string): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/new`);
		await this.at('canvas-plus-button').click();
		await this.at('node-creator-item-name').getByText(trigger, { exact: true }).click();
		await this.at('canvas-handle-plus').waitFor();
	}

	/** Opens a new workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/new`);
		await this.at('canvas-plus-button').waitFor();
	}

	/** Imports a file into the workflow that is open, by the items of the menu at its top. */
	async importFile(file: string, menu: string[]): Promise<void> {
		const before = await this.at('canvas-node').count();
		await this.at('workflow-menu').click();
		const chooser = this.page.waitForEvent('filechooser');
		for (const item of menu) await this.page.getByText(item, { exact: true }).last().click();
		await (await chooser).setFiles(file);
		await this.at('canvas-node').nth(before).waitFor();
		await this.page.keyboard.press('1');
	}

	/** Adds a step behind the last one by the + of that, and leaves its panel open. */
	async add(step: string, action?: string): Promise<void> {
		await this.at('canvas-handle-plus').last().click();
		await this.at('node-creator-search-bar').fill(step);
		await this.at('node-creator-item-name').getByText(step, { exact: true }).first().click();
		if (action) await this.page.getByText(action, { exact: true }).last().click();
		await this.at('node-parameters').waitFor();
	}

	/** Has n8n put the steps of the canvas in a row. */
	async tidyUp(): Promise<void> {
		// What was imported is chosen, and it alone would be put in a row.
		await this.page.locator('.vue-flow__pane').click({ position: { x: 700, y: 900 } });
		await this.page.keyboard.press('Shift+Alt+T');
		await this.page.keyboard.press('1');
	}

	/** Publishes the workflow that is open. */
	async publish(button: string): Promise<void> {
		const opens = this.at('workflow-open-publish-modal-button');
		await opens.getByText(button, { exact: true }).or(opens).first().click();
		const dialog = this.page.getByRole('dialog').last();
		// Until it is answered, addresses of the workflow may lead nowhere.
		const published = this.page.waitForResponse((answer) => answer.url().endsWith('/activate'));
		await dialog.getByRole('button', { name: button, exact: true }).click();
		await published;
		await dialog.waitFor({ state: 'hidden' });
	}

	/** Enters a color. */
	async fillColor(label: string, value: string): Promise<void> {
		await this.under(label).locator('input').last().fill(value);
		await this.page.keyboard.press('Tab');
	}

	/** Closes the panel that is open. */
	async close(): Promise<void> {
		await this.at('ndv-close-button').click();
		await this.at('ndv').waitFor({ state: 'hidden' });
		// n8n's key for "zoom to fit": else the last step may lie outside.
		await this.page.keyboard.press('1');
	}

	/** Executes the workflow; the page that it opens, once it asks for something. */
	async execute(button: string): Promise<Page> {
		const opened = this.page.context().waitForEvent('page');
		await this.page.getByRole('button', { name: button }).last().click();
		const page = await opened;
		// The page may be there before the run waits for it: loaded again, it asks.
		for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
			const isAsking = await page
				.locator('input:visible')
				.first()
				.waitFor({ timeout: 10_000 })
				.then(
					() => true,
					() => false,
				);
			if (isAsking) return page;
			await page.reload();
		}
		throw new Error(`The page asks for nothing: ${await page.locator('body').innerText()}`);
	}

	/** Waits until n8n says that the workflow ran to its end. */
	async untilDone(): Promise<void> {
		await this.page.getByText('Workflow executed successfully').waitFor();
	}

	/** Opens the step whose name begins with a text. */
	async open(name: string): Promise<void> {
		await this.page.locator(`[data-test-id=canvas-node][data-node-name^="${name}"]`).dblclick();
		await this.at('ndv').waitFor();
	}

	/** Opens a part of the panel that is open, by what its tab is called. */
	async turnTo(tab: string): Promise<void> {
		await this.page.locator('[data-test-id^="tab-"]').getByText(tab, { exact: true }).click();
	}

	/** A step on the canvas, with the ends of its lines. */
	private onCanvas(name: string): Locator {
		return this.page.locator('.vue-flow__node').filter({
			has: this.page.locator(`[data-node-name="${name}"]`),
		});
	}

	/** Draws a line from the only output of a step to another step. */
	async connect(name: string, to: string): Promise<void> {
		const output = this.onCanvas(name).locator(OUTPUT);
		await this.draw(output.last(), to);
	}

	/** Draws a line from the last output of the last step that was added to another step. */
	async connectLast(name: string): Promise<void> {
		await this.draw(this.page.locator(OUTPUT).last(), name);
	}

	private async draw(output: Locator, name: string): Promise<void> {
		const input = this.onCanvas(name).locator('.vue-flow__handle[data-handleid="inputs/main/0"]');
		const [from, to] = await Promise.all([output, input].map(async (end) => await middleOf(end)));
		const { mouse } = this.page;
		await mouse.move(from!.x, from!.y);
		await mouse.down();
		await mouse.move(to!.x, to!.y, { steps: 20 });
		await mouse.up();
	}

	/** Opens the last step that was added, whose output has a text. */
	async openLast(text: string): Promise<void> {
		await this.at('canvas-node').last().dblclick();
		await this.at('output-panel').getByText(text, { exact: true }).first().waitFor();
	}
}

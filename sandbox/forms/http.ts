import axios from 'axios';
import { type HTMLElement, parse } from 'node-html-parser';
import { until } from '../support/poll';
import type { Answers, FormDriver, FormPage } from './driver';
import { RegistrationPage } from './httpRegistration';

/** A field of a page: its name on the wire, and what is sent when nothing is entered. */
interface Field {
	name: string;
	label: string;
	required: boolean;
	/** The choices of checkboxes and radio buttons, which n8n sends as a JSON list. */
	choices?: string[];
	initial: string;
}

/** What n8n may answer to a page: where the run waits, or where it sends the browser. */
interface Answer {
	formWaitingUrl?: string;
	redirectURL?: string;
}

/**
 * Fills in n8n's forms without a browser, sending what the script of n8n's own pages
 * (n8n/templates/form-trigger.handlebars) sends.
 */
export class HttpFormDriver implements FormDriver {
	private url = new URL('about:blank');
	private document: HTMLElement = parse('');
	/** Where that is open. */
	private page?: RegistrationPage;
	/** With what the address was opened. */
	private auth?: { username: string; password: string };

	async open(url: string): Promise<FormPage> {
		this.url = new URL(url);
		const { username, password } = this.url;
		this.auth = username === '' ? this.auth : { username, password };
		// As a browser shows it.
		Object.assign(this.url, { username: '', password: '' });
		return await this.load();
	}

	async submit(answers: Answers): Promise<FormPage> {
		if (this.page) return await this.page.submit(answers);
		const fields = readFields(this.document);
		refuseUnknown(answers, fields);
		const form = new FormData();
		for (const field of fields) form.append(field.name, wireValue(field, answers[field.label]));
		for (const hidden of this.document.querySelectorAll('input[type=hidden][name^=field-]')) {
			form.append(hidden.id, valueOf(hidden));
		}

		const { data } = await axios.post<Answer | string>(this.url.href, form, {
			auth: this.auth,
		});
		if (typeof data === 'string' && data !== '') return this.show(data);
		const { redirectURL, formWaitingUrl } = data === '' ? {} : (data as Answer);
		if (redirectURL) return await this.open(new URL(redirectURL, this.url).href);
		// Only the first page says where the run waits; from then on the address stays.
		if (formWaitingUrl) this.url = new URL(formWaitingUrl);
		await this.untilNextPage();
		return await this.load();
	}

	async reload(): Promise<FormPage> {
		return await this.load();
	}

	get address(): string {
		return this.url.href;
	}

	/** The choices of a field of the page that is open. */
	choices(label: string): string[] {
		return readFields(this.document).find((field) => field.label === label)?.choices ?? [];
	}

	async close(): Promise<void> {}

	private async load(): Promise<FormPage> {
		const { data, request } = await axios.get<string>(this.url.href, { auth: this.auth });
		// Wherever it was led to, as a browser is then.
		this.url = new URL((request as { res: { responseUrl: string } }).res.responseUrl);
		const page = this.show(data);
		this.page = RegistrationPage.is(this.document)
			? new RegistrationPage(this.url, this.document)
			: undefined;
		if (this.page) return this.page.read();
		// The last page tells n8n that it was seen, upon which the run ends.
		if (!page.isForm) await axios.post(this.url.href);
		return page;
	}

	private show(html: string): FormPage {
		this.document = parse(html);
		const isForm = this.document.querySelector('#n8n-form') !== null;
		const header = this.document.querySelector(isForm ? '.form-header' : '.header');
		return {
			title: textOf(header?.querySelector('h1')),
			text: textOf(header?.querySelector('p')),
			isForm,
		};
	}

	private async untilNextPage(): Promise<void> {
		const status = new URL(this.url);
		status.pathname += '/n8n-execution-status';
		await until(
			'the next page of the form',
			async () => {
				const { data } = await axios.get<string>(status.href);
				if (data === 'form-waiting') return true;
				if (data === 'running' || data === 'new') return undefined;
				throw new Error(`The form has no next page: its run ended with the status '${data}'`);
			},
			120,
		);
	}
}

const textOf = (element: HTMLElement | null | undefined) => element?.structuredText.trim() ?? '';

function readFields(document: HTMLElement): Field[] {
	return document.querySelectorAll('.inputs-wrapper > div').flatMap((group): Field[] => {
		const label = group.querySelector('label.form-label');
		const input = group.querySelector('.multiselect, [name^=field-]');
		if (!label || !input) return [];
		const boxes = group.querySelectorAll('.multiselect-checkbox');
		return [
			{
				name: input.id,
				label: label.text.trim(),
				required: label.classList.contains('form-required'),
				choices: input.classList.contains('multiselect') ? boxes.map(valueOf) : undefined,
				initial:
					boxes.filter((box) => box.hasAttribute('checked')).map(valueOf)[0] ?? valueOf(input),
			},
		];
	});
}

const valueOf = (input: HTMLElement) => input.getAttribute('value') ?? '';

/** @throws Error when a required field is empty, as the page's own script would say */
function wireValue(
	{ label, required, choices, initial }: Field,
	answer: Answers[string] = initial,
): string | File {
	if (answer instanceof File) return answer;
	const given = [answer].flat().filter((value) => value !== '');
	if (required && given.length === 0) throw new Error(`'${label}' has to be filled in`);
	const unknown = choices && given.find((choice) => !choices.includes(choice));
	if (unknown) throw new Error(`'${label}' has no choice '${unknown}'`);
	return choices ? JSON.stringify(given) : String(answer);
}

function refuseUnknown(answers: Answers, fields: Field[]): void {
	const labels = fields.map(({ label }) => label);
	const unknown = Object.keys(answers).find((label) => !labels.includes(label));
	if (unknown) throw new Error(`The page has no field '${unknown}', but: ${labels.join(', ')}`);
}

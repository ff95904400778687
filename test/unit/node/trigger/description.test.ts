import type { INodeProperties } from 'n8n-workflow';
import { StampsRegistrationFormTrigger } from '../../../../nodes/StampsRegistrationFormTrigger/StampsRegistrationFormTrigger.node';

/** What people save of the trigger: it has to go on working. */

const { description, webhookMethods } = new StampsRegistrationFormTrigger();

const saved = (properties: INodeProperties[]) =>
	properties.map(({ name, type, default: standard }) => [name, type, standard]);

test('the parameters, their kinds and what they are at first', () => {
	expect(saved(description.properties)).toEqual([
		['authentication', 'options', 'none'],
		['path', 'string', ''],
		['formTitle', 'string', 'Open a Stamps.com account'],
		['formDescription', 'string', ''],
		['termsText', 'string', 'I accept the terms of Stamps.com and USPS.'],
		['termsUrl', 'string', ''],
		['responseMode', 'options', 'lastNode'],
		['options', 'collection', {}],
	]);
	const options = description.properties.at(-1)!.options as INodeProperties[];
	expect(saved(options)).toEqual([
		['accentColor', 'color', '#2f5bd8'],
		['buttonLabel', 'string', 'Open Account'],
		['endText', 'string', 'Your registration has arrived.'],
		['endTitle', 'string', 'Thank you'],
		['optionalFields', 'multiOptions', ['company_name', 'address_line2']],
		['redirectUrl', 'string', ''],
	]);
});

test('options and choices stand in the order of the alphabet', () => {
	const lists = description.properties.flatMap(({ options = [] }) => [
		options,
		...options.map((option) => ('options' in option ? (option.options ?? []) : [])),
	]);
	for (const list of lists) {
		const names = list.map((each) => ('displayName' in each ? each.displayName : each.name));
		expect(names).toEqual([...names].sort());
	}
});

test('the page and what it sends have one address', () => {
	expect(description.webhooks).toMatchObject([
		{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', isFullPath: true },
		{ name: 'default', httpMethod: 'POST', isFullPath: true },
	]);
	const [page, sent] = description.webhooks!;
	expect(page!.path).toBe(sent!.path);
});

test('each credential is tested when it is saved', () => {
	expect(description.credentials).toMatchObject([
		{ name: 'shipEngineCardSealApi', testedBy: 'checkCardSeal' },
		{ name: 'shipEnginePageLoginApi', testedBy: 'checkPageLogin' },
	]);
});

test('to publish the workflow, nothing has to be registered anywhere', async () => {
	const { checkExists, create, delete: remove } = webhookMethods.default;
	expect(await Promise.all([checkExists(), create(), remove()])).toEqual([true, true, true]);
});

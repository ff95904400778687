import { StampsOnboardingTrigger } from '../../../../nodes/StampsOnboardingTrigger/StampsOnboardingTrigger.node';

const { description, webhookMethods } = new StampsOnboardingTrigger();

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

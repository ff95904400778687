import { SEAL_SECRET } from '../../../support/sealing';
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

const PARAMETERS = { path: 'open', access: 'anyone', termsText: '', termsUrl: '', options: {} };

const publish = async (credentials: Record<string, object>, parameters: object = {}) => {
	const { create } = webhookMethods.default;
	const given: Record<string, unknown> = { ...PARAMETERS, ...parameters };
	return await create.call({
		getNodeParameter: (name: string, fallback: unknown) => given[name] ?? fallback,
		getCredentials: async (name: string) => credentials[name],
		getMode: () => 'trigger',
		getNode: () => ({ name: 'Page', type: 'x', typeVersion: 1, parameters: {} }),
	} as never);
};

test('to publish the workflow, nothing is registered anywhere', async () => {
	const { checkExists, delete: remove } = webhookMethods.default;
	expect([await checkExists(), await remove()]).toEqual([false, true]);
	expect(await publish({ shipEngineCardSealApi: { secret: SEAL_SECRET } })).toBe(true);
});

test('but what the page lacks is told whoever publishes it', async () => {
	await expect(publish({ shipEngineCardSealApi: { secret: 'a'.repeat(40) } })).rejects.toThrow(
		"The 'Secret' of the 'ShipEngine Card Seal' credential could be guessed",
	);
	const seal = { shipEngineCardSealApi: { secret: SEAL_SECRET } };
	await expect(publish(seal, { termsUrl: 'terms' })).rejects.toThrow(
		"'Terms URL' must be an address",
	);
});

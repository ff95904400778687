import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type INodeProperties, type INodeTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import codex from '../../../../nodes/ShipEngine/ShipEngine.node.json';
import { EFFECTS } from '../../../../nodes/ShipEngine/step/effects';
import packageJson from '../../../../package.json';
import { NODE_OPERATIONS } from '../../../faults/steps';
import { NODE, STEPS, credentialsFor, node, parametersOf, shownBy } from './panels';

const ROOT = join(__dirname, '../../../..');

const { description } = node;
const { properties } = description;

const namesOf = (fields: Array<{ name: string }>) => fields.map(({ name }) => name).sort();

describe('the node', () => {
	test('has its fixed names', () => {
		expect([packageJson.name, description.displayName]).toEqual([
			'n8n-nodes-shipengine',
			'ShipEngine',
		]);
		expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
	});

	test('has one input and one output, and two different pictures that are there', () => {
		expect([description.inputs, description.outputs]).toEqual([['main'], ['main']]);
		const { light, dark } = description.icon as { light: string; dark: string };
		const pictures = [light, dark].map((icon) =>
			readFileSync(join(ROOT, 'nodes/ShipEngine', icon.replace('file:', '')), 'utf8'),
		);
		expect(pictures[0]).toMatch(/^<svg/);
		expect(pictures[1]).toMatch(/^<svg/);
		expect(pictures[0]).not.toBe(pictures[1]);
	});

	test('has methods for all that the description names', () => {
		const searches = properties.flatMap(({ modes = [] }) =>
			modes.map(({ typeOptions }) => typeOptions?.searchListMethod),
		);
		expect(new Set(searches.filter((name) => name !== undefined))).toEqual(
			new Set(Object.keys(node.methods.listSearch)),
		);
		const tests = (description.credentials ?? []).map(({ testedBy }) => testedBy);
		expect(tests.filter((name) => name !== undefined)).toEqual(
			Object.keys(node.methods.credentialTest),
		);
	});
});

describe.each(STEPS)('$title', ({ resource, operation, set }) => {
	const own = () =>
		shownBy(description, set).filter(({ name }) => !['resource', 'operation'].includes(name));

	test('its name stands under the step', () => {
		const step = { ...NODE, parameters: parametersOf(description, set) };
		const workflow = new Workflow({
			nodes: [step],
			connections: {},
			active: false,
			nodeTypes: { getByNameAndVersion: () => node } as unknown as INodeTypes,
		});
		const { subtitle = '' } = description;
		const shows = workflow.expression.getSimpleParameterValue(step, subtitle, 'internal', {});
		expect(shows).toBe(operation.name);
	});

	test('n8n makes a step of it with what the panel shows, and nothing else', () => {
		const { resource: of, operation: does, ...rest } = parametersOf(description, set);
		expect({ resource: of, operation: does }).toEqual(set);
		expect(Object.keys(rest).sort()).toEqual(namesOf(own()));
	});

	test('asks for all that has neither a choice nor may be empty', () => {
		const optional = [
			...['agreeToCarrierTerms', 'confirmLiveCharge', 'companyName', 'addressLine2', 'limit'],
		];
		const kinds = ['options', 'collection', 'boolean', 'notice', 'hidden'];
		for (const { name, type, hint, required = false } of own()) {
			// What may be left empty to the chain says so.
			const isOfChain = /^Empty: /.test(String(hint));
			const isAsked = !optional.includes(name) && !kinds.includes(type) && !isOfChain;
			expect([name, required]).toEqual([name, isAsked]);
		}
	});

	test('names its options in the order of the alphabet', () => {
		for (const { type, options } of own()) {
			if (type !== 'collection') continue;
			const labels = (options as INodeProperties[]).map(({ displayName }) => displayName);
			expect(labels).toEqual([...labels].sort((one, other) => one.localeCompare(other)));
		}
	});

	test('says before it is run what it does to money and accounts that stay gone', () => {
		const notices = own().filter(
			({ type, name }) => type === 'notice' && name !== 'readableNotice',
		);
		const effect = EFFECTS[operation.does];
		expect(notices.map(({ displayName }) => displayName)).toEqual(
			effect.notice === undefined ? [] : [effect.notice],
		);
		if (['charges', 'takesAway'].includes(operation.does)) expect(notices).toHaveLength(1);
	});

	test('if it changes something, meets every fault in a real n8n', () => {
		const isHeld = Object.values(NODE_OPERATIONS).some(
			(step) => step.resource === resource.value && step.operation === operation.value,
		);
		// To give a login or a sub-account its state a second time does no harm.
		expect(isHeld).toBe(!['reads', 'makesLink', 'changesAccess'].includes(operation.does));
	});
});

describe('register shows', () => {
	const ALWAYS = [
		...['resource', 'operation', 'options'],
		...['dataMode', 'cardSource', 'ifNicknameExists'],
	];
	const CARD = /^card[NET]/;

	test.each([
		['defineBelow', 'parameters', { account: true, card: true }, []],
		['defineBelow', 'credential', { account: true }, ['shipEnginePaymentCardApi']],
		['defineBelow', 'none', { account: true }, []],
		['defineBelow', 'sealed', { account: true, sealed: true }, ['shipEngineCardSealApi']],
		['autoMapInputData', 'parameters', {}, []],
		['autoMapInputData', 'credential', {}, ['shipEnginePaymentCardApi']],
		['autoMapInputData', 'none', {}, []],
		['autoMapInputData', 'sealed', { sealed: true }, ['shipEngineCardSealApi']],
	])('for %s and a card of %s', (dataMode, cardSource, own, cardCredentials) => {
		const set = { operation: 'register', dataMode, cardSource };
		const shown = namesOf(shownBy(description, set));
		expect(shown).toEqual(expect.arrayContaining(ALWAYS));
		const { account = false, card = false, sealed = false } = own as Record<string, boolean>;
		expect([
			['nickname', 'phone', 'addressLine1'].every((name) => shown.includes(name)),
			shown.some((name) => CARD.test(name)),
			shown.includes('sealedCard'),
		]).toEqual([account, card, sealed]);
		expect(Object.keys(parametersOf(description, set)).sort()).toEqual(shown);
		expect(credentialsFor(description, set)).toEqual(['shipEngineApi', ...cardCredentials]);
	});

	test('first what decides on the rest, or costs a second account', () => {
		expect(
			shownBy(description, { operation: 'register' })
				.slice(0, 5)
				.map(({ name }) => name),
		).toEqual(['resource', 'operation', 'cardSource', 'dataMode', 'ifNicknameExists']);
	});

	test.each(['sendVerification', 'confirmVerification'])(
		'no card credential for %s, even where one was chosen before',
		(operation) => {
			const set = parametersOf(description, { operation, cardSource: 'credential' });
			expect(credentialsFor(description, set)).toEqual(['shipEngineApi']);
		},
	);

	test('a card that was typed in stays in no step that takes it from elsewhere', () => {
		const typed = {
			operation: 'register',
			cardSource: 'parameters',
			cardNumber: '4111111111111111',
		};
		for (const other of [
			{ cardSource: 'credential' },
			{ cardSource: 'none' },
			{ dataMode: 'autoMapInputData' },
			{ operation: 'sendVerification' },
		]) {
			expect(parametersOf(description, { ...typed, ...other })).not.toHaveProperty('cardNumber');
		}
		expect(parametersOf(description, typed)).toHaveProperty('cardNumber', '4111111111111111');
	});
});

describe('n8n', () => {
	test.each([
		['defineBelow', 'parameters', true],
		['defineBelow', 'none', true],
		['autoMapInputData', 'parameters', false],
	])('asks for what is required for %s and a card of %s: %s', (dataMode, cardSource, asks) => {
		const set = { resource: 'stampsAccount', operation: 'register', dataMode, cardSource };
		const step = { ...NODE, parameters: parametersOf(description, set) };
		const { parameters: issues = {} } =
			NodeHelpers.getNodeParametersIssues(properties, step, description) ?? {};
		expect('nickname' in issues).toBe(asks);
		expect('cardNumber' in issues).toBe(asks && cardSource === 'parameters');
		expect(issues).not.toHaveProperty('companyName');
	});

	test.each(['sendVerification', 'confirmVerification'])(
		'has nothing to complain of in %s as it is dropped',
		(operation) => {
			const set = { resource: 'stampsAccount', operation };
			const step = { ...NODE, parameters: parametersOf(description, set) };
			expect(NodeHelpers.getNodeParametersIssues(properties, step, description)).toBeNull();
		},
	);
});

describe('the carrier', () => {
	const all = STEPS.flatMap(({ set }) =>
		shownBy(description, set).filter(({ name }) => name === 'carrierId'),
	);
	const modes = () => all[0]?.modes ?? [];

	test('is picked from a list or given by its ID', () => {
		expect(namesOf(modes())).toEqual(['id', 'list']);
		expect(modes().find(({ name }) => name === 'list')?.typeOptions).toMatchObject({
			searchListMethod: 'searchStampsCarriers',
			searchable: true,
		});
	});

	test.each([
		['se-123890', true],
		['se-abc-1', true],
		['SE-1', true],
		['car_12-x', true],
		['se-', false],
		['se--1', false],
		['123890', false],
		['se-1/verification', false],
		['se-1 ', false],
	])("as an ID '%s' is fine: %s", (id, fine) => {
		const validation = modes().find(({ name }) => name === 'id')?.validation?.[0];
		if (!validation || !('properties' in validation)) throw new Error('No form');
		const { regex } = validation.properties as { regex: string };
		expect(new RegExp(regex).test(id)).toBe(fine);
	});

	test('is the same for all steps that have one, but for where it may come from', () => {
		const bare = { displayOptions: undefined, hint: undefined };
		const [first, ...others] = all.map((field) => ({ ...field, ...bare }));
		expect(others.length).toBeGreaterThan(0);
		expect(new Set(all.map(({ hint }) => hint))).toEqual(
			new Set([
				'Empty: from the item, or from an earlier ShipEngine step',
				"Empty: the item's 'carrier_id'",
			]),
		);
		for (const other of others) expect(other).toEqual(first);
	});
});

describe('the codex', () => {
	test('has the resources without which n8n drops it', () => {
		const { primaryDocumentation, credentialDocumentation } = codex.resources;
		for (const { url } of [...primaryDocumentation, ...credentialDocumentation]) {
			expect(url).toMatch(/^https:\/\//);
		}
		expect([primaryDocumentation.length, credentialDocumentation.length]).toEqual([1, 1]);
	});

	test('has categories that n8n knows', () => {
		const known = ['Sales', 'Miscellaneous', 'Utility', 'Communication', 'Finance & Accounting'];
		expect(codex.categories.length).toBeGreaterThan(0);
		for (const category of codex.categories) expect(known).toContain(category);
	});

	test.each(['usps', 'stamps.com', 'shipstation', 'postage'])("is found by '%s'", (word) => {
		expect(codex.alias).toContain(word);
	});
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypes,
	NodeHelpers,
	Workflow,
} from 'n8n-workflow';
import { ShipEngineApi } from '../../../../credentials/ShipEngineApi.credentials';
import { ShipEnginePaymentCardApi } from '../../../../credentials/ShipEnginePaymentCardApi.credentials';
import { ShipEngineStampsLoginApi } from '../../../../credentials/ShipEngineStampsLoginApi.credentials';
import codex from '../../../../nodes/ShipEngine/ShipEngine.node.json';
import { ShipEngine } from '../../../../nodes/ShipEngine/ShipEngine.node';
import { fromItemOrEarlierStep } from '../../../../nodes/ShipEngine/input/defaults';
import { resources } from '../../../../nodes/ShipEngine/resources';
import packageJson from '../../../../package.json';

const ROOT = join(__dirname, '../../../..');

const node = new ShipEngine();
const { description } = node;
const { properties } = description;

/** The names that others rely on, with their defaults. */
const CARRIER = { mode: 'id', value: fromItemOrEarlierStep('carrier_id') };
const SUB_ACCOUNT = { mode: 'id', value: fromItemOrEarlierStep('account_id') };
const ACCOUNT = {
	nickname: '',
	email: '',
	agreeToCarrierTerms: false,
	name: '',
	phone: '',
	companyName: '',
	addressLine1: '',
	addressLine2: '',
	cityLocality: '',
	stateProvince: '',
	postalCode: '',
	countryCode: 'US',
	addressResidentialIndicator: 'unknown',
};
const CARD = {
	cardName: '',
	cardNumber: '',
	cardType: 'detect',
	cardExpirationYear: '',
	cardExpirationMonth: '',
};
const FIELDS: Record<string, Record<string, unknown>> = {
	'stampsAccount:register': {
		dataMode: 'defineBelow',
		cardSource: 'parameters',
		ifNicknameExists: 'fail',
		...ACCOUNT,
		...CARD,
		options: {},
	},
	'stampsAccount:sendVerification': {
		carrierId: CARRIER,
		phone: fromItemOrEarlierStep('phone'),
		verificationType: 'sms',
		options: {},
	},
	'stampsAccount:confirmVerification': {
		carrierId: CARRIER,
		verificationId: fromItemOrEarlierStep('verification_id'),
		verificationCode: '={{ $json.verification_code }}',
		options: {},
	},
	'cardSeal:getPublicKey': { cardSource: 'sealed' },
	'subAccount:create': {
		externalAccountId: '={{ $json.external_account_id }}',
		ifExternalAccountIdExists: 'fail',
		additionalFields: {},
		options: {},
	},
	'subAccount:get': { accountId: SUB_ACCOUNT, options: {} },
	'subAccount:getAll': { returnAll: false, limit: 50, options: {} },
	'subAccount:enable': { accountId: SUB_ACCOUNT, options: {} },
	'subAccount:disable': { accountId: SUB_ACCOUNT, options: {} },
	'carrier:get': { carrierId: CARRIER, simplify: true, options: {} },
	'carrier:getAll': { returnAll: false, limit: 50, simplify: true, options: {} },
	'carrier:check': { carrierId: CARRIER, options: {} },
	'carrier:addFunds': {
		fundsNotice: '',
		carrierId: CARRIER,
		amount: 10,
		maximumAmount: 0,
		confirmLiveCharge: false,
		options: {},
	},
	'carrier:connectExisting': {
		nickname: '={{ $json.nickname }}',
		ifNicknameExists: 'fail',
		stampsLogin: 'credential',
		options: {},
	},
	'carrier:updateLogin': { carrierId: CARRIER, stampsLogin: 'credential', options: {} },
	'carrier:disconnect': { disconnectNotice: '', carrierId: CARRIER, options: {} },
};
const OPERATIONS: Array<[step: string, name: string]> = [
	['stampsAccount:register', 'Register Stamps Account'],
	['stampsAccount:sendVerification', 'Send Verification'],
	['stampsAccount:confirmVerification', 'Confirm Verification'],
	['cardSeal:getPublicKey', 'Get Public Key'],
	['subAccount:create', 'Create'],
	['subAccount:get', 'Get'],
	['subAccount:getAll', 'Get Many'],
	['subAccount:enable', 'Enable'],
	['subAccount:disable', 'Disable'],
	['carrier:get', 'Get'],
	['carrier:getAll', 'Get Many'],
	['carrier:check', 'Check'],
	['carrier:addFunds', 'Add Funds'],
	['carrier:connectExisting', 'Connect Existing'],
	['carrier:updateLogin', 'Update Login'],
	['carrier:disconnect', 'Disconnect'],
];

/** What a step has of an operation: the resource as well, which is no default but for the first. */
function stepOf(step: string) {
	const [resource = '', operation = ''] = step.split(':');
	return { resource, operation };
}
const CHOICES: Array<[operation: string, field: string, values: string[]]> = [
	['stampsAccount:register', 'dataMode', ['defineBelow', 'autoMapInputData']],
	['stampsAccount:register', 'cardSource', ['parameters', 'credential', 'none', 'sealed']],
	['stampsAccount:register', 'addressResidentialIndicator', ['unknown', 'yes', 'no']],
	['stampsAccount:register', 'ifNicknameExists', ['fail', 'registerAnother', 'returnExisting']],
	[
		'stampsAccount:register',
		'cardType',
		['detect', 'Visa', 'MasterCard', 'AmericanExpress', 'Discover'],
	],
	['stampsAccount:sendVerification', 'verificationType', ['sms']],
	['subAccount:create', 'ifExternalAccountIdExists', ['fail', 'returnExisting']],
	['carrier:connectExisting', 'ifNicknameExists', ['fail', 'returnExisting']],
];
/** Never for a sub-account: those are the partner's own. */
const PARTNER_OPTIONS = { timeout: 60, maxConcurrency: 5, maxWait: 120 };
const OPTIONS = { onBehalfOf: '', ...PARTNER_OPTIONS };
const OPTIONS_OF: Array<[operation: string, options: Record<string, unknown>]> = [
	['stampsAccount:register', { ...OPTIONS, sealedCardMaxAge: 24 }],
	['stampsAccount:sendVerification', OPTIONS],
	['stampsAccount:confirmVerification', OPTIONS],
	['carrier:addFunds', OPTIONS],
	['subAccount:create', PARTNER_OPTIONS],
	['subAccount:getAll', PARTNER_OPTIONS],
];

const NODE: INode = {
	id: '1',
	name: 'ShipEngine',
	type: 'n8n-nodes-shipengine.shipEngine',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The parameters that n8n has for a step of which these are set. */
const parameters = (set: INodeParameters, returnHidden = false) =>
	NodeHelpers.getNodeParameters(properties, set, true, returnHidden, NODE, description) ?? {};

/** The fields that n8n shows for a step of which these are set. */
function shown(set: INodeParameters): INodeProperties[] {
	const all = parameters(set, true);
	return properties.filter((property) =>
		NodeHelpers.displayParameter({ ...all, ...set }, property, NODE, description),
	);
}

const namesOf = (fields: Array<{ name: string }>) => fields.map(({ name }) => name).sort();

const choicesOf = (field: INodeProperties | undefined) =>
	(field?.options ?? []) as INodePropertyOptions[];

const field = (operation: string, name: string) => {
	const found = shown(stepOf(operation)).filter((each) => each.name === name);
	if (found.length !== 1) throw new Error(`${found.length} fields named ${name}`);
	return found[0]!;
};

describe('the node', () => {
	test('has its fixed names', () => {
		expect([
			packageJson.name,
			description.name,
			description.displayName,
			description.version,
		]).toEqual(['n8n-nodes-shipengine', 'shipEngine', 'ShipEngine', 1]);
		expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
		expect(description.usableAsTool).toBe(true);
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

describe('resource and operations', () => {
	test.each(OPERATIONS)('under a node that does %s stands "%s"', (operation, name) => {
		const step = { ...NODE, parameters: parameters(stepOf(operation)) };
		const workflow = new Workflow({
			nodes: [step],
			connections: {},
			active: false,
			nodeTypes: { getByNameAndVersion: () => node } as unknown as INodeTypes,
		});
		const { subtitle = '' } = description;
		const shows = workflow.expression.getSimpleParameterValue(step, subtitle, 'internal', {});
		expect(shows).toBe(name);
	});

	test('the resources, of which the account is what a step has by default', () => {
		const resource = properties.find(({ name }) => name === 'resource');
		expect(choicesOf(resource)).toEqual([
			{ name: 'Stamps Account', value: 'stampsAccount' },
			{ name: 'Card Seal', value: 'cardSeal' },
			{ name: 'Sub-Account', value: 'subAccount' },
			{ name: 'Carrier', value: 'carrier' },
		]);
		expect(resource?.default).toBe('stampsAccount');
	});

	test.each([
		['stampsAccount', 'register'],
		['cardSeal', 'getPublicKey'],
		['subAccount', 'create'],
		['carrier', 'get'],
	])('the operations of %s, in the order of the chain', (resource, first) => {
		const operation = shown({ resource }).find(({ name }) => name === 'operation');
		expect(
			choicesOf(operation).map(({ value, name }) => [`${resource}:${String(value)}`, name]),
		).toEqual(OPERATIONS.filter(([step]) => stepOf(step).resource === resource));
		expect(operation?.default).toBe(first);
	});

	test('the list of nodes, the panel and the dispatch are of one table', () => {
		const table = resources.flatMap(({ operations }) => operations);
		expect(
			properties.filter(({ name }) => name === 'operation').flatMap((each) => choicesOf(each)),
		).toEqual(
			table.map(({ name, value, action, description: says }) => ({
				name,
				value,
				action,
				description: says,
			})),
		);
		expect(
			resources.flatMap(({ value: resource, operations }) =>
				operations.map(({ value }) => `${resource}:${value}`),
			),
		).toEqual(Object.keys(FIELDS));
	});

	test('each says what it makes anew: values of it that are older no longer count', () => {
		expect(resources.flatMap(({ operations }) => operations.map(({ makes }) => makes))).toEqual([
			['carrier_id', 'phone'],
			['verification_id'],
			[],
			[],
			['account_id', 'on_behalf_of'],
			[],
			[],
			[],
			[],
			[],
			[],
			[],
			[],
			['carrier_id'],
			[],
			[],
		]);
	});
});

describe.each(Object.entries(FIELDS))('%s', (operation, fields) => {
	test.each(Object.entries(fields))('%s has its default', (name, value) => {
		expect(field(operation, name).default).toEqual(value);
	});

	test('has no other field', () => {
		const own = shown(stepOf(operation)).filter(
			({ name }) => !['resource', 'operation'].includes(name),
		);
		expect(namesOf(own)).toEqual(Object.keys(fields).sort());
	});

	test.each(Object.keys(fields))('%s belongs to it alone', (name) => {
		expect(field(operation, name).displayOptions?.show).toMatchObject({
			resource: [stepOf(operation).resource],
			operation: [stepOf(operation).operation],
		});
	});

	test('shows nothing for another resource', () => {
		expect(namesOf(shown({ resource: 'other', operation: stepOf(operation).operation }))).toEqual([
			'resource',
		]);
	});

	test('is what n8n makes of a step as it is dropped', () => {
		const { resource, operation: own, ...rest } = parameters(stepOf(operation));
		expect({ resource, operation: own }).toEqual(stepOf(operation));
		expect(Object.keys(rest).sort()).toEqual(Object.keys(fields).sort());
		// n8n marks a resource locator by a key of its own.
		expect(rest).toMatchObject(fields);
	});
});

test.each(CHOICES)("%s: the choices of '%s'", (operation, name, values) => {
	expect(
		choicesOf(field(operation, name))
			.map(({ value }) => value)
			.sort(),
	).toEqual([...values].sort());
});

describe.each(OPTIONS_OF)('the options of %s', (operation, options) => {
	const given = () => field(operation, 'options').options as INodeProperties[];

	test('are these, with these defaults', () => {
		expect(Object.fromEntries(given().map((each) => [each.name, each.default]))).toEqual(options);
	});

	test('stand in the order of the alphabet', () => {
		const labels = given().map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort((one, other) => one.localeCompare(other)));
	});
});

describe('register shows', () => {
	const ALWAYS = [
		...['resource', 'operation', 'options'],
		...['dataMode', 'cardSource', 'ifNicknameExists'],
	];

	test.each([
		['defineBelow', 'parameters', [...Object.keys(ACCOUNT), ...Object.keys(CARD)], []],
		['defineBelow', 'credential', Object.keys(ACCOUNT), ['shipEnginePaymentCardApi']],
		['defineBelow', 'none', Object.keys(ACCOUNT), []],
		['defineBelow', 'sealed', [...Object.keys(ACCOUNT), 'sealedCard'], ['shipEngineCardSealApi']],
		['autoMapInputData', 'parameters', [], []],
		['autoMapInputData', 'credential', [], ['shipEnginePaymentCardApi']],
		['autoMapInputData', 'none', [], []],
		['autoMapInputData', 'sealed', ['sealedCard'], ['shipEngineCardSealApi']],
	])('for %s and a card of %s', (dataMode, cardSource, own, cardCredentials) => {
		const set = { operation: 'register', dataMode, cardSource };
		const expected = [...ALWAYS, ...own].sort();
		expect(namesOf(shown(set))).toEqual(expected);
		expect(Object.keys(parameters(set)).sort()).toEqual(expected);
		const credentials = (description.credentials ?? []).filter((credential) =>
			NodeHelpers.displayParameter(parameters(set), credential, NODE, description),
		);
		expect(namesOf(credentials)).toEqual(['shipEngineApi', ...cardCredentials]);
	});

	test('first what decides on the rest, or costs a second account', () => {
		expect(
			shown({ operation: 'register' })
				.slice(0, 5)
				.map(({ name }) => name),
		).toEqual(['resource', 'operation', 'cardSource', 'dataMode', 'ifNicknameExists']);
	});

	test.each(['stampsAccount:sendVerification', 'confirmVerification'])(
		'no card credential for %s, even where one was chosen before',
		(operation) => {
			const set = parameters({ operation, cardSource: 'credential' });
			const credentials = (description.credentials ?? []).filter((credential) =>
				NodeHelpers.displayParameter(set, credential, NODE, description),
			);
			expect(namesOf(credentials)).toEqual(['shipEngineApi']);
		},
	);

	test('a card that was typed in stays in no step that takes it from elsewhere', () => {
		const typed = { operation: 'register', cardNumber: '4111111111111111' };
		for (const other of [
			{ cardSource: 'credential' },
			{ cardSource: 'none' },
			{ dataMode: 'autoMapInputData' },
			{ operation: 'sendVerification' },
		]) {
			expect(parameters({ ...typed, ...other })).not.toHaveProperty('cardNumber');
		}
		expect(parameters(typed)).toHaveProperty('cardNumber', '4111111111111111');
	});
});

describe('required fields', () => {
	const OPTIONAL = [
		'dataMode',
		'ifNicknameExists',
		'cardSource',
		'agreeToCarrierTerms',
		'companyName',
		'addressLine2',
		'addressResidentialIndicator',
		'cardType',
		'verificationType',
		'ifExternalAccountIdExists',
		'additionalFields',
		'returnAll',
		'limit',
		'simplify',
		'confirmLiveCharge',
		'disconnectNotice',
		'fundsNotice',
		'stampsLogin',
		'options',
	];

	test.each(OPERATIONS)('%s: all but those that have a choice, or may be empty', (operation) => {
		for (const { name, required } of shown(stepOf(operation))) {
			if (['resource', 'operation'].includes(name)) continue;
			expect([name, required ?? false]).toEqual([name, !OPTIONAL.includes(name)]);
		}
	});

	test.each([
		['defineBelow', 'parameters', true],
		['defineBelow', 'none', true],
		['autoMapInputData', 'parameters', false],
	])('n8n asks for them for %s and a card of %s: %s', (dataMode, cardSource, asks) => {
		const set = { resource: 'stampsAccount', operation: 'register', dataMode, cardSource };
		const step = { ...NODE, parameters: parameters(set) };
		const { parameters: issues = {} } =
			NodeHelpers.getNodeParametersIssues(properties, step, description) ?? {};
		expect('nickname' in issues).toBe(asks);
		expect('cardNumber' in issues).toBe(asks && cardSource === 'parameters');
		expect(issues).not.toHaveProperty('companyName');
	});

	test.each(['stampsAccount:sendVerification', 'confirmVerification'])(
		'%s has nothing to complain of as it is dropped',
		(operation) => {
			const step = { ...NODE, parameters: parameters(stepOf(operation)) };
			expect(NodeHelpers.getNodeParametersIssues(properties, step, description)).toBeNull();
		},
	);
});

describe('the carrier', () => {
	const modes = () => field('stampsAccount:sendVerification', 'carrierId').modes ?? [];

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

	test('is the same for all steps', () => {
		const [send, ...others] = Object.entries(FIELDS)
			.filter(([, fields]) => 'carrierId' in fields)
			.map(([operation]) => ({ ...field(operation, 'carrierId'), displayOptions: undefined }));
		expect(others).toHaveLength(6);
		for (const other of others) expect(other).toEqual(send);
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

describe('wording', () => {
	interface Wording {
		path: string;
		labels: string[];
		sentences: string[];
		placeholders: string[];
	}

	const isOption = (
		each: INodeProperties | INodePropertyOptions | INodePropertyCollection,
	): each is INodePropertyOptions => 'value' in each;

	/** What is written on a field and on all that is in it. */
	function wordingOf(property: INodeProperties, path = ''): Wording[] {
		const here = `${path}${property.name}`;
		const { displayName, description: says, placeholder, modes = [], options = [] } = property;
		const hint = property.hint;
		const isNotice = property.type === 'notice';
		return [
			{
				path: here,
				labels: [...(isNotice ? [] : [displayName]), ...modes.map((mode) => mode.displayName)],
				sentences: [says, hint, isNotice ? displayName : undefined].filter(
					(text) => text !== undefined,
				),
				placeholders: [placeholder, ...modes.map((mode) => mode.placeholder)].filter(
					(text) => text !== undefined,
				),
			},
			...options.flatMap((each) =>
				isOption(each)
					? [
							{
								path: `${here}.${String(each.value)}`,
								labels: [each.name],
								sentences: each.description === undefined ? [] : [each.description],
								placeholders: [],
							},
						]
					: wordingOf(each as INodeProperties, `${here}.`),
			),
		];
	}

	const ALL = [
		...OPERATIONS.flatMap(([operation]) =>
			shown(stepOf(operation)).flatMap((property) => wordingOf(property, `${operation}.`)),
		),
		...[
			new ShipEngineApi(),
			new ShipEnginePaymentCardApi(),
			new ShipEngineStampsLoginApi(),
		].flatMap(({ name, properties: fields }) =>
			fields.flatMap((property) => wordingOf(property, `${name}.`)),
		),
	].map((wording): [string, Wording] => [wording.path, wording]);

	const SMALL = ['a', 'an', 'and', 'as', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to'];

	test.each(ALL)('%s: labels in Title Case', (_path, { labels }) => {
		for (const label of labels) {
			const [first, ...rest] = label.split(' ');
			expect(first).toMatch(/^[A-Z]/);
			for (const word of rest) expect(word).toMatch(SMALL.includes(word) ? /./ : /^[A-Z(\d]/);
		}
	});

	test.each(ALL)('%s: sentences that begin as such', (_path, { sentences }) => {
		for (const sentence of sentences) {
			expect(sentence).toMatch(/^[A-Z']/);
			// A single sentence goes without its full stop, as n8n's own do.
			const isSingle = !/[.!?] /.test(sentence);
			expect(/\.$/.test(sentence)).toBe(!isSingle);
			expect(sentence).not.toMatch(/\s\s|undefined|\bTODO\b/);
		}
	});

	test.each(ALL)('%s: placeholders are examples or invitations', (_path, { placeholders }) => {
		for (const placeholder of placeholders) {
			expect(placeholder).toMatch(/^(e\.g\. \S|Select an? .*\.\.\.$|Add (option|field)$)/i);
		}
	});

	test.each(OPERATIONS)('%s: the action in sentence case, naming its resource', (operation) => {
		const { resource, operation: own } = stepOf(operation);
		const choice = choicesOf(shown({ resource }).find(({ name }) => name === 'operation')).find(
			({ value }) => value === own,
		);
		expect(choice?.action).toMatch(/^[A-Z][a-z]+( [a-z-]+)+$/);
		const named = resources.find(({ value }) => value === resource)!.name.toLowerCase();
		expect(choice?.action).toMatch(new RegExp(`\\b${named}s?\\b`));
		expect(choice?.action).not.toMatch(/\b(a|an|the)\b/);
		expect(choice?.description).toMatch(/^[A-Z].*[^.]$/);
	});

	test('a switch says whether', () => {
		const switches = properties.filter(({ type }) => type === 'boolean');
		expect(new Set(namesOf(switches))).toEqual(
			new Set(['agreeToCarrierTerms', 'confirmLiveCharge', 'returnAll', 'simplify']),
		);
		for (const { description: says } of switches) expect(says).toMatch(/^Whether /);
	});

	test('of placeholders for cards, keys or codes none is a real one', () => {
		expect(JSON.stringify([properties, new ShipEngineApi().properties])).not.toMatch(/\d{12}/);
	});
});

/**
 * The rooms of the node, and which others each may stand on. An arrow that is not here, or a circle,
 * fails `npm run lint`.
 *
 * @type {Record<string, string[]>}
 */
const ROOMS = {
	values: [],
	failures: ['values'],
	api: ['failures', 'values'],
	input: ['failures', 'values'],
	seal: ['failures', 'values'],
	onboarding: ['seal', 'input', 'failures', 'values'],
	step: ['api', 'input', 'failures', 'values'],
	accounts: ['step', 'api', 'input', 'failures', 'values'],
	resources: ['accounts', 'step', 'api', 'input', 'onboarding', 'seal', 'failures', 'values'],
	credentialTests: ['api', 'input', 'seal', 'failures', 'values'],
};

const NODE = 'nodes/ShipEngine';

const TRIGGER = 'nodes/StampsOnboardingTrigger';

/** What the trigger and its page share with the node: how things are checked, told and sealed. */
const SHARED = `${NODE}/((values|failures|input|onboarding|seal)/|credentialTests/checkCardSeal)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-circle',
			comment: 'Two files that need each other are one idea, or a third one is missing.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		...Object.entries(ROOMS).map(([room, others]) => ({
			name: `${room}-stands-on`,
			comment: `${room}/ stands on ${others.join(', ') || 'nothing'} and on nothing else of the node.`,
			severity: 'error',
			from: { path: `^${NODE}/${room}/` },
			to: {
				path: '^[^/]+/',
				pathNot: [`^${NODE}/(${[room, ...others].join('|')})/`, '^node_modules/'],
			},
		})),
		{
			name: 'no-unknown-room',
			comment: 'A new room needs its line in ROOMS.',
			severity: 'error',
			from: { path: `^${NODE}/[^/]+/`, pathNot: `^${NODE}/(${Object.keys(ROOMS).join('|')})/` },
			to: {},
		},
		{
			name: 'trigger-stands-on',
			comment: 'The trigger knows what is common to all steps, and what a registration has.',
			severity: 'error',
			from: { path: `^${TRIGGER}/` },
			to: { path: '^[^/]+/', pathNot: `^(${TRIGGER}/|${SHARED}|node_modules/)` },
		},
		{
			name: 'page-stands-on',
			comment:
				'The page runs the checks of node and trigger, and reads the settings that the trigger gives it.',
			severity: 'error',
			from: { path: '^page/.*\\.ts$' },
			to: {
				path: '^[^/]+/',
				pathNot: `^(page/|${SHARED}|${TRIGGER}/(page(Settings|Fields)|words/)|node_modules/)`,
			},
		},
		{
			name: 'nothing-stands-on-the-trigger',
			comment: 'It begins workflows, and n8n alone calls it. The page knows its settings.',
			severity: 'error',
			from: { pathNot: `^(${TRIGGER}|page)/` },
			to: { path: `^${TRIGGER}/` },
		},
		{
			name: 'product-stands-alone',
			comment:
				'What is published needs nothing that only serves development; the page comes as text.',
			severity: 'error',
			from: { pathNot: '^page/' },
			to: { path: '^(sandbox|test|page)/' },
		},
		{
			name: 'resources-stand-alone',
			comment: 'No resource knows another one. What they share is a room of its own.',
			severity: 'error',
			from: { path: `^${NODE}/resources/([^/]+)/` },
			to: {
				path: `^${NODE}/resources/[^/]+/`,
				pathNot: `^${NODE}/resources/$1/`,
			},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		// Types too: who reads one file has to read the other.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};

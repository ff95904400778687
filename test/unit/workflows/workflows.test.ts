import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import {
	IMAGES,
	type Pictured,
	STEPS_FILE,
	apiCredential,
	CARD_ACCOUNT,
	exampleWorkflows,
	hashOf,
	partnerCredential,
	SEAL_ACCOUNT,
} from '../../../sandbox/examples/contents';
import { visitorCredential } from '../../../sandbox/examples/callers';
import { DECLINED_CARD } from '../../../sandbox/api';

/** What can be said of the example workflows without running them. */

const README = readFileSync(path.join(IMAGES, '../README.md'), 'utf8');

const pictured = JSON.parse(readFileSync(STEPS_FILE, 'utf8')) as Record<string, Pictured>;

const NO_KEY = { apiKey: '', baseUrl: '' };

const NAMES: Record<string, string[]> = {
	shipEngineApi: [apiCredential(NO_KEY).name, partnerCredential(NO_KEY).name],
	shipEnginePaymentCardApi: [CARD_ACCOUNT],
	shipEngineCardSealApi: [SEAL_ACCOUNT],
	shipEnginePageLoginApi: [visitorCredential.name],
};

interface SwitchParameters {
	rules: { values: unknown[] };
	options: { fallbackOutput?: string };
}

test('each is in its picture, and there is a picture of nothing else', () => {
	expect(Object.keys(pictured).sort()).toEqual(exampleWorkflows().map(({ file }) => file));
});

describe.each(exampleWorkflows())('$file', ({ file, workflow }) => {
	const steps = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');

	test('its picture shows it as it is', () => {
		expect(existsSync(path.join(IMAGES, `${file}.png`))).toBe(true);
		expect(pictured[file]).toEqual({
			hash: hashOf(workflow),
			steps: steps.map(({ name }) => name).sort(),
		});
	});

	test('it has a page in the README, with the picture', () => {
		expect(README).toContain(`(${file}.json)`);
		expect(README).toContain(`(images/${file}.png)`);
	});

	test('it is explained by notes, and every step is connected', () => {
		expect(workflow.nodes.length - steps.length).toBeGreaterThan(0);
		const ends = Object.values(workflow.connections).flatMap(({ main = [] }) =>
			main.flatMap((outputs) => outputs ?? []).map(({ node }) => node),
		);
		const connected = new Set([...Object.keys(workflow.connections), ...ends]);
		expect(steps.map(({ name }) => name).filter((name) => !connected.has(name))).toEqual([]);
	});

	test('no output leads nowhere', () => {
		const outputsOf = ({ type, onError, parameters }: INode) => {
			if (type === 'n8n-nodes-base.if') return 2;
			if (type === 'n8n-nodes-base.switch') {
				const { rules, options } = parameters as unknown as SwitchParameters;
				return rules.values.length + (options.fallbackOutput === 'extra' ? 1 : 0);
			}
			return onError === 'continueErrorOutput' ? 2 : 0;
		};
		const connectedOf = ({ name }: INode) =>
			(workflow.connections[name]?.main ?? []).filter((ends) => ends?.length).length;
		const open = steps.filter((step) => connectedOf(step) < outputsOf(step));
		expect(open.map(({ name }) => name)).toEqual([]);
	});

	test('it names its credentials and holds nothing of them', () => {
		for (const { credentials = {} } of steps) {
			for (const [type, credential] of Object.entries(credentials)) {
				expect(credential).toEqual({ id: null, name: expect.any(String) });
				expect(NAMES[type] ?? [credential.name]).toContain(credential.name);
			}
		}
		const text = JSON.stringify(workflow);
		expect(text).not.toMatch(/\b(TEST_|live_)\w{8}/);
		expect(text).not.toMatch(/\b\d(?:[ -]?\d){12,18}\b/);
		expect(text).not.toContain(DECLINED_CARD);
	});

	test('nothing of a run came along', () => {
		expect(workflow).toHaveProperty('pinData', {});
		expect(workflow).not.toHaveProperty('staticData');
		expect(workflow).not.toHaveProperty('active');
	});
});

import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import packageJson from '../../../../package.json';
import { STEPS, credentials, credentialsFor, node, shownBy, trigger } from './panels';

/*
 * What people have saved has to go on working. The snapshot holds every name, value and default of both
 * nodes and all credentials. A new line in it does no harm. A line that is changed or gone changes or
 * breaks workflows: do that on purpose, and tell of it in CHANGELOG.md. To write it anew, and to see in
 * `git diff` what has changed:
 *
 *     npx jest --selectProjects unit --testPathPatterns description -u
 */

/** One line: what workflows and credentials hold of a parameter, or what n8n needs to read it; no texts. */
function kept(property: INodeProperties): string {
	const { name, type, default: value, options, modes, displayOptions } = property;
	const { required, noDataExpression, typeOptions } = property;
	const when = Object.entries(displayOptions?.show ?? {}).filter(
		([key]) => !['resource', 'operation'].includes(key),
	);
	const choices = (options ?? []).map((option) => {
		if ('value' in option) return String(option.value);
		return 'type' in option ? kept(option) : option.name;
	});
	return [
		`${name}: ${type} = ${JSON.stringify(value)}`,
		required && 'required',
		noDataExpression && 'takes no expression',
		typeOptions?.password && 'hidden as it is typed',
		choices.length > 0 && `[${choices.sort().join(' | ')}]`,
		modes && `modes ${modes.map((mode) => mode.name).join(', ')}`,
		when.length > 0 && `when ${JSON.stringify(Object.fromEntries(when))}`,
	]
		.filter(Boolean)
		.join(', ');
}

/** In an order of their own: where a field stands in the panel breaks nothing. */
const linesOf = (properties: INodeProperties[]) => properties.map(kept).sort();

/** The fields of an operation of the node, whatever else is set. */
const fieldsOf = ({ resource, operation }: (typeof STEPS)[number]['set']) =>
	node.description.properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation),
	);

const headOf = ({ name, version, usableAsTool, credentials: needed }: INodeTypeDescription) => ({
	name,
	version,
	usableAsTool,
	credentials: needed?.map((each) => each.name),
});

test('the names, versions and credentials of both nodes', () => {
	expect([node, trigger].map(({ description }) => headOf(description))).toMatchSnapshot();
});

test('the operations of each resource, of which the first is the default', () => {
	const lists = node.description.properties
		.filter(({ name }) => ['resource', 'operation'].includes(name))
		.map(kept);
	expect(lists).toMatchSnapshot();
});

test.each(STEPS)('$title', ({ set, operation: { does, makes, output } }) => {
	expect({
		does,
		makes: makes.join(', '),
		output: JSON.stringify(output),
		credentials: credentialsFor(node.description, set).join(', '),
		fields: linesOf(fieldsOf(set)),
	}).toMatchSnapshot();
});

test('no field belongs to two operations, or to none', () => {
	const all = STEPS.flatMap(({ set }) => fieldsOf(set));
	expect(new Set(all).size).toBe(all.length);
	const others = node.description.properties.filter((property) => !all.includes(property));
	expect(new Set(others.map(({ name }) => name))).toEqual(new Set(['resource', 'operation']));
});

test('Stamps Onboarding Trigger', () => {
	expect(linesOf(trigger.description.properties)).toMatchSnapshot();
});

test.each(credentials)('the credential $name', ({ properties }) => {
	expect(linesOf(properties)).toMatchSnapshot();
});

test('the package has no other credential', () => {
	const files = packageJson.n8n.credentials.map((file) => /(\w+)\.credentials/.exec(file)?.[1]);
	expect(credentials.map(({ constructor }) => constructor.name)).toEqual(files);
});

test('shows nothing for a resource that it does not know', () => {
	for (const { set } of STEPS) {
		const shown = shownBy(node.description, { ...set, resource: 'other' });
		expect(shown.map(({ name }) => name)).toEqual(['resource']);
	}
});

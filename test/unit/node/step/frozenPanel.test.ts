import type { INodeProperties } from 'n8n-workflow';
import { ShipEngineApi } from '../../../../credentials/ShipEngineApi.credentials';
import { ShipEngineCardSealApi } from '../../../../credentials/ShipEngineCardSealApi.credentials';
import { ShipEnginePaymentCardApi } from '../../../../credentials/ShipEnginePaymentCardApi.credentials';
import { ShipEngineStampsLoginApi } from '../../../../credentials/ShipEngineStampsLoginApi.credentials';
import { ShipEngine } from '../../../../nodes/ShipEngine/ShipEngine.node';
import frozen from './frozenPanel.json';

/** What workflows and credentials hold of a parameter, or what n8n needs to read it: no texts. */
function kept(property: INodeProperties): object {
	const { name, type, default: value, options, modes, displayOptions } = property;
	const { required, noDataExpression } = property;
	const choices = (options ?? []).map((option) => {
		if ('value' in option) return option.value;
		return 'type' in option ? kept(option) : option.name;
	});
	return {
		name,
		type,
		default: value,
		...(required && { required }),
		...(noDataExpression && { noDataExpression }),
		...(options && { options: choices }),
		...(modes && { modes: modes.map((mode) => mode.name) }),
		...(displayOptions && { displayOptions }),
	};
}

/** In an order of their own: it does not matter where a field stands in the panel, nor in the file. */
const sorted = (parameters: object[]) =>
	parameters.map((each) => JSON.stringify(each)).sort((one, other) => (one < other ? -1 : 1));

/*
 * What people have saved has to go on working. Where this fails, a change of the panel would change
 * or break their workflows: make it on purpose, put it into frozenPanel.json, and tell of it in
 * CHANGELOG.md. A new parameter with a default does no harm.
 */
test.each([
	['node', new ShipEngine().description.properties],
	['shipEngineApi', new ShipEngineApi().properties],
	['shipEngineCardSealApi', new ShipEngineCardSealApi().properties],
	['shipEnginePaymentCardApi', new ShipEnginePaymentCardApi().properties],
	['shipEngineStampsLoginApi', new ShipEngineStampsLoginApi().properties],
] as const)(
	'the names, values and defaults that people have saved of %s are as they were',
	(name, properties) => {
		expect(sorted(properties.map(kept))).toEqual(sorted(frozen[name]));
	},
);

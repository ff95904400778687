import type { INodeProperties } from 'n8n-workflow';
import { ShipEngineApi } from '../../../../credentials/ShipEngineApi.credentials';
import { ShipEnginePaymentCardApi } from '../../../../credentials/ShipEnginePaymentCardApi.credentials';
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

/** In an order that does not depend on where a field stands in the panel. */
const all = (properties: INodeProperties[]) =>
	properties.map(kept).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/*
 * What people have saved has to go on working. Where this fails, a change of the panel would change
 * or break their workflows: make it on purpose, put it into frozenPanel.json, and tell of it in
 * CHANGELOG.md. A new parameter with a default does no harm.
 */
test('the names, values and defaults that people have saved are as they were', () => {
	const panel = {
		node: all(new ShipEngine().description.properties),
		shipEngineApi: all(new ShipEngineApi().properties),
		shipEnginePaymentCardApi: all(new ShipEnginePaymentCardApi().properties),
	};
	expect(JSON.parse(JSON.stringify(panel))).toEqual(frozen);
});

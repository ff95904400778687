import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { Checklist } from '../../../../nodes/ShipEngine/input/checklist';
import type { Item } from '../../../../nodes/ShipEngine/input/item';
import { checkExpressions } from '../../../../nodes/ShipEngine/input/tools';

const FIELD: INodeProperties = { displayName: 'Phone', name: 'phone', type: 'string', default: '' };
const CHOICE: INodeProperties = {
	...FIELD,
	name: 'terms',
	displayName: 'Terms',
	noDataExpression: true,
};

/** How many items the steps put out. */
const STEPS: Record<string, number> = { Form: 1, "Ann's form": 1, List: 3 };

/** What is wrong with a tool in which the fields are set so. */
function wrongWith(set: Record<string, unknown>, ...properties: INodeProperties[]) {
	const checklist = new Checklist();
	const context = {
		evaluateExpression: (expression: string) => {
			const [, step = ''] = /^\{\{ \$\('(.*)'\)\.all\(\)\.length \}\}$/.exec(expression)!;
			const count = STEPS[step.replaceAll('\\', '')];
			if (count === undefined) throw new Error('No such step');
			return count;
		},
	} as unknown as IExecuteFunctions;
	const asSet = (name: string) => set[name] ?? '';
	checkExpressions({ context, index: 0, checklist, asSet } as unknown as Item, properties);
	return checklist.mistakes.map(({ code }) => code);
}

const ofPhone = (value: unknown) => wrongWith({ phone: value }, FIELD);

test.each([
	'5124854282',
	'$json.phone costs $5',
	'={{ $fromAI("phone", "ask for it, it costs $5", "string") }}',
	"={{ $fromAI('phone') }}",
	'={{ $fromAi("phone") }}{{ $fromai("phone") }}',
	"={{ $('Form').first().json.phone }}",
	"={{ $('List').all()[2].json.phone }}",
	"={{ $('Form').item.json.phone }}",
	"={{ $('Ann\\'s form').item.json.phone }}",
	"={{ $('Ann\\'s form').last().json.phone }}",
	'={{ $("Ann\'s form").item.json.phone }}',
	'={{ $vars.phone }}',
	'={{ $now.toISO() }}',
	'={{ "512" + "4854282" }}',
	"={{ $fromAI('carrier_id', `The ID of this account, if it's at $shop`, 'string') }}",
	"={{ $fromAI('phone', 'It is this item, $json') }} and {{ $('Form').first().json.this }}",
	"={{ $('Get item').first().json.item.phone }}",
	"=it's {{ $fromAI('phone') }}, isn't it?",
	7,
	true,
	null,
])('may stand in a tool: %s', (value) => {
	expect(ofPhone(value)).toEqual([]);
});

test.each([
	'={{ $json.phone }}',
	'={{$json["phone"]}}',
	'={{ $fromAI("phone") || $json.phone }}',
	'={{ $input.item.json.phone }}',
	'={{ $input.first().json.phone }}',
	'={{ $data.phone }}',
	'={{ $item(0).$json.phone }}',
	'={{ $node["Form"].json.phone }}',
	'={{ $items("Form")[0].json.phone }}',
	'={{ $binary.phone }}',
	'={{ $parameter.phone }}',
	'={{ $prevNode.name }}',
	'={{ $evaluateExpression("{{ $json.phone }}") }}',
	'={{ $jmespath($json, "phone") }}',
	'={{ $if(true, "1", "2") }}',
	'={{ this.$json.phone }}',
	'={{ this["$js" + "on"].phone }}',
	"=it's {{ $json.phone }}, isn't it?",
	"={{ /* it's */ $json.phone + 'x' }}",
	"={{ /'/.test('') + $json.phone + ' ' }}",
	"={{ '}}' + $json.phone + '{{' }}",
	'={{ \\u0024json.phone }}',
	'={{ \\u{24}json.phone }}',
	'={{ `${$json.phone}` }}',
	"={{ $('Fo' + 'rm').first().json.phone }}",
	"={{ $($fromAI('step')).first().json.phone }}",
	"={{ $fromAI('pho' + 'ne') }}",
	'={{ $fromAI($now) }}',
	'call =5 {{ $json.phone }}'.replace('call ', ''),
])('what a model says unasked may not: %s', (value) => {
	expect(ofPhone(value)).toEqual(['not_in_tool']);
});

test.each([
	"={{ $('List').item.json.phone }}",
	"={{ $('Form').item.json.phone + $('List').item.json.phone }}",
	"={{ $('List')?.item.json.phone }}",
	"={{ $('List')?.['item'].json.phone }}",
	"={{ $('List') /* all */ .item.json.phone }}",
	"={{ $('List').itemMatching(0).json.phone }}",
	"={{ $('List').pairedItem().json.phone }}",
	"={{ $('No such step').item.json.phone }}",
	"={{ $('Form').item.json.phone + $('List')['item'].json.phone }}",
	"={{ $('Form')['item'].json.phone }}",
])('n8n may take the first item for all: %s', (value) => {
	expect(ofPhone(value)).toEqual(['item_of_several']);
});

test('the same in whatever depth', () => {
	const carrier = { __rl: true, mode: 'id', value: '={{ $json.carrier_id }}' };
	expect(ofPhone(carrier)).toEqual(['not_in_tool']);
	expect(ofPhone({ rows: [{ id: '={{ $json.id }}' }] })).toEqual(['not_in_tool']);
});

test('what a person has to set takes no expression at all', () => {
	for (const value of ['={{ true }}', '={{ $fromAI("terms") }}']) {
		expect(wrongWith({ terms: value }, CHOICE)).toEqual(['not_set_by_person']);
	}
	expect(wrongWith({ terms: true }, CHOICE)).toEqual([]);
});

test.each(['resource', 'operation'])('no model chooses the %s', (name) => {
	expect(wrongWith({ [name]: '={{ $fromAI("it") }}' })).toEqual(['not_set_by_person']);
	expect(wrongWith({ [name]: 'check' })).toEqual([]);
});

test('of two variants of a field, that of tools counts', () => {
	const ofSteps = { ...FIELD, name: 'terms' };
	const set = { terms: '={{ $fromAI("terms") }}' };
	expect(wrongWith(set, ofSteps, CHOICE)).toEqual(['not_set_by_person']);
});

import { OpenCharges } from '../../../../nodes/ShipEngine/accounts/openCharges';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import type { Run } from '../../../../nodes/ShipEngine/step/run';

const FAILED = 'The funds were not added';

/** What one execution knows. */
function execution() {
	const flow = {};
	const context = { getContext: () => flow, getNode: () => ({ name: 'Add' }) };
	return new OpenCharges({ context, memory: { run: 0, lineage: 'one' } } as unknown as Run, FAILED);
}

const carrier = (index: number) => `se-${index}`;

function failureOf(act: () => unknown): Failure {
	try {
		act();
	} catch (thrown) {
		if (thrown instanceof Failure) return thrown;
	}
	throw new Error('It did not fail');
}

test('an ID is of letters that are told apart, and another one each time', () => {
	const charges = execution();
	const ids = Array.from({ length: 1_000 }, () => charges.begin('se-1'));
	expect(new Set(ids).size).toBe(ids.length);
	for (const id of ids) expect(id).toMatch(/^chg_[a-km-z]{10}$/);
});

test('with a thousand charges open, no other carrier is charged until one is closed', () => {
	const charges = execution();
	const ids = Array.from({ length: 1_000 }, (_none, index) => {
		const id = charges.begin(carrier(index));
		charges.noteLost(id, carrier(index), 10, index);
		return id;
	});
	expect(failureOf(() => charges.begin('se-other')).details).toMatchObject({
		message: `${FAILED}: 1000 charges are open`,
		reasons: [{ code: 'too_many_open_charges' }],
	});

	// Whichever carrier the step runs for, it closes all that was said.
	execution().settle('se-other', 0, new Map([[ids[7]!, 'charged']]));
	expect(charges.begin('se-other')).toMatch(/^chg_/);
	execution().settle('se-other', 0, new Map(ids.map((id) => [id, 'notCharged'])));
	for (const index of ids.keys()) {
		expect(() => execution().settle(carrier(index), 0, new Map())).not.toThrow();
	}
});

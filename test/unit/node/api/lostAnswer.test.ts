import { outcomeOf } from '../../../../nodes/ShipEngine/api/answer';
import { whatBecame } from '../../../../nodes/ShipEngine/api/lostAnswer';
import { parseNoBody } from '../../../../nodes/ShipEngine/api/noBody';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';

/** Waits that take no time, and what they were asked for. */
function quick(cancelled?: AbortSignal) {
	const waits = new Waits(cancelled);
	const pauses: number[] = [];
	jest.spyOn(waits, 'pause').mockImplementation(async (pause) => {
		waits.refuseIfOver();
		pauses.push(pause);
	});
	return { waits, pauses };
}

describe('what became of a lost answer', () => {
	test('is seen at the first look', async () => {
		const { waits, pauses } = quick();
		const look = jest.fn(async () => 'found');
		expect(await whatBecame(waits, look)).toBe('found');
		expect([pauses, look.mock.calls.length]).toEqual([[0], 1]);
	});

	test('is seen at the second one, when the API has taken its time', async () => {
		const { waits, pauses } = quick();
		const looks = [undefined, 'found'];
		expect(await whatBecame(waits, async () => looks.shift())).toBe('found');
		expect(pauses).toEqual([0, 2_000]);
	});

	test('is looked for once more where a look fails', async () => {
		const { waits } = quick();
		const look = jest.fn().mockRejectedValueOnce(new Error('No answer')).mockResolvedValue('found');
		expect(await whatBecame(waits, look)).toBe('found');
	});

	test('is not known where nothing shows it', async () => {
		const { waits, pauses } = quick();
		expect(await whatBecame(waits, async () => undefined)).toBeUndefined();
		expect(pauses).toEqual([0, 2_000]);
	});

	test('is not known, and is no failure, where the execution was canceled', async () => {
		const execution = new AbortController();
		execution.abort();
		const look = jest.fn();
		expect(await whatBecame(quick(execution.signal).waits, look)).toBeUndefined();
		expect(look).not.toHaveBeenCalled();
	});
});

describe('an answer without a body', () => {
	const outcome = (status: number, body: string) =>
		outcomeOf({ status, headers: {}, body }, parseNoBody);

	test('204 tells that it was done', () => {
		expect(outcome(204, '')).toEqual({ value: true });
	});

	test.each(['', '{}', '<html>', '[]', 'true'])('200 with %j does not tell', (body) => {
		expect(outcome(200, body)).toMatchObject({ situation: 'unusable' });
	});

	test('errors in a 2xx do not tell that it was not done', () => {
		const errors = [{ error_code: 'unspecified', message: 'The carrier did not answer.' }];
		const body = JSON.stringify({ errors });
		expect(outcome(200, body)).toMatchObject({ situation: 'unusable' });
		expect(outcome(400, body)).toMatchObject({ situation: 'refused' });
	});
});

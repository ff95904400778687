import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { Failure, asFailure } from '../../../../nodes/ShipEngine/failures/failure';
import { simpleField } from '../../../../nodes/ShipEngine/input/field';
import { reading, writing } from '../../../../nodes/ShipEngine/step/declare';
import type { KeyType } from '../../../../nodes/ShipEngine/values/keyType';
import type { Memory, Wish } from '../../../../nodes/ShipEngine/step/memory';
import type { Run } from '../../../../nodes/ShipEngine/step/run';
import { carrierId, verificationCode } from '../../../../nodes/ShipEngine/values/identifiers';
import { requiredText } from '../../../../nodes/ShipEngine/values/validation';

const property = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

const FIELDS = {
	carrierId: simpleField(property('Carrier', 'carrierId'), carrierId),
	code: simpleField(property('Code', 'code'), verificationCode),
};

const SHOWN = {
	name: 'Try',
	value: 'try',
	action: 'Try carrier',
	description: 'Try something',
	output: { carrier_id: 'string' },
} as const;

const WORDS = { failed: 'It was not done', unknown: 'It may have been done', ifUnknown: 'Look.' };

const PARAMETERS = {
	carrierId: 'se-1',
	code: '123456',
	options: { onBehalfOf: 'se-5', timeout: 7 },
};

/** A run of one item with these parameters, the requests it sends, and what its memory was told. */
function aRun(parameters: object = {}, once?: Memory['once'], keyType: KeyType = 'partner') {
	const set: Record<string, unknown> = { ...PARAMETERS, ...parameters };
	const sent: IDataObject[] = [];
	const wishes: Wish[] = [];
	const context = {
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: string, _itemIndex: number, fallback?: unknown) =>
			set[name] ?? fallback,
	} as unknown as IExecuteFunctions;
	const run = {
		context,
		earlierSteps: {
			find: () => undefined,
			ofPartner: () => undefined,
			nearest: () => undefined,
			disabled: () => undefined,
		},
		api: {
			keyType: async () => keyType,
			checkOnlyTo: async () => {},
			async send(request: IDataObject) {
				sent.push(request);
				return 'answer';
			},
		},
		memory: {
			once:
				once ??
				(async (_itemIndex: number, wish: Wish, act: () => Promise<IDataObject>) => {
					wishes.push(wish);
					return await act();
				}),
		},
	} as unknown as Run;
	return { run, sent, wishes };
}

/** Prepares the item, and acts. */
async function done(operation: ReturnType<typeof reading>, run: Run) {
	const act = await operation.prepare(0, run);
	return await act();
}

const READ = { path: '/v1/x', parse: () => 'x' };

const read = (
	more: Partial<Parameters<typeof reading<{ carrierId: string; code: string }>>[0]> = {},
) =>
	reading<{ carrierId: string; code: string }>({
		...SHOWN,
		failed: WORDS.failed,
		fields: FIELDS,
		act: async ({ carrierId: carrier_id }, api) => ({ carrier_id, told: await api.read(READ) }),
		...more,
	});

describe('an operation that reads', () => {
	test('sends its requests with the carrier, the sub-account and the timeout of the item', async () => {
		const { run, sent } = aRun();
		const output = await done(read(), run);
		expect(sent).toMatchObject([
			{
				...{ kind: 'read', carrierId: 'se-1', onBehalfOf: 'se-5', timeout: 7 },
				words: { failed: WORDS.failed },
			},
		]);
		expect(output).toEqual({ carrier_id: 'se-1', told: 'answer', on_behalf_of: 'se-5' });
	});

	test('names the sub-account in each item of a list', async () => {
		const list = read({ act: async () => [{ one: 1 }, { two: 2 }] });
		expect(await done(list, aRun().run)).toEqual([
			{ one: 1, on_behalf_of: 'se-5' },
			{ two: 2, on_behalf_of: 'se-5' },
		]);
	});

	test('names none where it acts for the account of the key', async () => {
		const { run } = aRun({ options: {} }, undefined, 'own');
		expect(await done(read(), run)).toEqual({ carrier_id: 'se-1', told: 'answer' });
	});

	test('tells all that is wrong with an item, before anything is sent', async () => {
		const { run, sent } = aRun({ code: 'x', options: { timeout: 0 } }, undefined, 'own');
		const failure = (await read().prepare(0, run).catch(asFailure)) as Failure;
		expect(failure.details.message).toBe('It was not done: 2 fields need to be corrected');
		expect(failure.details.reasons.map(({ code }) => code)).toEqual([
			'not_verification_code',
			'not_seconds',
		]);
		expect(failure.details.carrierId).toBe('se-1');
		expect(sent).toEqual([]);
	});

	test('of the partner itself has no sub-account to act for', async () => {
		const operation = read({
			isOfPartner: true,
			act: async (_given, api) => ({ account_id: 5, told: await api.read(READ) }),
		});
		const { run, sent } = aRun();
		// It is about one: later steps act for it.
		expect(await done(operation, run)).toEqual({
			account_id: 5,
			told: 'answer',
			on_behalf_of: '5',
		});
		expect(sent[0]).not.toHaveProperty('onBehalfOf');
		expect(operation.output).toEqual({ carrier_id: 'string', on_behalf_of: 'string' });
		expect(operation.makes).toEqual(['on_behalf_of']);
		expect(optionsOf(operation)).toEqual(['maxConcurrency', 'maxWait', 'timeout']);
		expect(optionsOf(read())).toContain('onBehalfOf');
		expect(read().output).toEqual({ carrier_id: 'string', 'on_behalf_of?': 'string' });
	});
});

const optionsOf = ({ fields }: ReturnType<typeof reading>) =>
	fields
		.filter(({ name }) => name === 'options')
		.flatMap(({ options }) => (options as INodeProperties[]).map(({ name }) => name));

interface Given {
	carrierId: string;
	code: string;
}

const write = (more: Partial<Parameters<typeof writing<Given, { carrier_id: string }>>[0]> = {}) =>
	writing<Given, { carrier_id: string }>({
		...SHOWN,
		does: 'charges',
		words: WORDS,
		fields: FIELDS,
		subject: ({ carrierId: carrier_id }) => ({ carrier_id }),
		act: async (_given, { api, subject }) => {
			await api.write({ ...READ, method: 'POST' });
			return subject;
		},
		...more,
	});

describe('an operation that changes something', () => {
	test('is remembered by what it is about, for whom', async () => {
		const { run, wishes, sent } = aRun();
		expect(await done(write(), run)).toEqual({ carrier_id: 'se-1', on_behalf_of: 'se-5' });
		expect(wishes).toEqual([
			{
				subject: { carrier_id: 'se-1', on_behalf_of: 'se-5' },
				isRepeatable: false,
			},
		]);
		expect(sent).toMatchObject([{ kind: 'write', method: 'POST', words: WORDS }]);
	});

	test('says how often the same may be wanted, and what tells attempts apart', async () => {
		const { run, wishes } = aRun();
		const operation = write({
			...({ isRepeatable: true, isRefusalFinal: true, madeAnew: 'carrier_id' } as const),
			secret: ({ code }) => code,
		});
		await done(operation, run);
		expect(wishes).toMatchObject([
			{ isRepeatable: true, isRefusalFinal: true, madeAnew: 'carrier_id', secret: '123456' },
		]);
	});

	test('that cannot find out what became of a lost attempt leaves it to the memory', async () => {
		const once = jest.fn(async () => ({}));
		await done(write(), aRun({}, once).run);
		expect(once.mock.calls[0]).toHaveLength(4);
		expect((once.mock.calls[0] as unknown[])[3]).toBeUndefined();
	});

	test('that can is given the attempt, and what was wanted then', async () => {
		const lost = new Failure({ message: 'Maybe', description: 'Look.', reasons: [] });
		const once = (async (_index, _wish, _act, settle) =>
			await settle!(lost, { carrier_id: 'se-0' })) as Memory['once'];
		const seen: unknown[] = [];
		const operation = write({
			settles: true,
			act: async (given, { subject, lost: open }) => {
				seen.push(given, subject, open);
				return { carrier_id: subject.carrier_id };
			},
		});
		const output = await done(operation, aRun({}, once).run);
		expect(seen).toEqual([{ carrierId: 'se-1', code: '123456' }, { carrier_id: 'se-0' }, lost]);
		expect(output).toEqual({ carrier_id: 'se-0', on_behalf_of: 'se-5' });
	});

	test('that sets a state is not remembered: it is set each time', async () => {
		const once = jest.fn();
		const { run, sent } = aRun({}, once);
		expect(await done(write({ subject: undefined }), run)).toEqual({ on_behalf_of: 'se-5' });
		expect(once).not.toHaveBeenCalled();
		expect(sent).toHaveLength(1);
	});

	test('shows a notice where it charges, and what it makes anew', () => {
		expect(write().fields[0]).toMatchObject({ type: 'notice', name: 'notice' });
		expect(write({ does: 'texts' }).fields[0]).toMatchObject({ name: 'carrierId' });
		expect(write({ makes: ['carrier_id'] }).makes).toEqual(['carrier_id']);
		expect([write().makes, read().makes]).toEqual([[], []]);
	});

	test('shows its own fields, and its own options among those of all', () => {
		const own = simpleField(property('Own Option', 'ownOption'), requiredText);
		const fields = { ...FIELDS, own: { ...own, isOption: true as const } };
		const operation = write({ fields, does: 'texts' });
		expect(operation.fields.map(({ name }) => name)).toEqual(['carrierId', 'code', 'options']);
		expect(optionsOf(operation)).toEqual([
			...['maxConcurrency', 'maxWait', 'onBehalfOf', 'ownOption', 'partnersOwnAccount', 'timeout'],
		]);
	});
});

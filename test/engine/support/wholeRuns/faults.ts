import fc from 'fast-check';
import type { Fault, Operation } from '../../../../sandbox/api';

/** A fault, without where it happens; IDs of carriers as their places among those that are there. */
export type Trouble =
	| { kind: 'partialCarriers'; places: number[] }
	| Exclude<
			{
				[Kind in Fault['kind']]: Omit<Extract<Fault, { kind: Kind }>, 'operation' | 'times'>;
			}[Fault['kind']],
			{ kind: 'partialCarriers' }
	  >;

/** No fault: a later request is to meet the next one. */
const NONE: Trouble = { kind: 'delayBefore', ms: 0 };

/** Longer than every timeout of these tests, in milliseconds. */
export const LONGEST_DELAY = 450;

const delay = fc.constantFrom(30, 150, LONGEST_DELAY);

/** Seconds: none, within the wait that is allowed, and beyond it; and an HTTP date that is past. */
const retryAfter = fc.constantFrom<Array<number | string | undefined>>(
	...[0, 1, 2, 300, undefined, 'Wed, 21 Oct 2015 07:28:00 GMT'],
);

const plain = (kinds: Array<Exclude<Trouble, { kind: 'partialCarriers' }>['kind']>) =>
	fc.constantFrom(...kinds).map((kind) => ({ kind }) as Trouble);

/** What can happen to a request of any kind. */
const usual = fc.oneof(
	{ weight: 2, arbitrary: delay.map((ms): Trouble => ({ kind: 'delayBefore', ms })) },
	{ weight: 2, arbitrary: delay.map((ms): Trouble => ({ kind: 'delayAfter', ms })) },
	{
		weight: 3,
		arbitrary: retryAfter.map(
			(seconds): Trouble => ({
				kind: 'tooManyRequests',
				retryAfter: seconds,
			}),
		),
	},
	{
		weight: 10,
		arbitrary: plain([
			...(['dropBefore', 'dropAfter', 'serverErrorBefore', 'serverErrorAfter'] as const),
			...(['badGatewayBefore', 'badGatewayAfter', 'errorsOnly', 'errorsBeside'] as const),
			...(['truncatedJson', 'cutShort', 'emptyBody'] as const),
		]),
	},
	{
		weight: 1,
		arbitrary: fc
			.constantFrom(undefined, ' ', '-')
			.map((separator): Trouble => ({ kind: 'echoSecrets', separator })),
	},
	{ weight: 1, arbitrary: fc.constant<Trouble>({ kind: 'redirect', to: '/elsewhere' }) },
);

/** The answer's own field in other types. A list that leaves out what is there would be a lie, and no fault. */
const wrongType = (field: string, ...others: unknown[]) =>
	fc
		.constantFrom<unknown[]>(undefined, null, 5, true, {}, '', 'no ID', ...others)
		.map((value): Trouble => ({ kind: 'replaceFields', fields: { [field]: value } }));

/** Another number would be a lie. */
const noAccountId = fc
	.constantFrom<unknown[]>(undefined, null, true, {}, '', 'no ID', '../1', -1)
	.map((account_id): Trouble => ({ kind: 'replaceFields', fields: { account_id } }));

/** For any other: an answer that has no field has no type either. */
const NO_BODY = plain(['emptyBody']);

const ofOperation: Partial<Record<Operation, fc.Arbitrary<Trouble>>> = {
	register: wrongType('carrier_id', ['se-1'], 'se-1/../x'),
	send: wrongType('verification_id', ['vfn_1'], '../x'),
	confirm: fc.oneof(
		wrongType('verification_id'),
		fc.constantFrom('unverified', 'pending').map(
			(status): Trouble => ({
				kind: 'notVerified',
				status,
			}),
		),
	),
	carriers: fc.oneof(
		wrongType('carriers'),
		fc
			.uniqueArray(fc.nat(3), { maxLength: 2 })
			.map((places): Trouble => ({ kind: 'partialCarriers', places })),
	),
	// Another number would be a lie about the balance, and no fault.
	getCarrier: fc.oneof(
		wrongType('carrier_id'),
		fc
			.constantFrom<unknown[]>(undefined, null, true, {}, '', '7')
			.map((balance): Trouble => ({ kind: 'replaceFields', fields: { balance } })),
	),
	connect: wrongType('carrier_id', ['se-1'], 'se-1/../x'),
	updateLogin: wrongType('carrier_id'),
	addFunds: wrongType('balance', { amount: '10', currency: 'usd' }, { amount: 10 }),
	estimate: wrongType('list'),
	createSubAccount: noAccountId,
	subAccounts: wrongType('accounts'),
	getSubAccount: noAccountId,
	findSubAccount: noAccountId,
};

/** What the first requests of an operation meet, one after another. */
export const troubles = (operation: Operation, maxLength = 6): fc.Arbitrary<Trouble[]> =>
	fc.array(
		fc.oneof(
			{ weight: 300, arbitrary: fc.constant(NONE) },
			{ weight: 500, arbitrary: usual },
			{ weight: 100, arbitrary: ofOperation[operation] ?? NO_BODY },
			// Five megabytes take a while.
			{ weight: operation === 'carriers' ? 0 : 1, arbitrary: plain(['huge']) },
		),
		{ maxLength },
	);

/**
 * The faults as the stand-in takes them.
 *
 * @param ids - of the carriers that are there
 */
export const faultsOf = (operation: Operation, met: Trouble[], ids: string[] = []): Fault[] =>
	met.map((trouble) =>
		trouble.kind === 'partialCarriers'
			? {
					operation: 'carriers',
					kind: 'partialCarriers',
					without: trouble.places.flatMap((place) => ids[place] ?? []),
				}
			: ({ operation, ...trouble } as Fault),
	);

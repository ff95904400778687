import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { PAGE_ACCOUNT, PAGE_ADDRESS } from '../../../../nodes/StampsOnboardingTrigger/pageFields';
import type { PageSettings } from '../../../../nodes/StampsOnboardingTrigger/pageSettings';
import { stopAfter } from '../../../support/clock';
import { linkTo } from '../../../support/links';
import { type Answered, call, get, registrationWith, settingsOf } from './calling';

/**
 * Bodies of all kinds: whatever comes, a run starts for what is well-formed alone, nothing is thrown,
 * and nothing of what was refused is repeated. `npm run test:generated` makes 100,000 of them.
 */

const RUNS = Number(process.env.RUNS ?? 1_500);

const SEED = Number(process.env.SEED ?? 25);

const KEYS = [...PAGE_ACCOUNT, ...PAGE_ADDRESS].map(({ key }) => key);

/** What each refused text holds, so that it is found wherever it is repeated. */
const MARK = 'Zq7vXk2w';

const oddText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.constantFrom(
		...['', ' ', '{{ $json }}', '={{ 1 + 1 }}', '__proto__', 'constructor', '\u0000', '\ud800'],
		...['<script>alert(1)</script>', "' OR 1=1 --", '../../etc/passwd', '4111 1111 1111 1111'],
		...['[object Object]', 'null', 'true', '1e999', '-0', '\u202e', 'x'.repeat(5_000)],
	),
);

const marked = oddText.map((text) => `${MARK}${text}`);

const oddValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		marked,
		fc.double(),
		fc.boolean(),
		fc.constant(null),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(marked, tie('value'), { maxKeys: 3 }),
	),
})).value as fc.Arbitrary<unknown>;

/** What happens to a good body. */
type Change = (good: IDataObject) => unknown;

const key = fc.oneof(
	fc.constantFrom(
		...[...KEYS, 'pass', 'sealed_card', 'nickname', '__proto__', 'toString', 'renew'],
		...['link', 'verification_code', 'new_code', 'last_refusal', 'invitation'],
	),
	marked,
);

const changes: fc.Arbitrary<Change> = fc.oneof(
	// One field is another, or is added.
	fc.tuple(key, oddValue).map(
		([name, value]): Change =>
			(good) => ({ ...good, [name]: value }),
	),
	// One field is missing.
	fc.constantFrom(...KEYS, 'pass', 'sealed_card', 'link', 'verification_code', 'new_code').map(
		(name): Change =>
			(good) =>
				Object.fromEntries(Object.entries(good).filter(([each]) => each !== name)),
	),
	// Nothing of it is left.
	oddValue.map(
		(value): Change =>
			() =>
				value,
	),
	// The pass, the card or the link is damaged in one place.
	fc
		.tuple(
			fc.constantFrom('pass', 'sealed_card', 'link'),
			fc.nat(),
			fc.constantFrom('A', '.', '_', ''),
		)
		.map(
			([name, place, other]): Change =>
				(good) => {
					const text = String(good[name] ?? 'x');
					const at = place % text.length;
					return { ...good, [name]: text.slice(0, at) + other + text.slice(at + 1) };
				},
		),
	// Brackets without end.
	fc.integer({ min: 1, max: 20_000 }).map(
		(count): Change =>
			() =>
				'['.repeat(count),
	),
);

/** How a body gets to the node: as text, as text that is cut, or as JSON that n8n has parsed. */
const ways = fc.constantFrom('text', 'text', 'text', 'cut', 'parsed');

const sentAs = (body: unknown, way: string): unknown => {
	if (way === 'parsed') return body;
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return way === 'cut' ? String(text).slice(0, String(text).length / 2) : text;
};

const STATUSES = [400, 401, 409, 413, 429];

/** Whether a refusal has the one form that refusals have, and nothing of what was sent. */
function expectRefused({ status, body, items, log }: Answered): void {
	expect(items).toBeUndefined();
	expect(STATUSES).toContain(status);
	expect(log).toEqual([]);
	const { error } = JSON.parse(body) as { error: { message: string; errors: object[] } };
	expect(error.message).toBe('The registration was not accepted');
	expect(error.errors.length).toBeGreaterThan(0);
	expect(body).not.toContain(MARK);
	expect(body.length).toBeLessThan(3_000);
}

const OF_PAGE = ['page_path', 'page_url', 'page_seal', 'page_pass', 'page_language', 'received_at'];

/** What an item has, and no more, by the output on which it comes. */
const TAKEN = [
	[...KEYS, 'nickname', 'sealed_card', 'terms_text', 'terms_url', 'accepted_at', ...OF_PAGE],
	['carrier_id', 'phone', 'account_opened_by', 'link_expires_at', ...OF_PAGE],
	['carrier_id', 'phone', 'verification_id', 'verification_code', ...OF_PAGE],
];

function expectTaken({ items = [], output = 0 }: Answered, good: IDataObject): void {
	expect(items).toHaveLength(1);
	const [item] = items;
	expect(Object.keys(item!).filter((name) => !TAKEN[output]!.includes(name))).toEqual([]);
	for (const value of Object.values(item!)) expect(['string', 'boolean']).toContain(typeof value);
	// A card pays for the person it was sealed with, and a link leads to its own account.
	if (output === 0) {
		expect([item!.email, item!.sealed_card]).toEqual([good.email, good.sealed_card]);
	} else expect([item!.carrier_id, item!.phone]).toEqual(['se-123890', '5124854282']);
}

/** What is sent in each stage, as the page does it. */
const STAGES = {
	async registration(page: PageSettings, count: number) {
		const phone = `512${String(4_000_000 + (count % 5_000_000)).padStart(7, '0')}`;
		return await registrationWith(page, { phone, email: `p${count}@example.com` });
	},
	code: async ({ pass }: PageSettings, count: number) => ({
		...{ pass, verification_code: String(100_000 + (count % 900_000)) },
		link: await linkTo({ verificationId: `vfn_${count}` }),
	}),
	newCode: async ({ pass }: PageSettings) => ({ pass, new_code: true, link: await linkTo() }),
};

const stages = fc.constantFrom<Array<keyof typeof STAGES>>(
	...(['registration', 'registration', 'code', 'newCode'] as const),
);

test(
	`of ${RUNS} bodies, none is taken but the well-formed, and none is repeated`,
	async () => {
		let page: PageSettings;
		let [count, taken] = [0, 0];
		await fc.assert(
			fc.asyncProperty(
				changes,
				ways,
				stages,
				fc.integer({ min: 1, max: 10 }),
				async (change, way, stage, tenth) => {
					// No limit is met: each is read.
					stopAfter(37);
					if (tenth === 1 || count === 0) page = settingsOf(await get());
					count += 1;
					const good: IDataObject = await STAGES[stage](page, count);
					// A tenth comes with a valid pass, whatever else is wrong.
					const body = change(
						tenth === 1 ? good : { ...good, pass: `${MARK}${String(good.pass)}` },
					);
					const answered = await call({ method: 'POST', body: sentAs(body, way) });
					if (!answered.items) {
						if (answered.status !== 200) expectRefused(answered);
						return;
					}
					taken += 1;
					expectTaken(answered, good);
				},
			),
			{ numRuns: RUNS, seed: SEED },
		);
		expect(taken).toBeGreaterThan(0);
		expect(({} as Record<string, unknown>).email).toBeUndefined();
	},
	30_000 + 20 * RUNS,
);

import { call, post, registration } from './calling';

const TAKEN = {
	nickname: 'nathan@example.com 5124854282',
	email: 'Nathan@Example.com',
	agree_to_carrier_terms: true,
	name: 'Nathan Smith',
	phone: '512-485-4282',
	company_name: 'Example Corp.',
	address_line1: '4009 Marathon Blvd',
	address_line2: 'Suite 300',
	city_locality: 'Austin',
	state_province: 'TX',
	postal_code: '78756',
	country_code: 'US',
};

test('a registration starts a run with the API’s names, as the API takes them', async () => {
	const sent = await registration();
	const { status, items } = await post(sent);
	expect(status).toBeUndefined();
	expect(items).toEqual([{ ...TAKEN, sealed_card: sent.sealed_card }]);
});

test('it may come as JSON that n8n has parsed', async () => {
	const body = await registration();
	expect((await call({ method: 'POST', body })).items).toHaveLength(1);
});

test('what may be left out is left out', async () => {
	const sent = await registration({ company_name: undefined, address_line2: undefined });
	const { items } = await post(sent);
	expect(items).toHaveLength(1);
	const { company_name: company, address_line2: line, ...taken } = TAKEN;
	expect([company, line].every(Boolean)).toBe(true);
	expect(items![0]).toStrictEqual({ ...taken, sealed_card: sent.sealed_card });
});

test('the kind of the address is put out where it was asked for', async () => {
	const { items } = await post(await registration({ address_residential_indicator: 'yes' }));
	expect(items).toMatchObject([{ address_residential_indicator: 'yes' }]);
});

test('one person has one nickname, however email and phone are written', async () => {
	const spellings = [
		{ email: 'a@b.com', phone: '5124854282' },
		{ email: 'A@B.com', phone: '+1 (512) 485-4282' },
		{ email: 'mailto:a@b.COM', phone: '512.485.4282' },
	];
	for (const spelling of spellings) {
		expect((await post(await registration(spelling))).items).toMatchObject([
			{ nickname: 'a@b.com 5124854282' },
		]);
	}
});

const error = (answered: { body: string }) =>
	(JSON.parse(answered.body) as { error: Record<string, unknown> }).error;

test('what is wrong is told in the shape of an error item, and starts no run', async () => {
	const answered = await post(await registration({ email: 'nathan', postal_code: '' }));
	expect(answered).toMatchObject({ status: 400, items: undefined });
	expect(answered.headers).toMatchObject({
		'Content-Type': 'application/json; charset=utf-8',
		'Cache-Control': 'no-store',
	});
	expect(error(answered)).toEqual({
		message: 'The registration was not accepted: 2 fields need to be corrected',
		description: 'Correct it and send it again.',
		http_status: null,
		request_id: null,
		errors: [
			{
				code: 'not_email',
				field: 'email',
				message: "'Email' must be an email address, such as 'name@example.com'",
			},
			{
				code: 'field_value_required',
				field: 'address.postal_code',
				message: "'ZIP Code' is empty",
			},
		],
	});
});

test.each([
	['no terms', { agree_to_carrier_terms: undefined }, 'agree_to_carrier_terms'],
	['terms refused', { agree_to_carrier_terms: false }, 'agree_to_carrier_terms'],
	['a PO box', { address_line1: 'PO Box 12' }, 'address.address_line1'],
	['another country', { country_code: 'CA' }, 'address.country_code'],
	['a text of a page', { name: 'n'.repeat(256) }, 'address.name'],
])('%s is refused', async (_name, more, field) => {
	const answered = await post(await registration(more));
	expect(answered).toMatchObject({ status: 400, items: undefined });
	expect(error(answered).errors).toMatchObject([{ field }]);
});

const SEALED = 'e30..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA';

test.each([
	['no JSON', 'email=a@b.com'],
	['nothing', ''],
	['null', 'null'],
	['a text', '"a"'],
	['a list', '[]'],
	['no sealed card', JSON.stringify({ email: 'a@b.com' })],
	['a field of another name', JSON.stringify({ sealed_card: SEALED, nickname: 'mine' })],
	['a name of every object', `{"sealed_card":"${SEALED}","__proto__":{"email":"a@b.com"}}`],
	['a number', JSON.stringify({ sealed_card: SEALED, phone: 5124854282 })],
	['a list in a field', JSON.stringify({ sealed_card: SEALED, name: ['Nathan'] })],
	['an object in a field', JSON.stringify({ sealed_card: SEALED, name: { first: 'Nathan' } })],
	['a card that is no text', JSON.stringify({ sealed_card: { number: SEALED } })],
	['four parts', JSON.stringify({ sealed_card: SEALED.slice(0, -23) })],
	['six parts', JSON.stringify({ sealed_card: `${SEALED}.AAAA` })],
	['an encrypted key', JSON.stringify({ sealed_card: SEALED.replace('..', '.AAAA.') })],
	['other characters', JSON.stringify({ sealed_card: SEALED.replace('e30', 'e30=') })],
	['too long a card', JSON.stringify({ sealed_card: SEALED.replace('e30', 'A'.repeat(4_100)) })],
])('%s is not what the page sends', async (_name, body) => {
	const answered = await call({ method: 'POST', body });
	expect(answered).toMatchObject({ status: 400, items: undefined });
	expect(error(answered)).toMatchObject({
		errors: [
			{ code: 'invalid_request', field: null, message: 'The request was not sent by this page' },
		],
	});
});

test.each(['text', 'object'])('what is too large is not read (%s)', async (kind) => {
	const large = { ...(await registration()), name: 'n'.repeat(40_000) };
	const body = kind === 'text' ? JSON.stringify(large) : large;
	const answered = await call({ method: 'POST', body });
	expect(answered).toMatchObject({ status: 413, items: undefined });
	expect(error(answered).errors).toMatchObject([{ code: 'request_too_large' }]);
});

import { A_DAY, A_MINUTE, letPass } from '../../../support/clock';
import { CARD, now, sealedCard } from '../../../support/sealing';
import {
	type Answered,
	get,
	post,
	refusalOf,
	registration,
	registrationWith,
	settingsOf,
} from './calling';

/** How often a page takes registrations: counted when a run starts, in the memory of the process. */

const HOUR = 3_600;

const people = (function* () {
	for (let number = 1000; ; number += 1)
		yield { phone: `512485${number}`, email: `p${number}@example.com` };
})();

const next = () => people.next().value as { phone: string; email: string };

const taken = ({ items }: Answered) => items !== undefined;

/** How many seconds an answer says to wait, in the header and the body. */
function waitOf({ status, headers, body, items }: Answered): number {
	expect({ status, items }).toEqual({ status: 429, items: undefined });
	const { error } = JSON.parse(body) as {
		error: { retry_after: number; errors: Array<{ code: string }> };
	};
	expect(headers['Retry-After']).toBe(String(error.retry_after));
	expect(error.errors).toMatchObject([{ code: 'too_many_requests' }]);
	return error.retry_after;
}

test('a phone is texted again after a minute, then later and later, five times a day', async () => {
	const person = next();
	const send = async () => await post(await registration(person));
	for (const pause of [60, 120, 300, 900]) {
		expect(taken(await send())).toBe(true);
		expect(waitOf(await send())).toBe(pause);
		letPass(pause - 1);
		expect(waitOf(await send())).toBe(1);
		letPass(1);
	}
	expect(taken(await send())).toBe(true);
	letPass(A_DAY - 60 - 120 - 300 - 900 - 1);
	expect(waitOf(await send())).toBe(1);
	letPass(1);
	expect(taken(await send())).toBe(true);
});

test('however it is written, and whoever says that it is theirs', async () => {
	const { phone } = next();
	expect(taken(await post(await registration({ phone, email: 'one@example.com' })))).toBe(true);
	const other = {
		phone: `+1 (${phone.slice(0, 3)}) ${phone.slice(3)}`,
		email: 'other@example.com',
	};
	expect(waitOf(await post(await registration(other)))).toBe(A_MINUTE);
});

test('a pass is good for five registrations', async () => {
	const settings = settingsOf(await get());
	let last_refusal: string | undefined;
	for (let count = 0; count < 5; count += 1) {
		const answered = await post(await registrationWith(settings, { ...next(), last_refusal }));
		expect(taken(answered)).toBe(true);
		last_refusal = await refusalOf(answered);
	}
	const sixth = await post(await registrationWith(settings, next()));
	expect(sixth).toMatchObject({ status: 401, items: undefined });
	expect(sixth.body).toContain('Load the page again');
	expect(taken(await post(await registration(next())))).toBe(true);
});

test('a page for everybody takes 30 an hour, or as many as its owner says', async () => {
	for (const [parameters, most] of [
		[{ path: 'usual' }, 30],
		[{ path: 'busy', options: { registrationsAnHour: 3 } }, 3],
	] as const) {
		const page = { parameters };
		for (let count = 0; count < most; count += 1) {
			expect(taken(await post(await registration(next(), page), page))).toBe(true);
		}
		expect(waitOf(await post(await registration(next(), page), page))).toBe(HOUR);
		letPass(HOUR);
		expect(taken(await post(await registration(next(), page), page))).toBe(true);
	}
});

const LOGIN = { user: 'office', password: 'a long password' };
const PROTECTED = {
	parameters: { access: 'basicAuth' },
	credentials: { shipEnginePageLoginApi: LOGIN },
	headers: {
		authorization: `Basic ${Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')}`,
	},
	sender: { ip: '203.0.113.9', ips: [] },
};

test('a page with a password has no such limit', async () => {
	for (let count = 0; count < 40; count += 1) {
		expect(taken(await post(await registration(next(), PROTECTED), PROTECTED))).toBe(true);
	}
});

describe('an address', () => {
	const from = (ip: string, ips: string[] = []) => ({ sender: { ip, ips } });
	const sendFrom = async (sender: object) => await post(await registration(next()), sender);

	test('may send ten times an hour, another one is not concerned', async () => {
		for (let count = 0; count < 10; count += 1) {
			expect(taken(await sendFrom(from('203.0.113.7')))).toBe(true);
		}
		expect(waitOf(await sendFrom(from('203.0.113.7')))).toBe(HOUR);
		expect(waitOf(await sendFrom(from('::ffff:203.0.113.7')))).toBe(HOUR);
		expect(taken(await sendFrom(from('203.0.113.8')))).toBe(true);
	});

	test.each([
		['2600:1:2:3', '2600:1:2:3:ffff::1', '2600:1:2:4::1'],
		['2600:3c00:', '2600:3c00:0:0:8::1', '2600:3c00:0:1::1'],
		['2600::', '2600:0:0:0:1:2:3:4', '2600:0:0:1::'],
	])('of IPv6 counts with its network, however it is written: %s', async (network, same, other) => {
		for (let count = 1; count <= 10; count += 1) {
			const address = network.endsWith('::') ? `${network}${count}` : `${network}:${count}::1`;
			const written =
				network.endsWith(':') && !network.endsWith('::') ? `${network}:${count}:1` : address;
			expect(taken(await sendFrom(from(written)))).toBe(true);
		}
		expect(waitOf(await sendFrom(from(same)))).toBe(HOUR);
		expect(taken(await sendFrom(from(other)))).toBe(true);
	});

	test('may send a third of what the page takes', async () => {
		const parameters = { path: 'office', options: { registrationsAnHour: 90 } };
		const page = { parameters, ...from('203.0.113.77') };
		for (let count = 0; count < 30; count += 1) {
			expect(taken(await post(await registration(next(), page), page))).toBe(true);
		}
		expect(waitOf(await post(await registration(next(), page), page))).toBe(HOUR);
	});

	test.each([
		['of this machine', { sender: { ip: '127.0.0.1', ips: [] } }],
		['of the same network', { sender: { ip: '192.168.1.2', ips: [] } }],
		[
			'of a proxy that n8n does not trust',
			{ ...from('203.0.113.1'), headers: { 'x-forwarded-for': '1.2.3.4' } },
		],
	])('%s may be that of a proxy, and counts for nobody', async (_name, sender) => {
		for (let count = 0; count < 12; count += 1) expect(taken(await sendFrom(sender))).toBe(true);
	});
});

test('of 50 that come at the same moment, exactly as many are taken as the limit says', async () => {
	const page = { parameters: { path: 'rush', options: { registrationsAnHour: 7 } } };
	const bodies = await Promise.all(
		Array.from({ length: 50 }, async () => await registration(next(), page)),
	);
	const answers = await Promise.all(bodies.map(async (body) => await post(body, page)));
	expect(answers.filter(taken)).toHaveLength(7);

	const phone = next();
	const same = await Promise.all(Array.from({ length: 50 }, async () => await registration(phone)));
	const texted = await Promise.all(same.map(async (body) => await post(body)));
	expect(texted.filter(taken)).toHaveLength(1);

	const one = await registration(next());
	const repeated = await Promise.all(Array.from({ length: 50 }, async () => await post(one)));
	expect(repeated.filter(taken)).toHaveLength(1);
	expect(repeated.filter(({ status }) => status === 409)).toHaveLength(49);
});

describe('what is refused', () => {
	test('starts no run, and counts for no limit of those that do', async () => {
		const person = next();
		for (let count = 0; count < 20; count += 1) {
			expect((await post(await registration({ ...person, name: '' }))).status).toBe(400);
		}
		expect(taken(await post(await registration(person)))).toBe(true);
	});

	test('without a pass is answered 600 times a minute; whoever has one is not concerned', async () => {
		for (let count = 0; count < 600; count += 1) {
			expect((await post({ pass: 'x' })).status).toBe(401);
		}
		expect(waitOf(await post({ pass: 'x' }))).toBe(A_MINUTE);
		expect(waitOf(await post('junk'))).toBe(A_MINUTE);
		expect(taken(await post(await registration(next())))).toBe(true);
		letPass(A_MINUTE);
		expect((await post({ pass: 'x' })).status).toBe(401);
	});

	test('with a pass is answered 100 times an hour; other passes are not concerned', async () => {
		const settings = settingsOf(await get());
		const wrong = await registrationWith(settings, { name: '' });
		for (let count = 0; count < 100; count += 1) expect((await post(wrong)).status).toBe(400);
		expect(waitOf(await post(wrong))).toBe(HOUR);
		expect((await post(await registration({ name: '' }))).status).toBe(400);
	});
});

test.each([5, 600, 3_600])(
	'a clock that is put back by %d seconds closes no page',
	async (seconds) => {
		expect(taken(await post(await registration(next())))).toBe(true);
		letPass(-seconds);
		expect(taken(await post(await registration(next())))).toBe(true);
	},
);

test('a card that is none counts for no phone', async () => {
	const person = next();
	const settings = settingsOf(await get());
	for (const card of [
		{},
		{ ...CARD, number: '4111111111111112' },
		{ ...CARD, expiration_year: '2020' },
	]) {
		const sealing = { card, person: { ...person, pass: settings.passId }, iat: now() };
		const sealed_card = await sealedCard(settings.publicJwk, sealing);
		const answered = await post({ ...(await registrationWith(settings, person)), sealed_card });
		expect(answered).toMatchObject({ status: 400, items: undefined });
		expect(answered.body).toContain('credit_card.');
	}
	expect(taken(await post(await registrationWith(settings, person)))).toBe(true);
});

test('what is asked of a phone that was texted is answered 100 times an hour', async () => {
	const { phone } = next();
	expect(taken(await post(await registration({ phone })))).toBe(true);
	const { pass } = settingsOf(await get());
	const ask = async () => await post({ pass, sealed_card: 'x', phone });
	for (let count = 0; count < 100; count += 1) expect(waitOf(await ask())).toBe(A_MINUTE);
	expect(waitOf(await ask())).toBe(HOUR);
});

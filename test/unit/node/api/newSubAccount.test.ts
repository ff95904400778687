import { type Unsuccessful, ofNewSubAccount } from '../../../../nodes/ShipEngine/api/answer';
import { outcomeOf } from '../../../../nodes/ShipEngine/api/answer';
import { failureOf } from '../../../../nodes/ShipEngine/api/requestFailure';
import { words } from './told';

const refused = (status: number): Unsuccessful => ({
	situation: 'refused',
	status,
	reasons: [{ code: 'forbidden', field: null, message: 'The key may not do this.' }],
});

test.each([401, 403, 404])('a %d may be that of a sub-account which is not known yet', (status) => {
	expect(ofNewSubAccount(refused(status))).toEqual({ ...refused(status), situation: 'notReady' });
});

test.each([200, 400, 409, 422])('a %d is what it is: a wrong code is not tried again', (status) => {
	expect(ofNewSubAccount(refused(status))).toEqual(refused(status));
});

test.each(['interrupted', 'throttled', 'unusable', 'redirected'] as const)(
	'what is %s stays so',
	(situation) => {
		const outcome = { ...refused(403), situation };
		expect(ofNewSubAccount(outcome)).toBe(outcome);
	},
);

test('a value is a value', () => {
	expect(ofNewSubAccount({ value: 5 })).toEqual({ value: 5 });
});

test('what is told does not lead astray: the key is fine', () => {
	const { details } = failureOf({ words }, { ...refused(403), situation: 'notReady' }, 'later', []);
	expect(details).toMatchObject({
		message:
			'The Stamps account was not registered: the API does not recognize the sub-account yet, because it was created only moments ago',
		description:
			'Nothing was done. Run this item again in a minute. The API says: The key may not do this (forbidden).',
		reasons: [{ code: 'sub_account_not_ready' }, { code: 'forbidden' }],
		isUnknown: false,
		isRefused: false,
	});
});

describe('the key that an answer holds', () => {
	const KEY = 'subkey_0123456789abcdef';
	const errors = [{ error_code: 'unspecified', message: `Made with ${KEY}.` }];
	const of = (json: object) =>
		failureOf(
			{ words },
			outcomeOf({ status: 200, headers: {}, body: JSON.stringify(json) }, () => 1) as Unsuccessful,
			'unknown',
			[],
		).details;

	test.each([
		['as documented', { api_key: { encrypted_api_key: KEY, api_key_id: 4069 } }],
		['in a list', { api_keys: [{ encrypted_api_key: KEY }] }],
		['at the top', { Key: KEY }],
	])('is hidden in what is told (%s)', (_where, more) => {
		const told = JSON.stringify(of({ account_id: 5, errors, ...more }));
		expect(told).toContain('[hidden]');
		expect(told).not.toContain(KEY);
	});
});

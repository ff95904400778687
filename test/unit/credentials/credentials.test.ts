import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { ShipEngineApi } from '../../../credentials/ShipEngineApi.credentials';
import { ShipEngineCardSealApi } from '../../../credentials/ShipEngineCardSealApi.credentials';
import { ShipEnginePaymentCardApi } from '../../../credentials/ShipEnginePaymentCardApi.credentials';
import { ShipEngineStampsLoginApi } from '../../../credentials/ShipEngineStampsLoginApi.credentials';
import { ShipEngine } from '../../../nodes/ShipEngine/ShipEngine.node';

const { description } = new ShipEngine();
const { properties } = description;

const CARD = {
	cardName: '',
	cardNumber: '',
	cardType: 'detect',
	cardExpirationYear: '',
	cardExpirationMonth: '',
};

const namesOf = (fields: Array<{ name: string }>) => fields.map(({ name }) => name).sort();

describe('credentials', () => {
	const api = new ShipEngineApi();
	const card = new ShipEnginePaymentCardApi();
	const seal = new ShipEngineCardSealApi();
	const login = new ShipEngineStampsLoginApi();
	const all = [api, card, seal, login];

	test('have their fixed names', () => {
		expect([api.name, api.displayName]).toEqual(['shipEngineApi', 'ShipEngine API']);
		expect([card.name, card.displayName]).toEqual([
			'shipEnginePaymentCardApi',
			'ShipEngine Payment Card',
		]);
		expect([seal.name, seal.displayName]).toEqual([
			'shipEngineCardSealApi',
			'ShipEngine Card Seal',
		]);
		expect([login.name, login.displayName]).toEqual([
			'shipEngineStampsLoginApi',
			'ShipEngine Stamps Login',
		]);
		expect(namesOf(description.credentials ?? [])).toEqual(namesOf(all));
	});

	test('have their fixed fields and defaults', () => {
		const defaultsOf = (fields: INodeProperties[]) =>
			Object.fromEntries(fields.map(({ name, default: value }) => [name, value]));
		const baseUrl = 'https://api.shipengine.com';
		expect(defaultsOf(api.properties)).toEqual({
			apiKey: '',
			keyType: 'own',
			baseUrl,
			domainsNotice: '',
		});
		expect(defaultsOf(card.properties)).toEqual({ ...CARD, baseUrl });
		expect(defaultsOf(seal.properties)).toEqual({
			notice: '',
			secret: '',
			previousSecret: '',
			baseUrl,
		});
		expect(defaultsOf(login.properties)).toEqual({ username: '', password: '', baseUrl });
	});

	test('mask the key, the card number, the secrets and the password, and nothing else', () => {
		const masked = all
			.flatMap((credential) => credential.properties)
			.filter(({ typeOptions }) => typeOptions?.password);
		expect(namesOf(masked)).toEqual([
			'apiKey',
			'cardNumber',
			'password',
			'previousSecret',
			'secret',
		]);
		expect(properties.find(({ name }) => name === 'cardNumber')?.typeOptions).toEqual({
			password: true,
		});
	});

	test('have no displayed condition, which would hide a field of a credential', () => {
		for (const property of all.flatMap((credential) => credential.properties)) {
			expect(property.displayOptions).toBeUndefined();
		}
	});

	test('the key goes into its documented header, beside what a request has of its own', async () => {
		const request = { url: 'https://api.shipengine.com', headers: { 'On-Behalf-Of': 'se-1' } };
		expect(await api.authenticate({ apiKey: ' TEST key\n' }, request)).toEqual({
			...request,
			headers: { 'On-Behalf-Of': 'se-1', 'API-Key': 'TEST key' },
		});
		expect(request.headers).toEqual({ 'On-Behalf-Of': 'se-1' });
		const { headers } = await api.authenticate({ apiKey: 'TEST' }, { url: request.url });
		expect(headers).toEqual({ 'API-Key': 'TEST' });
	});

	test('are tested by the node, which goes by its own checks', () => {
		for (const credential of all) expect(credential).not.toHaveProperty('test');
		expect(description.credentials?.map(({ testedBy }) => testedBy)).toEqual([
			'checkShipEngineApi',
			'checkPaymentCard',
			'checkCardSeal',
			'checkStampsLogin',
		]);
	});

	test('the card, the secret and the login are sent by nothing but the node', () => {
		for (const credential of [card, seal, login])
			expect(credential).not.toHaveProperty('authenticate');
	});

	test('have documentation and pictures', () => {
		for (const { documentationUrl, icon } of all) {
			expect(documentationUrl).toMatch(/^https:\/\//);
			const folder = join(__dirname, '../../../credentials');
			for (const path of [icon.light, icon.dark]) {
				expect(readFileSync(join(folder, path.replace('file:', '')), 'utf8')).toMatch(/^<svg/);
			}
		}
	});
});

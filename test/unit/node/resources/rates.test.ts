import type { IDataObject } from 'n8n-workflow';
import { parseRates } from '../../../../nodes/ShipEngine/resources/carrier/rates';

const OWN = 'se-1';
const usd = (amount: unknown) => ({ currency: 'usd', amount });
const rate = (given: IDataObject = {}): IDataObject => ({
	carrier_id: OWN,
	service_code: 'usps_priority_mail',
	package_type: 'package',
	shipping_amount: usd(9.5),
	validation_status: 'valid',
	error_messages: [],
	...given,
});
const read = (...list: IDataObject[]) => parseRates({ list }, OWN)!;

test('a rate with a price works', () => {
	const { service_code, package_type, shipping_amount } = rate();
	expect(read(rate())).toEqual({
		works: true,
		rates: [{ service_code, package_type, shipping_amount }],
		messages: [],
	});
});

test.each<[string, IDataObject, string[]]>([
	['an error as text', { error_messages: 'It is closed.' }, ['It is closed.']],
	['errors as a list of texts', { error_messages: ['One.', 'Two.'] }, ['One.', 'Two.']],
	['an error as an object', { error_messages: { message: 'It is closed.' } }, ['It is closed.']],
	['errors as objects', { error_messages: [{ message: 'One.' }] }, ['One.']],
	['an object without words', { error_messages: [{ code: 7 }] }, ['The API gave no details']],
	['an error that is a number', { error_messages: 7 }, ['7']],
	['no price', { shipping_amount: undefined }, []],
	['a price of nothing', { shipping_amount: usd(0) }, []],
	['a price below nothing', { shipping_amount: usd(-1) }, []],
	['a price as text', { shipping_amount: usd('9.50') }, []],
	['a price without an amount', { shipping_amount: { currency: 'usd' } }, []],
	['another carrier', { carrier_id: 'se-2' }, []],
	['a status that says so', { validation_status: 'invalid' }, []],
	['a status that says so in other letters', { validation_status: 'Invalid' }, []],
])('%s: it does not work', (_name, given, messages) => {
	expect(read(rate(given))).toEqual({ works: false, rates: [], messages });
});

test.each<[string, IDataObject]>([
	['no list of errors', { error_messages: undefined }],
	['null for it', { error_messages: null }],
	['an empty text', { error_messages: '' }],
	['no carrier', { carrier_id: undefined }],
	['the carrier in other letters', { carrier_id: 'SE-1' }],
	['a status that is unknown', { validation_status: 'unknown' }],
	['a warning', { validation_status: 'has_warnings', warning_messages: ['Slow.'] }],
])('%s: it works', (_name, given) => {
	expect(read(rate(given)).works).toBe(true);
});

test('one good rate is enough, and each message is told once, up to twenty', () => {
	const bad = Array.from({ length: 60 }, (_none, index) =>
		rate({ error_messages: [`Message ${index % 30}`] }),
	);
	const { works, rates, messages } = read(...bad, rate());
	expect([works, rates.length]).toEqual([true, 1]);
	expect(messages).toEqual(Array.from({ length: 20 }, (_none, index) => `Message ${index}`));
});

test.each([[undefined], [null], ['text'], [{}]])('%j is no list of rates', (list) => {
	expect(parseRates({ list } as IDataObject, OWN)).toBeUndefined();
});

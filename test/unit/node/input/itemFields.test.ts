import type { IDataObject } from 'n8n-workflow';
import { keyOf, objectAt } from '../../../../nodes/ShipEngine/input/itemFields';

describe('the key of a field', () => {
	test.each([
		'zip_code',
		'Zip code',
		'ZIP CODE',
		'zipCode',
		'ZipCode',
		'zipcode',
		'zip-code',
		'ZIP_CODE',
		' zip  code ',
		'zip\u00a0code',
		'zip\ncode',
		'_zip__code_',
	])("is found as people write it: '%s'", (spelling) => {
		expect(keyOf({ name: 'x', [spelling]: 1, city: 'y' }, 'zip_code')).toBe(spelling);
	});

	test.each(['zip.code', 'zip', 'code', 'zip_code_2', 'my zip code', 'zıp code', ''])(
		"is another: '%s'",
		(spelling) => {
			expect(keyOf({ [spelling]: 1 }, 'zip_code')).toBeUndefined();
		},
	);

	test('may have several names, in whatever spelling', () => {
		const names: [string, string, string] = ['postal_code', 'ZIP Code', 'PLZ'];
		for (const key of ['postal_code', 'Postal Code', 'zip code', 'ZIPCODE', 'plz']) {
			expect(keyOf({ [key]: 1 }, ...names)).toBe(key);
		}
		expect(keyOf({ zip: 1 }, ...names)).toBeUndefined();
	});

	test('is the exact name, whatever else fits', () => {
		for (const item of [
			{ 'ZIP Code': 1, zip_code: 2, zipCode: 3 },
			{ zip_code: 2, 'ZIP Code': 1 },
		]) {
			expect(keyOf(item, 'zip_code')).toBe('zip_code');
			expect(keyOf(item, 'zip_code', 'ZIP Code')).toBe('zip_code');
		}
	});

	test('is the exact name also where it holds nothing', () => {
		for (const zip_code of [undefined, null, '']) {
			expect(keyOf({ 'ZIP Code': 1, zip_code }, 'zip_code')).toBe('zip_code');
		}
	});

	test('is none where two fit: nobody knows which is meant', () => {
		expect(keyOf({ 'ZIP Code': 1, zipCode: 2 }, 'zip_code')).toBeUndefined();
		expect(keyOf({ 'Postal Code': 1, 'ZIP Code': 2 }, 'postal_code', 'ZIP Code')).toBeUndefined();
		// The exact spelling of a second name is no more than any other.
		expect(keyOf({ 'ZIP Code': 1, zipcode: 2 }, 'postal_code', 'ZIP Code')).toBeUndefined();
	});

	test('is none in an empty item', () => {
		expect(keyOf({}, 'zip_code')).toBeUndefined();
	});

	const INHERITED = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];

	test.each(INHERITED)("is never what each object has: '%s'", (name) => {
		expect(keyOf({}, name)).toBeUndefined();
		expect(keyOf({ a: 1 }, 'a', name)).toBe('a');
		expect(keyOf({ zip_code: 1 }, name, 'zip_code')).toBe('zip_code');
	});

	test.each(INHERITED)("may be any that the item itself has: '%s'", (name) => {
		const item = JSON.parse(`{"${name}": 1}`) as IDataObject;
		expect(keyOf(item, name)).toBe(name);
		expect(keyOf(item, 'zip_code')).toBeUndefined();
	});

	test('is found in an item that has taken the place of its methods', () => {
		const item = { hasOwnProperty: 'no', zip_code: 1 } as unknown as IDataObject;
		expect(keyOf(item, 'zip_code')).toBe('zip_code');
		expect(keyOf(Object.assign(Object.create(null), { a_b: 1 }) as IDataObject, 'a_b')).toBe('a_b');
	});

	test('is not one that the item inherits', () => {
		expect(keyOf(Object.create({ zip_code: 1 }) as IDataObject, 'zip_code')).toBeUndefined();
	});
});

describe('the object under a key', () => {
	test('is the one that is there', () => {
		const address = { name: 'x' };
		expect(objectAt({ address }, 'address')).toBe(address);
		const list = [1];
		expect(objectAt({ list } as IDataObject, 'list')).toBe(list);
	});

	test.each([
		['nothing', {}],
		['undefined', { address: undefined }],
		['null', { address: null }],
		['text', { address: 'name' }],
		['a number', { address: 5 }],
		['true', { address: true }],
	])('is empty for %s', (_name, item) => {
		expect(objectAt(item as IDataObject, 'address')).toEqual({});
	});

	test.each(['constructor', '__proto__', 'toString'])('is empty for %s of all objects', (name) => {
		expect(objectAt({}, name)).toEqual({});
		expect(Object.keys(objectAt({}, name))).toEqual([]);
	});

	test('is the own one even of a name that all objects have', () => {
		const item = JSON.parse('{"__proto__": {"name": "x"}}') as IDataObject;
		expect(objectAt(item, '__proto__')).toEqual({ name: 'x' });
	});

	test('is not one that the item inherits', () => {
		expect(objectAt(Object.create({ address: { name: 'x' } }) as IDataObject, 'address')).toEqual(
			{},
		);
	});
});

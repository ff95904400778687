import { Failure } from '../failures/failure';

/**
 * The API key from the credential, without the spaces and line breaks that some secret stores add.
 *
 * @throws {@link Failure} where HTTP cannot carry it in a header, or it is empty
 */
export function apiKeyOf(value: unknown): string {
	const key = String(value ?? '').trim();
	if (/^[\x21-\x7e]+$/.test(key)) return key;
	const message = "The 'API Key' of the 'ShipEngine API' credential cannot be used";
	throw new Failure({
		message,
		description: `Nothing was sent. ${
			key === '' ? 'It is empty.' : 'It has a space, or a character that no key has.'
		} Copy it again from the ShipStation API dashboard.`,
		reasons: [{ code: 'api_key_unusable', field: null, message }],
	});
}

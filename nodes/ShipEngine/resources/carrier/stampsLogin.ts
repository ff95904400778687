import type { IDataObject } from 'n8n-workflow';
import type { OwnField } from '../../input/field';
import { LOGIN_FIELDS } from '../../input/loginFields';

const STAMPS_LOGIN_CREDENTIAL = 'shipEngineStampsLoginApi';

const NAME = 'ShipEngine Stamps Login';

/** User name and password of a Stamps.com account, which come from an encrypted credential only. */
export const STAMPS_LOGIN: OwnField<IDataObject> = {
	properties: [
		{
			displayName: 'Stamps Login',
			// Lets n8n show the credential below the operation: by resource and operation it would be between.
			name: 'stampsLogin',
			type: 'hidden',
			default: 'credential',
		},
	],
	async read({ context, index, checklist, secrets, onlyTo }) {
		const entered = await context.getCredentials(STAMPS_LOGIN_CREDENTIAL, index);
		const login = checklist.checkObject('', LOGIN_FIELDS, ({ property }) => entered[property.name]);
		secrets.push(String(login.password));
		onlyTo.push({ credential: NAME, baseUrl: entered.baseUrl });
		return login;
	},
};

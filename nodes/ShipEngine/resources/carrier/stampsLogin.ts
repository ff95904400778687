import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from '../../input/checklist';
import { LOGIN_FIELDS } from '../../input/loginFields';

const CREDENTIAL = 'shipEngineStampsLoginApi';

/** Lets n8n show the credential below the operation: by resource and operation it would be between them. */
export const STAMPS_LOGIN: INodeProperties = {
	displayName: 'Stamps Login',
	name: 'stampsLogin',
	type: 'hidden',
	default: 'credential',
};

/**
 * User name and password of an item's step, which come from an encrypted credential only. What is
 * wrong with them is noted.
 */
export async function readStampsLogin(
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
): Promise<IDataObject> {
	const login = await context.getCredentials(CREDENTIAL, itemIndex);
	return checklist.checkObject('', LOGIN_FIELDS, ({ property }) => login[property.name]);
}

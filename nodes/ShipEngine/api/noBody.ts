import type { IDataObject } from 'n8n-workflow';
import { isNothing } from '../values/validation';

/**
 * Takes out of an answer without a body that the request was carried out: 204 tells it (documented).
 * Errors in a 2xx do not tell that it was not: as errors beside a value, they leave it open.
 */
export const parseNoBody = ({ errors }: IDataObject, status: number): true | undefined =>
	status === 204 || !isNothing(errors) ? true : undefined;

import type { IDataObject } from 'n8n-workflow';
import type { Failure } from '../failures/failure';

/** What tells that a request was carried out whose answer has no body: 204 alone (documented). */
export const parseNoBody = (_answer: IDataObject, status: number): true | undefined =>
	status === 204 ? true : undefined;

/** Whether such a request may have been carried out all the same: errors in a 2xx do not tell. */
export const mayBeDone = ({ details: { isUnknown, httpStatus = 0 } }: Failure): boolean =>
	isUnknown === true || (httpStatus >= 200 && httpStatus < 300);

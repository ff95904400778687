import type { IDataObject, INode } from 'n8n-workflow';
import { Failure, type Reason } from './failure';

/** Marks the error of an item that a failed step puts out where its other items go. */
export const MARK = { skip_next_steps: true };

/** Whether what a step puts out for a failed item leads to the same next step as all else. */
export const passesOn = ({ onError, continueOnFail }: INode): boolean =>
	onError === undefined ? continueOnFail === true : onError === 'continueRegularOutput';

const isObject = (value: unknown): value is IDataObject =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);

const reasonOf = ({ code, field, message }: IDataObject): Reason => ({
	code: textOf(code) ?? '',
	field: textOf(field) ?? null,
	message: textOf(message) ?? '',
});

/**
 * The failure that an item carries on from an earlier ShipEngine step, so that nothing is sent for it.
 *
 * @returns undefined where the item has none: a field named `error` is no failure, nor is what comes out
 * of an error output, where somebody decided what follows
 */
export function failureIn({ error }: IDataObject): Failure | undefined {
	if (!isObject(error) || error.skip_next_steps !== true) return undefined;
	const errors = Array.isArray(error.errors) ? error.errors : [];
	const reasons = errors.filter(isObject).map(reasonOf);
	return new Failure({
		message: textOf(error.message) ?? 'An earlier step failed',
		description: textOf(error.description) ?? '',
		reasons,
		isUnknown: reasons.some(({ code }) => code === 'outcome_unknown'),
		httpStatus: numberOf(error.http_status),
		requestId: textOf(error.request_id),
		carrierId: textOf(error.carrier_id),
		openChargeId: textOf(error.open_charge_id),
	});
}

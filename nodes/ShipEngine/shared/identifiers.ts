import { textOfForm } from './validation';

const SHIPENGINE_ID = /^(?=.{1,25}$)se(-[a-z0-9]+)+$/;

const matching = (form: RegExp) => (text: string) => (form.test(text) ? text : undefined);

/** Whether an answer's `carrier_id` is one. */
export const isCarrierId = (value: unknown): value is string =>
	typeof value === 'string' && SHIPENGINE_ID.test(value);

/** A carrier's id: `^se(-[a-z0-9]+)+$`, at most 25 characters (OpenAPI document). */
export const carrierId = textOfForm(
	matching(SHIPENGINE_ID),
	"needs the form of a carrier ID, such as 'se-123890'",
);

/** A sub-account's id for `On-Behalf-Of`, documented as `se-123456`; that it is like a carrier's is inferred. */
export const subAccountId = textOfForm(
	matching(SHIPENGINE_ID),
	"needs the form of a sub-account ID, such as 'se-123456'",
);

/** A verification's id, documented as `vfn_base58encodedguid`; no other character could be part of it (inferred). */
export const verificationId = textOfForm(
	matching(/^[A-Za-z0-9_-]{1,100}$/),
	'needs the verification ID that Send Verification returned',
);

/** The texted code, documented as `123456`; people type it with spaces or dashes (length inferred). */
export const verificationCode = textOfForm(
	(text) => /^\d{4,10}$/.exec(text.replace(/[\s-]/g, ''))?.[0],
	'needs the digits of the text message',
);

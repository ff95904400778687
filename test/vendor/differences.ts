import type { Deviation, VendorDocument } from './document';
import type { Exchange } from './exchanges';

/** A difference between the vendor's documents and us, and why it is none of ours to mend. */
interface Difference {
	/** The beginning of where it is, or all of it. */
	where: string;
	/** The end of what the document says. */
	what: RegExp;
	/** The same in words, for docs/real-api.md. */
	differs: string;
	reason: string;
	/** Whether only the document of 2020 has it, not the newest one. */
	onlyOld?: true;
}

const OWN_EXAMPLE =
	'The document takes a carrier code for an ID. Its own example, `stamps_com`, does not fit either.';

const ERRORS_PAGE =
	'The document lists this status for no route of ours. The pages on errors and on rate limits do.';

/** Every difference that is known. One that is not in this list fails the test; so does one that is gone. */
export const DIFFERENCES: Difference[] = [
	{
		where: 'GET /v1/carriers',
		what: /carrier_code must match pattern "\^se\(-\[a-z0-9\]\+\)\+\$"$/,
		differs: 'a carrier has the code `stamps_com`',
		reason: OWN_EXAMPLE,
	},
	{
		where: 'GET /v1/carriers/{} 401',
		what: /is no status of this route$/,
		differs: 'a wrong key is refused with 401',
		reason: ERRORS_PAGE,
	},
	{
		where: 'GET /v1/carriers/{} 429',
		what: /is no status of this route$/,
		differs: 'too many requests are refused with 429',
		reason: ERRORS_PAGE,
	},
	{
		where: 'DELETE /v1/connections/carriers/{}/{} 204',
		what: /must be string$/,
		differs: 'a carrier that is disconnected is answered with 204 and nothing',
		reason: 'A 204 has no body. The document gives it a text of no length.',
	},
	{
		where: 'POST /v1/rates request',
		what: /must have required property 'shipment_id'$/,
		differs: 'rates are asked for a shipment that has no ID yet',
		reason:
			'The document requires the ID of a shipment and the shipment, and offers one of the two.',
	},
	{
		where: 'POST /v1/rates/estimate request',
		what: /must have required property 'from_state_provinced'$/,
		differs: 'rates are asked for with `from_state_province`',
		reason: 'A misspelling, put right in the newest document.',
		onlyOld: true,
	},
	{
		where: 'POST /v1/rates 200',
		what: /\/ship_to must have required property 'phone'$/,
		differs: 'whoever gets a parcel needs no phone',
		reason: 'The newest document requires no phone of whoever gets a parcel.',
		onlyOld: true,
	},
	{
		where: '',
		what: /not there: (allows_returns|connection_status|disabled_by_billing_plan|funding_source_id|is_return_supported|send_rates|supports_user_managed_rates)$/,
		differs: 'a carrier has seven fields more, such as `connection_status`',
		reason: 'What the newest document tells of a carrier besides.',
		onlyOld: true,
	},
	{
		where: '',
		what: /^\/errors\/\* has a field that is not there: (carrier_code|carrier_id|field_name)$/,
		differs: 'an error has up to three fields more: `carrier_id`, `carrier_code`, `field_name`',
		reason: 'What the newest document tells of an error besides.',
		onlyOld: true,
	},
	{
		where: '',
		what: /not there: (reason_code|sequence|ship_to)$/,
		differs:
			'a label has three fields more: `ship_to`, `sequence`, and of a void that is refused `reason_code`',
		reason: 'What the newest document tells of a label besides.',
		onlyOld: true,
	},
	{
		where: '',
		what: /\/(href|pdf) must match format "url"$/,
		differs: 'the file of a label has an address on this machine',
		reason: 'The links of the stand-in lead to this machine, which is no address of the internet.',
	},
	{
		where: 'POST /v1/rates request',
		what: /not there: shipment$/,
		differs: 'rates are asked for a shipment whose carrier and service are open',
		reason:
			'The document requires of the shipment a carrier and a service, which are what is asked for, and so takes it for something else.',
	},
];

/** Routes that we have and the documents do not, by the beginning of `METHOD path`, and where they come from. */
export const NOT_IN_DOCUMENT: Record<string, string> = {
	'POST /v1/registration/stamps_com': 'reference page "Register Free Stamps Account"',
	'POST /v1/connections/carriers/stamps_com/:carrier_id/verification':
		'reference page "Register Free Stamps Account"',
	'PUT /v1/connections/carriers/stamps_com/:carrier_id/verification/:verification_id':
		'reference page "Register Free Stamps Account"',
	'PUT /v1/connections/carriers/stamps_com/:carrier_id': 'docs page on connecting Stamps.com',
	'POST /v1/partners/accounts': 'docs pages on partner accounts',
	'GET /v1/partners/accounts': 'docs pages on partner accounts',
	'GET /v1/partners/accounts/external_account_id/:id': 'docs pages on partner accounts',
	'GET /v1/partners/accounts/:id(^\\d+$)': 'docs pages on partner accounts',
	'PUT /v1/partners/accounts/:id(^\\d+$)/enable': 'docs pages on partner accounts',
	'PUT /v1/partners/accounts/:id(^\\d+$)/disable': 'docs pages on partner accounts',
};

const isAbout = ({ where, what }: Difference, deviation: Deviation) =>
	deviation.where.startsWith(where) && what.test(deviation.what);

/** What of a document's differences is not known, and what of the known ones it does not have. */
export interface Compared {
	unknown: string[];
	gone: string[];
}

/** Holds requests and answers against a document and the list. */
export function compared(
	document: VendorDocument,
	exchanges: Exchange[],
	isOld: boolean,
): Compared {
	const found = exchanges.flatMap((exchange) => document.deviations(exchange));
	const known = DIFFERENCES.filter(({ onlyOld }) => isOld || !onlyOld);
	const told = ({ where, what }: Deviation | Difference) => `${where}: ${String(what)}`;
	return {
		unknown: [
			...new Set(
				found.filter((each) => !known.some((difference) => isAbout(difference, each))).map(told),
			),
		].sort(),
		gone: known.filter((each) => !found.some((deviation) => isAbout(each, deviation))).map(told),
	};
}

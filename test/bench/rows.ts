import type { Settings } from '../../sandbox/api';
import {
	type Contender,
	axiosLoop,
	floor,
	httpRegister,
	httpSend,
	registerAutomatically,
	registerByExpressions,
	registerSealed,
	send,
} from './contenders';
import { type Job, REGISTER, REGISTER_SEALED, SEND } from './jobs';

/** One comparison: a job, what the API is like meanwhile, and who does it. */
export interface Row {
	title: string;
	job: Job;
	items: number;
	/** How often each contender does it, in turn. */
	rounds: number;
	/** How long the API takes for each answer, in milliseconds. */
	latency?: number;
	rateLimit?: Settings['rateLimit'];
	contenders: Contender[];
}

/** Something that the node is to hold, by what was measured. */
export interface Aim {
	what: string;
	atMost: number;
	/** @param medianOf the median time of a contender, in milliseconds */
	ratio(medianOf: (contender: Contender) => number): number;
}

/** A window of the API's limit of 200 requests a minute, made shorter, in milliseconds. */
const SHORT_WINDOW = 10_000;

/** So long that 1,000 requests take longer than Max Wait at its default of 120 s. */
const LONG_WINDOW = 35_000;

const A_WINDOWS_SHARE = 200;

const REGISTRATIONS = 1_000;

/** Everything that is compared, and what is to hold of it. */
export function comparisons(apiUrl: string): { rows: Row[]; aims: Aim[] } {
	const asItIs = send();
	const one = send(1);
	const ten = send(10);
	const fifty = send(50);
	const axiosTen = axiosLoop(10);
	const axiosFifty = axiosLoop(50);
	const http = httpSend(apiUrl);
	const httpOne = httpSend(apiUrl, 1);
	const expressions = registerByExpressions();
	const automatic = registerAutomatically();
	const inClear = registerAutomatically();
	const sealed = registerSealed();
	const axiosAlone = axiosLoop(5);
	const twenty = registerByExpressions(20);
	const twentyAtOnce = registerByExpressions(20);
	const [besideFloor, sendFloor] = [send(), floor()];
	const [registering, registerFloor] = [registerAutomatically(), floor()];
	const limited = send();
	const ownShare = send();

	const rows: Row[] = [
		{
			title: "1,000 × Send Verification, beside n8n's own request helper",
			job: SEND,
			items: 1_000,
			rounds: 5,
			contenders: [besideFloor, sendFloor],
		},
		{
			title: "1,000 × Register, beside n8n's own request helper",
			job: REGISTER,
			items: REGISTRATIONS,
			rounds: 5,
			contenders: [registering, registerFloor],
		},
		{
			title: '1,000 × Send Verification, the API answers at once',
			job: SEND,
			items: 1_000,
			rounds: 5,
			contenders: [one, asItIs, ten, httpOne, http, axiosLoop(1), axiosTen],
		},
		{
			title: '1,000 × Send Verification, the API takes 50 ms',
			job: SEND,
			items: 1_000,
			rounds: 3,
			latency: 50,
			contenders: [send(), send(10), fifty, httpSend(apiUrl), axiosLoop(10), axiosFifty],
		},
		{
			title: '1,000 × Register, the API answers at once',
			job: REGISTER,
			items: REGISTRATIONS,
			rounds: 5,
			contenders: [expressions, automatic, httpRegister(apiUrl), axiosLoop(5)],
		},
		{
			title: '1,000 × Register, with the card in the item or sealed, the API answers at once',
			job: REGISTER_SEALED,
			items: REGISTRATIONS,
			rounds: 5,
			contenders: [inClear, sealed, axiosAlone],
		},
		{
			title: '300 × Register, the API answers at once',
			job: REGISTER,
			items: 300,
			rounds: 3,
			contenders: [twentyAtOnce],
		},
		{
			title: '300 × Register, the API takes 2 s',
			job: REGISTER,
			items: 300,
			rounds: 1,
			latency: 2_000,
			contenders: [twenty, registerAutomatically(20), httpRegister(apiUrl), axiosLoop(20)],
		},
		{
			title: '200 × Send Verification, as many as a window of the limit takes',
			job: SEND,
			items: A_WINDOWS_SHARE,
			rounds: 3,
			contenders: [ownShare],
		},
		{
			title: '600 × Send Verification, the API takes 200 in 10 s',
			job: SEND,
			items: 600,
			rounds: 3,
			rateLimit: { limit: A_WINDOWS_SHARE, windowMs: SHORT_WINDOW },
			contenders: [limited, httpSend(apiUrl), axiosLoop(5)],
		},
		{
			title: '1,000 × Send Verification, the API takes 200 in 35 s, Max Wait 120 s',
			job: SEND,
			items: 1_000,
			rounds: 1,
			rateLimit: { limit: A_WINDOWS_SHARE, windowMs: LONG_WINDOW },
			contenders: [send()],
		},
	];
	const aims: Aim[] = [
		{
			what: "Send as it is, against n8n's own request helper, both five at a time",
			atMost: 1.15,
			ratio: (medianOf) => medianOf(besideFloor) / medianOf(sendFloor),
		},
		{
			what: "Register by Map Automatically, against n8n's own request helper",
			atMost: 1.15,
			ratio: (medianOf) => medianOf(registering) / medianOf(registerFloor),
		},
		{
			what: 'Send one at a time, against HTTP Request with a batch size of 1',
			atMost: 1.05,
			ratio: (medianOf) => medianOf(one) / medianOf(httpOne),
		},
		{
			what: 'Send as it is, against HTTP Request as it is',
			atMost: 0.25,
			ratio: (medianOf) => medianOf(asItIs) / medianOf(http),
		},
		{
			what: 'Send as it is, against axios ten at a time',
			atMost: 3.5,
			ratio: (medianOf) => medianOf(asItIs) / medianOf(axiosTen),
		},
		{
			what: 'Send at 50 ms, against axios, both fifty at a time',
			atMost: 1.6,
			ratio: (medianOf) => medianOf(fifty) / medianOf(axiosFifty),
		},
		{
			what: 'Register by Map Automatically, against axios',
			atMost: 2.2,
			// Where HTTP Request has not left n8n a thousand connections to clean up.
			ratio: (medianOf) => medianOf(inClear) / medianOf(axiosAlone),
		},
		{
			what: 'Register with each field an expression, against Map Automatically',
			atMost: 1.4,
			ratio: (medianOf) => medianOf(expressions) / medianOf(automatic),
		},
		{
			what: 'Register with the card sealed, against the card in the item',
			atMost: 1.3,
			ratio: (medianOf) => medianOf(sealed) / medianOf(inClear),
		},
		{
			what: 'Opening a sealed card, in milliseconds an item',
			atMost: 0.5,
			ratio: (medianOf) => (medianOf(sealed) - medianOf(inClear)) / REGISTRATIONS,
		},
		{
			what: "300 × Register at 2 s, twenty at a time, against 30 s and the engine's own time",
			atMost: 1.1,
			ratio: (medianOf) => medianOf(twenty) / (30_000 + medianOf(twentyAtOnce)),
		},
		{
			what: '600 × Send at the limit, against two windows and the time of the last 200',
			atMost: 1.1,
			ratio: (medianOf) => medianOf(limited) / (2 * SHORT_WINDOW + medianOf(ownShare)),
		},
	];
	return { rows, aims };
}

import axios from 'axios';
import { REGISTRANT } from '../../sandbox/examples/person';
import { parse } from 'node-html-parser';
import { type Api, DECLINED_CARD, SANDBOX_KEY, startApi } from '../../sandbox/api';
import { apiCredential, exampleWorkflow, sealCredential } from '../../sandbox/examples/contents';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { FORM_PATH, REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import type { PageSettings } from '../../nodes/StampsOnboardingTrigger/pageSettings';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { type Traces, tracesOf } from '../support/traces';
import { CARD, now, sealedCard } from '../support/sealing';
import { CONTROL, CONTROL_PATH, controlAnswers } from './control';
import { asVisitor, VISITOR, visitorCredential } from '../../sandbox/examples/callers';

/** How many copies of a card n8n keeps: what happened, and what was found after it. */
export interface Row {
	what: string;
	traces: Traces;
	/** The accounts that the API then had for it. */
	accounts: number;
}

interface Place {
	api: Api;
	n8n: N8n;
	form: HttpFormDriver;
}

/** A case: what happens, with a card of its own, so that no other case's copies are counted. */
interface Case {
	what: string;
	/** A card network's published test number. */
	card: string;
	phone: string;
	happens(place: Place, own: Pick<Case, 'card' | 'phone'>): Promise<unknown>;
}

const register = async ({ n8n, form }: Place, { card, phone }: Pick<Case, 'card' | 'phone'>) => {
	await form.open(asVisitor(n8n.url + FORM_PATH));
	return await form.submit({ ...REGISTRATION, 'Card number': card, 'Mobile phone': phone });
};

/** Sends a registration whose card was sealed more than a day ago. */
async function sendOldCard({ n8n }: Place, { card, phone }: Pick<Case, 'card' | 'phone'>) {
	const url = n8n.url + FORM_PATH;
	const { user: username, password } = VISITOR;
	const page = parse((await axios.get<string>(url, { auth: { username, password } })).data);
	const { publicJwk, pass, passId } = JSON.parse(
		page.querySelector('#settings')!.rawText,
	) as PageSettings;
	const person = { email: REGISTRANT.email, phone, pass: passId };
	const iat = now() - 25 * 3_600;
	await axios.post(
		url,
		JSON.stringify({
			...REGISTRANT,
			phone,
			sealed_card: await sealedCard(publicJwk, { card: { ...CARD, number: card }, person, iat }),
			pass,
		}),
		// The door refuses it.
		{ headers: { 'Content-Type': 'text/plain' }, validateStatus: (status) => status === 400 },
	);
}

const CASES: Case[] = [
	{
		what: 'A good run, to the end',
		card: '4111111111111111',
		phone: '512-485-4201',
		async happens(place, own) {
			await register(place, own);
			await place.form.submit(codeAnswer(place.api.codeFor(own.phone.replace(/-/g, ''))));
		},
	},
	{
		what: 'A card that is declined',
		card: DECLINED_CARD,
		phone: '512-485-4202',
		happens: register,
	},
	{
		what: 'The answer of the API is lost',
		card: '5555555555554444',
		phone: '512-485-4203',
		async happens(place, own) {
			place.api.faults.add({ operation: 'register', kind: 'dropAfter' });
			await register(place, own);
		},
	},
	{
		what: 'n8n is killed (SIGKILL) while the person is at the code, and started again',
		card: '378282246310005',
		phone: '512-485-4204',
		async happens(place, own) {
			await register(place, own);
			await place.n8n.restart();
		},
	},
	{
		what: 'A card that was sealed a day before',
		card: '6011111111111117',
		phone: '512-485-4205',
		happens: sendOldCard,
	},
	{
		what: 'Control: a form of n8n takes the card, the person is at the code',
		card: '5105105105105100',
		phone: '512-485-4299',
		async happens({ n8n, form }, { card }) {
			await form.open(`${n8n.url}/form/${CONTROL_PATH}`);
			await form.submit(controlAnswers(card));
		},
	},
];

/**
 * Registers in a real n8n, with all executions saved and its debug log on, in each of the ways that
 * could leave a card behind, and counts it in the raw bytes of all that n8n keeps.
 */
export async function countCopies(installed: InstalledN8n, signal?: AbortSignal): Promise<Row[]> {
	const api = await startApi();
	try {
		const contents = {
			credentials: [
				apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
				sealCredential(api.url),
				visitorCredential,
			],
			workflows: [exampleWorkflow('onboarding'), CONTROL],
			environment: {
				N8N_LOG_LEVEL: 'debug',
				EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
				EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
				EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'true',
			},
		};
		const n8n = await startN8n(installed, contents, signal);
		signal?.addEventListener('abort', () => void n8n.stop());
		try {
			const place = { api, n8n, form: new HttpFormDriver() };
			for (const each of CASES) await each.happens(place, each);
			const rows: Row[] = [];
			for (const { what, card, phone } of CASES) {
				const accounts = api.state.accounts.filter(({ body }) =>
					JSON.stringify(body).includes(phone),
				).length;
				rows.push({ what, traces: await tracesOf(card, n8n.folder), accounts });
			}
			return rows;
		} finally {
			await n8n.stop();
		}
	} finally {
		await api.close();
	}
}

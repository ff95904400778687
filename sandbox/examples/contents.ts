import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { NewCredential, WorkflowFile } from '../n8n/api';
import { CARD, inPanel } from './person';

/** What `npm start` and the end-to-end tests put into n8n. */

interface ApiData {
	apiKey: string;
	baseUrl: string;
}

/** The credential with the API's key. */
export function apiCredential(data: ApiData): NewCredential {
	return { name: 'ShipEngine account', type: 'shipEngineApi', data: { ...data } };
}

/** The same with a partner's key, for the merchants of a platform. */
export function partnerCredential(data: ApiData): NewCredential {
	const partner = { ...data, keyType: 'partner' };
	return { name: 'ShipEngine partner account', type: 'shipEngineApi', data: partner };
}

const NO_CARD = { card_name: '', card_expiration_year: '', card_expiration_month: '' };

/** Of the credential with the payment card. */
export const CARD_ACCOUNT = 'ShipEngine Payment Card account';

/** The credential with the payment card. Without a number it is left to be filled in. */
export function cardCredential(baseUrl: string, cardNumber: string): NewCredential {
	return {
		name: CARD_ACCOUNT,
		type: 'shipEnginePaymentCardApi',
		data: {
			...inPanel(cardNumber === '' ? NO_CARD : CARD),
			cardNumber,
			cardType: 'detect',
			baseUrl,
		},
	};
}

/** Of the credential with the secret of the card seal. */
export const SEAL_ACCOUNT = 'ShipEngine Card Seal account';

/** The credential with the secret of the card seal: unless one is given, a new one each time. */
export function sealCredential(
	baseUrl: string,
	secret = randomBytes(32).toString('hex'),
): NewCredential {
	return { name: SEAL_ACCOUNT, type: 'shipEngineCardSealApi', data: { secret, baseUrl } };
}

/** A workflow of the folder `workflows`. */
export interface ExampleWorkflow {
	/** Its file's name, without `.json`. */
	file: string;
	workflow: WorkflowFile;
}

const WORKFLOWS = path.join(__dirname, '../../workflows');

/** Where the pictures of the workflows are: of each, one with its file's name. */
export const IMAGES = path.join(WORKFLOWS, 'images');

/** What was on the canvas of each workflow when its picture was taken. */
export const STEPS_FILE = path.join(IMAGES, 'steps.json');

/** What a picture shows. */
export interface Pictured {
	/** Of the workflow's file. */
	hash: string;
	steps: string[];
}

/** Tells whether a workflow has changed since its picture was taken. */
export const hashOf = (workflow: WorkflowFile) =>
	createHash('sha256').update(JSON.stringify(workflow)).digest('hex').slice(0, 16);

/** A workflow of the folder `workflows`, by the name of its file. */
export function exampleWorkflow(file: string): WorkflowFile {
	return JSON.parse(readFileSync(path.join(WORKFLOWS, `${file}.json`), 'utf8')) as WorkflowFile;
}

/** The address of the real API, as workflows that call it by n8n's HTTP Request have it. */
export const REAL_API = 'https://api.shipengine.com';

/** A workflow whose HTTP requests go to another address of the API. */
export const pointedAt = (workflow: WorkflowFile, apiUrl: string) =>
	JSON.parse(JSON.stringify(workflow).replaceAll(REAL_API, apiUrl)) as WorkflowFile;

/** All workflows of the folder, by the names of their files. */
export function exampleWorkflows(): ExampleWorkflow[] {
	return readdirSync(WORKFLOWS)
		.filter((name) => name.endsWith('.json'))
		.map((name) => path.basename(name, '.json'))
		.sort()
		.map((file) => ({ file, workflow: exampleWorkflow(file) }));
}

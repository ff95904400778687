import type { IDataObject } from 'n8n-workflow';
import { objectsOf } from '../../nodes/ShipEngine/api/answer';
import { TEST_CARD_NUMBER, YEAR, inPanel } from '../../sandbox/examples/person';
import { carrierStep, step, subAccountStep } from '../engine/support/engine';
import { LABEL } from '../vendor/labelRequests';
import { DONE, type Result, type Walk, failed } from './walk';

/** A step of the walk. */
export interface Step {
	name: string;
	/** What it makes or changes, if it does: then it is asked for first. */
	writes?: string;
	/** Whether it is only for the keys of partners. */
	forPartners?: true;
	/** Whether nobody is asked for it unless a step before it was done. */
	after?: 'create' | 'register' | 'send' | 'rates' | 'buy';
	/** As what it counts for the steps after it. */
	is?: 'create' | 'register' | 'send' | 'rates' | 'buy' | 'disable';
	/** What may be left of it, unless the step that takes it away again was done. */
	leaves?(walk: Walk): string;
	/** Which step it undoes. */
	undoes?: 'create' | 'register' | 'buy';
	act(walk: Walk): Promise<Result>;
}

const CARD = {
	cardName: 'Test Card',
	cardNumber: TEST_CARD_NUMBER,
	cardExpirationYear: YEAR,
	cardExpirationMonth: '07',
};

/** A key that is nobody's. */
const WRONG_KEY = 'TEST_nobody';

/** How often a code can be typed. */
const MOST_TRIES = 3;

/** A refusal is meant here: nobody waits for a sub-account that was made just now. */
const NOT_NEW: IDataObject = { created_at: '' };

/** An ID that no carrier has. */
const NO_CARRIER = 'se-1';

/** The ID of one's own for the sub-account. */
const ownIdOf = ({ nickname }: Walk) => nickname.replace(/\s/g, '-');

const ofCarrier = ({ known }: Walk): IDataObject => ({ carrier_id: known.carrierId });

/** The person's address as a shipment has it. */
const addressOf = ({ person }: Walk) => {
	const { name, phone, address_line1, city_locality, state_province, postal_code } = person;
	const address = { name, phone, address_line1, city_locality, state_province, postal_code };
	return { ...address, country_code: 'US', address_residential_indicator: 'unknown' };
};

/** The walk: what the node does from the first look to the account that works, and then a label. */
export const STEPS: Step[] = [
	{
		name: 'Create a sub-account',
		writes: 'makes a sub-account, for which the steps after it are done',
		forPartners: true,
		is: 'create',
		leaves: (walk) =>
			`A sub-account ${walk.known.subAccount?.account_id ?? ''} with the ID “${ownIdOf(walk)}”`,
		async act(walk) {
			const external_account_id = ownIdOf(walk);
			const create = subAccountStep('Step', 'create');
			const { outputs, result } = await walk.run(create, { external_account_id });
			walk.known.subAccount = outputs[0];
			return result;
		},
	},
	{
		name: 'List the carriers',
		act: async (walk) => (await walk.run(carrierStep('Step', 'getAll'))).result,
	},
	{
		name: 'Ask with a key that is nobody’s',
		act: async (walk) => (await walk.run(carrierStep('Step', 'getAll'), NOT_NEW, WRONG_KEY)).result,
	},
	{
		name: 'Ask for a carrier that there is not',
		act: async (walk) =>
			(await walk.run(carrierStep('Step', 'get'), { ...NOT_NEW, carrier_id: NO_CARRIER })).result,
	},
	{
		name: 'Register an account',
		writes:
			'opens a Stamps.com account with the data that you have entered and a test card, and accepts the terms of Stamps.com (https://www.stamps.com/conditions/)',
		is: 'register',
		leaves: ({ nickname }) => `An account “${nickname}”`,
		async act(walk) {
			const { outputs, result } = await walk.run(
				step('Step', 'register', {
					...inPanel(walk.person as unknown as IDataObject),
					...CARD,
					nickname: walk.nickname,
					agreeToCarrierTerms: true,
					countryCode: 'US',
					addressResidentialIndicator: 'unknown',
				}),
			);
			walk.known.carrierId = outputs[0]?.carrier_id as string | undefined;
			return result;
		},
	},
	{
		name: 'Look for the account in the list',
		after: 'register',
		async act(walk) {
			const { outputs, result } = await walk.run(
				carrierStep('Step', 'getAll', { returnAll: true }),
			);
			const isThere = outputs.some(({ carrier_id }) => carrier_id === walk.known.carrierId);
			return isThere || result.is !== 'done' ? result : failed('it is not in the list yet');
		},
	},
	{
		name: 'Get the account',
		after: 'register',
		act: async (walk) => (await walk.run(carrierStep('Step', 'get'), ofCarrier(walk))).result,
	},
	{
		name: 'Ask the account for rates',
		after: 'register',
		async act(walk) {
			const { outputs, result } = await walk.run(carrierStep('Step', 'check'), ofCarrier(walk));
			return outputs[0]?.works === false ? failed('it gives no rates') : result;
		},
	},
	{
		name: 'Send a text message',
		writes: 'texts a code to the phone that you have entered',
		after: 'register',
		is: 'send',
		async act(walk) {
			const { phone } = walk.person;
			const item = { ...ofCarrier(walk), phone };
			const { outputs, result } = await walk.run(step('Step', 'sendVerification'), item);
			walk.known.verification = outputs[0];
			return result;
		},
	},
	{
		name: 'Try a wrong code',
		writes: 'tries the code 000000 first. It may use up the text message',
		after: 'send',
		async act(walk) {
			const item = { ...walk.known.verification, verification_code: '000000' };
			return (await walk.run(step('Step', 'confirmVerification'), item)).result;
		},
	},
	{
		name: 'Confirm the code',
		writes: 'confirms the phone of the account. You are asked for the code next',
		after: 'send',
		async act(walk) {
			let result: Result = { is: 'left' };
			// Whoever mistypes it may try again.
			for (let tries = 0; tries < MOST_TRIES && result.is !== 'done'; tries += 1) {
				const verification_code = await walk.place.code(walk.person.phone);
				if (verification_code === '') break;
				const item = { ...walk.known.verification, verification_code };
				({ result } = await walk.run(step('Step', 'confirmVerification'), item));
			}
			return result;
		},
	},
	{
		name: 'Ask for the rates of a shipment',
		writes: 'makes a shipment from your address to itself, of which nothing is sent',
		after: 'register',
		is: 'rates',
		leaves: () => 'A shipment of which nothing is sent',
		async act(walk) {
			const address = addressOf(walk);
			const { answer, result } = await walk.send('POST', '/v1/rates', {
				shipment: {
					ship_from: address,
					ship_to: address,
					packages: [{ package_code: 'package', weight: { value: 1, unit: 'pound' } }],
				},
				rate_options: { carrier_ids: [walk.known.carrierId] },
			});
			const { rates } = (answer.rate_response ?? {}) as IDataObject;
			const [first] = objectsOf(rates) ?? [];
			if (result.is !== 'done') return result;
			if (typeof first?.rate_id !== 'string') return failed('the answer has no rate');
			walk.known.rateId = first.rate_id;
			return DONE;
		},
	},
	{
		name: 'Buy a label',
		writes: 'buys a label for the first rate. In the sandbox it costs nothing',
		after: 'rates',
		is: 'buy',
		leaves: ({ known }) =>
			`A label${known.labelId === undefined ? '' : ` ${known.labelId}`} that is not voided`,
		async act(walk) {
			const path = `/v1/labels/rates/${encodeURIComponent(walk.known.rateId!)}`;
			const { answer, result } = await walk.send('POST', path, LABEL);
			if (result.is !== 'done') return result;
			if (typeof answer.label_id !== 'string') return failed('the answer has no ID of a label');
			walk.known.labelId = answer.label_id;
			return DONE;
		},
	},
	{
		name: 'Find the label by its rate',
		after: 'buy',
		async act(walk) {
			const { answer, result } = await walk.send(
				'GET',
				`/v1/labels?rate_id=${encodeURIComponent(walk.known.rateId!)}`,
			);
			const labels = objectsOf(answer.labels) ?? [];
			const isThere = labels.some(({ label_id }) => label_id === walk.known.labelId);
			return isThere || result.is !== 'done' ? result : failed('the label is not found');
		},
	},
	{
		name: 'Void the label',
		writes: 'voids the label again',
		after: 'buy',
		undoes: 'buy',
		async act(walk) {
			const path = `/v1/labels/${encodeURIComponent(walk.known.labelId!)}/void`;
			const { answer, result } = await walk.send('PUT', path);
			const isApproved = answer.approved === true;
			return isApproved || result.is !== 'done' ? result : failed('it was not approved');
		},
	},
	{
		name: 'Disconnect the account',
		writes: 'takes the account out of your sandbox again',
		after: 'register',
		undoes: 'register',
		act: async (walk) =>
			(await walk.run(carrierStep('Step', 'disconnect'), ofCarrier(walk))).result,
	},
	{
		name: 'Disable the sub-account',
		is: 'disable',
		leaves: (walk) => `A disabled sub-account ${walk.known.subAccount?.account_id ?? ''}`,
		writes: 'disables the sub-account that was made: it cannot be deleted',
		forPartners: true,
		after: 'create',
		undoes: 'create',
		async act(walk) {
			const account = { account_id: walk.known.subAccount?.account_id };
			return (await walk.run(subAccountStep('Step', 'disable'), account)).result;
		},
	},
];

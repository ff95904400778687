import { WORKFLOWS as AROUND, aroundTheAccount } from './eachN8n/aroundTheAccount';
import { credentialTest } from './eachN8n/credentialTest';
import { WORKFLOWS as PAGE, onboardingByPage } from './eachN8n/onboardingByPage';
import { useStand } from './eachN8n/stand';
import { WORKFLOWS as THREE, threeOperations } from './eachN8n/threeOperations';
import { WORKFLOWS as TWO, twoExecutions } from './eachN8n/twoExecutions';

// All that one n8n can be shared for, in the newest and in the oldest one: to start it takes longest.

describe.each(['2.41.1', '2.8.4'] as const)('in n8n %s', (version) => {
	const stand = useStand(version, [...PAGE, ...THREE, ...AROUND, ...TWO]);

	describe('an onboarding by the page', () => onboardingByPage(stand));
	describe('the three operations', () => threeOperations(stand));
	describe('around the account', () => aroundTheAccount(stand));
	describe('two executions at once', () => twoExecutions(stand));
	describe('the test of the credential', () => credentialTest(stand));
});

import type { Resource } from '../../step/operation';
import { answer } from './answer';
import { createInvitation } from './createInvitation';
import { createCodeLink } from './createCodeLink';

export const onboardingPage: Resource = {
	name: 'Onboarding Page',
	value: 'onboardingPage',
	operations: [answer, createCodeLink, createInvitation],
};

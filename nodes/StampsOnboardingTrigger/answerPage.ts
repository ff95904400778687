import type { IWebhookFunctions } from 'n8n-workflow';

/**
 * Whether a step *Answer Page* stands behind the trigger, which answers the page. Else whoever registers
 * is told at once that it has arrived.
 */
export function hasAnswerPage(context: IWebhookFunctions): boolean {
	const { name, type } = context.getNode();
	const shipEngine = type.replace(/[^.]+$/, 'shipEngine');
	return context
		.getChildNodes(name, { includeNodeParameters: true })
		.some(({ type: each, disabled, parameters: { resource, operation } = {} }) => {
			const isOfPage = each === shipEngine && resource === 'onboardingPage';
			// The first operation is the default, which n8n leaves out.
			return isOfPage && !disabled && (operation ?? 'answer') === 'answer';
		});
}

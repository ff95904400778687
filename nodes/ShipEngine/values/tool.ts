/**
 * Whether a node is a tool of an AI agent: n8n gives it a type of its own. (`isToolExecution()` is false
 * in Agent V3, which runs a tool as a step: read in n8n 2.41.1.)
 */
export const isToolType = (type: string) => type.endsWith('Tool');

/** What n8n's assistant finds a node by. (n8n 2.41; the types of older versions lack it, and they ignore it.) */
export interface SearchHint {
	builderHint: { searchHint: string };
}

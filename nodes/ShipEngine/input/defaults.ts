/** What the editor shows where the item lacks the field: otherwise `undefined`, in red. */
export const FROM_EARLIER_STEP = '(from an earlier ShipEngine step)';

/** Takes a field of the item, by the API's name, and leaves it to the node where there is none. */
const fromItem = (key: string) => `={{ $json.${key} }}`;

/** The default of a field that an earlier step provides where the item lacks it. */
export const fromItemOrEarlierStep = (key: string) =>
	`={{ $json.${key} ?? '${FROM_EARLIER_STEP}' }}`;

/** Whether a parameter, as it is set, leaves it to the node where the value comes from. */
export const isLeftToNode = (parameter: unknown, key: string) =>
	parameter === fromItem(key) || parameter === fromItemOrEarlierStep(key);

/** The kinds of effect that an operation can have. */
export type Effect =
	| 'reads'
	| 'makesLink'
	| 'opensAccount'
	| 'texts'
	| 'verifies'
	| 'changesAccess'
	| 'charges'
	| 'takesAway';

interface EffectRules {
	/** In the reference. */
	says: string;
	/** Whether it takes from earlier steps what the item does not have. */
	looksBack?: true;
	/** Whether a person has to do it: no tool of an AI agent has it. */
	isForPeople?: true;
	/** What the panel shows above its fields. */
	notice?: string;
}

/**
 * What an operation does to people's money, accounts and phones. The panel's notice, the reference and
 * the tests take it from here; so should any rule about one kind of operation. Only what costs a text
 * message at most looks back: it takes values from earlier steps. All else is told for whom it is.
 */
export const EFFECTS: Record<Effect, EffectRules> = {
	reads: { says: 'Changes nothing', looksBack: true },
	makesLink: {
		says: 'Makes a link with which a person goes on at the page',
		looksBack: true,
		isForPeople: true,
	},
	opensAccount: { says: 'Opens or connects an account' },
	texts: { says: 'Sends a text message', looksBack: true },
	verifies: {
		says: 'Uses one of the few attempts that the API allows for a code',
		looksBack: true,
	},
	changesAccess: { says: 'Changes whether or how an account can be used', isForPeople: true },
	charges: {
		isForPeople: true,
		says: "Charges the account's payment card",
		notice:
			"Each item charges the account's payment card: real money, and there is no test mode. ShipStation support must enable it for your API key.",
	},
	takesAway: {
		isForPeople: true,
		says: 'Removes an account from ShipStation',
		notice:
			'The Stamps.com account and its balance stay as they are: only ShipStation no longer uses them. To close the account, ask Stamps.com.',
	},
};

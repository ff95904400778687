/** The kinds of effect that an operation can have. */
export type Effect =
	| 'reads'
	| 'opensAccount'
	| 'texts'
	| 'verifies'
	| 'changesAccess'
	| 'charges'
	| 'takesAway';

/**
 * What an operation does to people's money, accounts and phones. The panel's notice, the reference and
 * the tests take it from here; so should any rule about one kind of operation. Only what costs a text
 * message at most looks back: it takes values from earlier steps. All else is told for whom it is.
 */
export const EFFECTS: Record<Effect, { says: string; looksBack?: true; notice?: string }> = {
	reads: { says: 'Changes nothing', looksBack: true },
	opensAccount: { says: 'Opens or connects an account' },
	texts: { says: 'Sends a text message', looksBack: true },
	verifies: {
		says: 'Uses one of the few attempts that the API allows for a code',
		looksBack: true,
	},
	changesAccess: { says: 'Changes whether or how an account can be used' },
	charges: {
		says: "Charges the account's payment card",
		notice:
			"Each item charges the account's payment card: real money, and there is no test mode. ShipStation support must enable it for your API key.",
	},
	takesAway: {
		says: 'Removes an account from ShipStation',
		notice:
			'The Stamps.com account and its balance stay as they are: only ShipStation no longer uses them. To close the account, ask Stamps.com.',
	},
};

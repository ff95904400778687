/** Whose accounts an API key opens: those of its own account only, or a partner's sub-accounts too. */
export type KeyType = 'own' | 'partner';

/** The key's type as the credential has it. Never guessed from anything else. */
export const keyTypeOf = (value: unknown): KeyType => (value === 'partner' ? 'partner' : 'own');

import { type CodeLink, sealLink } from '../../nodes/ShipEngine/onboarding/codeLink';
import { sealKeysOf } from '../../nodes/ShipEngine/seal/sealKeys';
import { A_DAY } from './clock';
import { SEAL_SECRET, now } from './sealing';

/** With which links are sealed where a page has the secret of the tests. */
export const linkKey = async () => (await sealKeysOf({ secret: SEAL_SECRET }))[0].link;

/** The token of a link to a page, for a day. */
export const linkTo = async (more: Partial<CodeLink> = {}, path = 'open-account') =>
	sealLink(
		{
			...{ end: now() + A_DAY, carrierId: 'se-123890', phone: '5124854282' },
			verificationId: 'vfn_2Zx9',
			...more,
		},
		await linkKey(),
		path,
	);

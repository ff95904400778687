import type { KeyObject } from 'crypto';
import { opened, sealed } from '../seal/box';
import type { PageItem } from './pageItem';

type Send = Pick<PageItem, 'page_path' | 'page_pass' | 'received_at'>;

const boundTo = ({ page_path, page_pass }: Send) =>
	JSON.stringify(['refused', page_path, page_pass]);

/** Shows the page's door that what was sent opened no account, whichever process found that out. */
export const sealRefusal = (send: Send, key: KeyObject) =>
	sealed(send.received_at, key, boundTo(send));

/** Whether a token shows it of just this. */
export const isRefusalOf = (token: string, send: Send, keys: KeyObject[]) =>
	keys.some((key) => opened(token, key, boundTo(send))?.toString() === send.received_at);

/** What the readers of the kinds of messages share. */
import type { InboundContent } from '../../model';
import type { Json } from '../untrusted';
import type { MediaHandle } from './media-handle';

/** Gives null when the part is not readable; the message is then `other`. */
export type PartReader = (part: Json, message: MediaHandle['message']) => InboundContent | null;

export function plain(type: InboundContent['type'], text = ''): InboundContent {
	return { type, text, reply: null, media: null };
}

/** @param providerType WhatsApp's own name of the kind */
export function other(providerType: string, text = ''): InboundContent {
	return { ...plain('other', text), providerType };
}

/** What is told of messages that a linked device could not open? That there is one, beside whoever wrote it. */
import type { Instant } from '../model';
import type { TimelineLine } from '../timeline/timeline';
import type { Said } from './hear-consent';

const TEXT = 'Uma mensagem não pôde ser aberta neste aparelho; veja-a no celular.';

export function linesOfUnopened(said: readonly Said[], now: Instant): TimelineLine[] {
	return said.flatMap(({ channelId, contactId, conversationId, event, claim }) => {
		if (!event.unopened) return [];
		const data = { providerMessageId: event.providerMessageId, sentAt: new Date(event.sentAt).toISOString() };
		const place = { channelId, contactId, conversationId };
		return [{ event: 'messageUnreadable', text: TEXT, at: now, ...place, data, key: `messageUnreadable|${claim}` }];
	});
}

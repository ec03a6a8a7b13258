import { linesOfUnopened } from '../../../../engine/inbound/unopened-lines';
import type { Said } from '../../../../engine/inbound/hear-consent';

it('tells once of a message that a linked device could not open, beside its conversation, and of no other', () => {
	const said = { channelId: 'chn', contactId: 'ctc', conversationId: 'cnv', claim: 'chn|u|3AAA01' };
	const event = { type: 'message', providerMessageId: '3AAA01', sentAt: 1_000 };
	const lines = linesOfUnopened(
		[{ ...said, event: { ...event, unopened: true } } as Said, { ...said, event } as Said],
		2_000,
	);
	expect(lines).toEqual([
		{
			event: 'messageUnreadable',
			text: 'Uma mensagem não pôde ser aberta neste aparelho; veja-a no celular.',
			at: 2_000,
			...{ channelId: 'chn', contactId: 'ctc', conversationId: 'cnv' },
			data: { providerMessageId: '3AAA01', sentAt: '1970-01-01T00:00:01.000Z' },
			key: 'messageUnreadable|chn|u|3AAA01',
		},
	]);
});

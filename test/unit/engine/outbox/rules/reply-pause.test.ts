import { judge } from '../../../../../engine/outbox/rules/judge';
import { replyPause } from '../../../../../engine/outbox/rules/reply-pause';
import { HOUR, someFacts, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const reminder = { purpose: 'reminder', kind: 'notification', askedAt: NOW - HOUR } as const;

describe('a reminder whose reader has written since it was planned (X-04)', () => {
	it('is refused, and says that the ladder decides anew', () => {
		const facts = someFacts({ ...reminder, lastInboundAt: NOW - HOUR + 1 });
		expect(replyPause(facts, NOW)).toEqual({
			type: 'refuse',
			code: 'replyPause',
			text: 'Não enviada: o contato escreveu depois que o lembrete foi planejado. A régua decide de novo depois da pausa.',
		});
		expect(judge(facts, NOW)).toMatchObject({ type: 'refuse', code: 'replyPause' });
	});

	it('leaves when they wrote before, or never', () => {
		expect(replyPause(someFacts({ ...reminder, lastInboundAt: NOW - HOUR }), NOW)).toBeNull();
		expect(replyPause(someFacts({ ...reminder, lastInboundAt: null }), NOW)).toBeNull();
	});

	it('leaves when it was to wait for their message, and other messages always do', () => {
		const wrote = { askedAt: NOW - HOUR, lastInboundAt: NOW };
		expect(replyPause(someFacts({ ...reminder, ...wrote, outsideWindow: { type: 'hold' } }), NOW)).toBeNull();
		expect(replyPause(someFacts({ ...wrote, purpose: 'notice' }), NOW)).toBeNull();
	});
});

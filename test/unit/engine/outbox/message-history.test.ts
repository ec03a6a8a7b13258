import { tellStory } from '../../../../engine/outbox/message-history';
import type { MessageView } from '../../../../engine/outbox/message-views';
import type { TimelineEntry } from '../../../../engine/timeline/timeline';

const T0 = Date.parse('2026-11-20T12:00:00Z');
const at = (seconds: number) => new Date(T0 + seconds * 1000).toISOString();

const aMessage = (more: Partial<MessageView>): MessageView => ({
	...{ id: 'out_1', providerMessageId: null, status: 'queued', delivery: null, deliveryAt: null, code: null },
	...{ reason: null, hint: null, type: 'text', text: 'Oi', template: null, channelId: 'cloudApi:1' },
	...{ contact: { id: 'cnt_1', name: 'Ana', phone: null, address: '1' }, conversationId: null, origin: 'bot' },
	...{ kind: 'reply', purpose: null, label: null, attempts: 0, createdAt: at(0), notBefore: null, validUntil: null },
	...{ finishedAt: null, cost: null },
	...more,
});
const told = (seconds: number, event: string, text: string, data: object = {}): TimelineEntry => ({
	...{ seq: seconds, id: `tl_${seconds}`, at: T0 + seconds * 1000, event, text, data },
	...{ channelId: null, contactId: null, conversationId: null },
});

describe('the story of a message (V-18)', () => {
	it('goes from the line to the phone, every attempt in between', () => {
		const message = aMessage({ status: 'sent', finishedAt: at(20), delivery: 'read', deliveryAt: at(60) });
		const story = tellStory(message, [told(5, 'messagePostponed', 'O WhatsApp limitou o ritmo.', { code: '130429' })]);
		expect(story).toEqual([
			{ at: at(0), event: 'enqueued', text: 'Entrou na fila de envio.' },
			{ at: at(5), event: 'messagePostponed', text: 'O WhatsApp limitou o ritmo.', code: '130429' },
			{ at: at(20), event: 'accepted', text: 'Enviada: o WhatsApp aceitou a mensagem.' },
			{ at: at(60), event: 'read', text: 'Lida pelo contato.' },
		]);
	});

	it('ends with the reason when it was not sent, told once', () => {
		const message = aMessage({ status: 'refused', finishedAt: at(9), code: 'expired', reason: 'A validade terminou.' });
		expect(tellStory(message, [told(9, 'messageRefused', 'A validade terminou.', { code: 'expired' })])).toEqual([
			{ at: at(0), event: 'enqueued', text: 'Entrou na fila de envio.' },
			{ at: at(9), event: 'messageRefused', text: 'A validade terminou.', code: 'expired' },
		]);
		expect(tellStory(message, [])[1]).toEqual({
			at: at(9),
			event: 'ended',
			text: 'A validade terminou.',
			code: 'expired',
		});
	});

	it('tells a message that was accepted and did not arrive', () => {
		const message = aMessage({
			...{ status: 'refused', finishedAt: at(3), delivery: 'failed', deliveryAt: at(8) },
			...{ code: '131026', reason: 'O número não recebe.' },
		});
		const story = tellStory(message, [told(8, 'messageFailed', 'O número não recebe.', { code: '131026' })]);
		expect(story.map(({ event }) => event)).toEqual(['enqueued', 'accepted', 'messageFailed']);
	});

	it('puts what WhatsApp reports after what it is about, although WhatsApp counts whole seconds', () => {
		const times = { createdAt: at(0.4), finishedAt: at(0.7) };
		const read = aMessage({ ...times, status: 'sent', delivery: 'read', deliveryAt: at(0) });
		expect(tellStory(read, []).map(({ event, at: when }) => [event, when])).toEqual([
			['enqueued', at(0.4)],
			['accepted', at(0.7)],
			['read', at(0.7)],
		]);
		const failed = aMessage({ ...times, status: 'refused', delivery: 'failed', deliveryAt: at(0) });
		expect(tellStory(failed, [told(0, 'messageFailed', 'Não chegou.')]).map(({ event }) => event)).toEqual([
			...['enqueued', 'accepted', 'messageFailed'],
		]);
	});
});

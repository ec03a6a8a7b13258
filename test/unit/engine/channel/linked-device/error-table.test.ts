import { explainLinkedError } from '../../../../../engine/channel/linked-device/error-table';

describe('codes of a linked device', () => {
	it('never repeats a message that may not start a conversation: each try makes it worse (D-12)', () => {
		expect(explainLinkedError(463).retry).toEqual({ kind: 'never' });
	});

	it('waits longer each time when the number is too fast, and rests the whole channel', () => {
		expect(explainLinkedError('429').retry).toEqual({ kind: 'backoff', minMs: 60_000, scope: 'channel' });
		expect(explainLinkedError(429, 2).retry).toEqual({ kind: 'backoff', minMs: 240_000, scope: 'channel' });
		expect(explainLinkedError(429, 30).retry).toEqual({ kind: 'backoff', minMs: 900_000, scope: 'channel' });
	});

	it('ends on a code that nobody knows, and names it', () => {
		expect(explainLinkedError('toString')).toEqual({
			retry: { kind: 'never' },
			explanation:
				'O WhatsApp não entregou a mensagem (código toString). Confirme o número do contato antes de enviar de novo.',
		});
	});
});

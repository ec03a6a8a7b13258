import type { SendingFacts } from '../../../../../engine/outbox/rules/facts';
import { serviceWindow } from '../../../../../engine/outbox/rules/service-window';
import { HOUR, someFacts, someTemplate, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const judged = (more: Partial<SendingFacts>) => serviceWindow(someFacts(more), NOW);
const LATE = { lastInboundAt: NOW - 25 * HOUR };

describe('free text and the service window (C-28, D-19)', () => {
	it.each([
		[24 * HOUR - 60_001, 60_000, null],
		[24 * HOUR - 60_000, 60_000, 'serviceWindowClosed'],
		[25 * HOUR, 60_000, 'serviceWindowClosed'],
		[24 * HOUR - 1, 0, null],
		[23 * HOUR, 3_600_000, 'serviceWindowClosed'],
	])('%i ms after the contact wrote, with a margin of %i ms → %s', (age, windowMarginMs, expected) => {
		const objection = judged({ lastInboundAt: NOW - age, windowMarginMs });
		expect(objection && 'code' in objection ? objection.code : null).toBe(expected);
	});

	it('is refused to somebody who never wrote; the sentence says so', () => {
		expect(judged({ lastInboundAt: null })).toEqual({
			type: 'refuse',
			code: 'serviceWindowClosed',
			text: 'Não enviada: este contato ainda não escreveu para este número; a API oficial só aceita um modelo aprovado.',
		});
	});

	it('passes at any time where there is no window, and as a template', () => {
		expect(judged({ serviceWindowHours: null, lastInboundAt: null })).toBeNull();
		expect(judged({ content: someTemplate(), lastInboundAt: null })).toBeNull();
	});

	it('follows the plan of the message: a template in its place', () => {
		expect(judged({ ...LATE, outsideWindow: { type: 'template', content: someTemplate() } })).toEqual({
			type: 'sendInstead',
			content: someTemplate(),
			hint: 'Fora da janela de 24h — usado o modelo "lembrete".',
		});
	});

	it('follows the plan of the message: held until the contact writes', () => {
		expect(judged({ ...LATE, outsideWindow: { type: 'hold' } })).toEqual({
			type: 'hold',
			code: 'waitingForContact',
			text: 'Guardada: fora da janela de 24h. Sai assim que o contato escrever.',
		});
		expect(judged({ outsideWindow: { type: 'hold' } })).toBeNull();
	});
});

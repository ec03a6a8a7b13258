import type { SendingFacts } from '../../../../../engine/outbox/rules/facts';
import { marketingLimit } from '../../../../../engine/outbox/rules/marketing-limit';
import { HOUR, someFacts, someTemplate, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const judged = (more: Partial<SendingFacts> = {}) =>
	marketingLimit(
		someFacts({
			...{ kind: 'campaign', content: someTemplate({ category: 'marketing' }), marketingLimitedAt: NOW - HOUR },
			...more,
		}),
		NOW,
	);

describe('marketing to somebody to whom Meta lately delivered none (131049)', () => {
	it('waits until a day has passed, and says so', () => {
		expect(judged()).toEqual({
			type: 'postpone',
			until: NOW + 23 * HOUR,
			code: 'marketingLimit',
			text: 'Adiada: há menos de 24h a Meta não entregou marketing a este contato, para não cansá-lo. Sai depois disso.',
		});
		expect(judged({ marketingLimitedAt: NOW - 24 * HOUR })).toBeNull();
		expect(judged({ marketingLimitedAt: null })).toBeNull();
	});

	it('is refused when it would be stale by then', () => {
		expect(judged({ validUntil: NOW + 22 * HOUR })).toMatchObject({ type: 'refuse', code: 'marketingLimit' });
		expect(judged({ validUntil: NOW + 23 * HOUR })?.type).toBe('postpone');
	});

	it('concerns marketing alone, as the provider sees the template today', () => {
		expect(judged({ content: someTemplate({ category: 'utility' }) })).toBeNull();
		expect(judged({ content: { type: 'text', text: 'Oi' } })).toBeNull();
		const moved = new Map([['lembrete pt_BR', { status: 'approved', category: 'marketing' as const }]]);
		expect(judged({ content: someTemplate({ category: 'utility' }), templates: moved })?.type).toBe('postpone');
	});
});

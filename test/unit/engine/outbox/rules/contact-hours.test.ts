import type { Schedule } from '../../../../../engine/business-hours/schedule';
import { contactHoursOf, DEFAULT_CONTACT_HOURS } from '../../../../../engine/dunning/contact-hours';
import { checkContactHours, readContactHours } from '../../../../../engine/outbox/contact-hours';
import { contactHours } from '../../../../../engine/outbox/rules/contact-hours';
import { judge } from '../../../../../engine/outbox/rules/judge';
import { someFacts, TUESDAY_10H } from '../../../../support/sending-facts';

const hoursOf = (phone: string) => contactHoursOf(DEFAULT_CONTACT_HOURS, { uf: null, phone });
const SAO_PAULO = hoursOf('+5511987654321');
const at = (iso: string) => Date.parse(iso);
const judged = (now: number, hours: Schedule | null = SAO_PAULO, validUntil: number | null = null) =>
	contactHours(someFacts({ contactHours: hours, validUntil }), now);

describe('the contact hours of a message (X-03)', () => {
	it('let it leave within them, and any message that keeps to none', () => {
		expect(judged(TUESDAY_10H)).toBeNull();
		expect(judged(at('2026-03-10T23:00:00-03:00'), null)).toBeNull();
		expect(judged(at('2026-03-10T09:00:00-03:00'))).toBeNull();
		expect(judged(at('2026-03-10T17:59:59.999-03:00'))).toBeNull();
	});

	it('postpone it to the next opening, and say when and why', () => {
		expect(judged(at('2026-03-10T18:00:00-03:00'))).toEqual({
			type: 'postpone',
			until: at('2026-03-11T09:00:00-03:00'),
			code: 'outsideContactHours',
			text: 'Adiada: fora do horário de contato permitido (seg. a sex. das 09:00 às 18:00). Sai amanhã às 09:00.',
		});
		expect(judged(at('2026-03-10T08:59:00-03:00'))).toMatchObject({ until: at('2026-03-10T09:00:00-03:00') });
	});

	it('name the holiday', () => {
		expect(judged(at('2026-11-20T10:00:00-03:00'))).toMatchObject({
			until: at('2026-11-23T09:00:00-03:00'),
			text: 'Adiada: hoje é feriado (Consciência Negra), fora do horário de contato permitido. Sai segunda-feira às 09:00.',
		});
	});

	it("go by the reader's clock: at 10:00 in São Paulo it is 08:00 in Rio Branco", () => {
		expect(judged(TUESDAY_10H, hoursOf('+5568987654321'))).toMatchObject({
			until: at('2026-03-10T09:00:00-05:00'),
			text: 'Adiada: fora do horário de contato permitido (seg. a sex. das 09:00 às 18:00). Sai hoje às 09:00 (fuso America/Rio_Branco).',
		});
		expect(judged(at('2026-03-10T17:30:00-03:00'), hoursOf('+5581987654321'))).toBeNull();
	});

	it('refuse at once what can no longer leave lawfully, so that it is planned anew', () => {
		const evening = at('2026-03-10T18:00:00-03:00');
		expect(judged(evening, SAO_PAULO, evening + 60_000)).toEqual({
			type: 'refuse',
			code: 'outsideContactHours',
			text: 'Não enviada: fora do horário de contato permitido (seg. a sex. das 09:00 às 18:00), e a validade da mensagem termina antes do próximo, amanhã às 09:00.',
		});
		expect(judged(evening, SAO_PAULO, at('2026-03-11T09:00:00-03:00'))?.type).toBe('postpone');
	});

	it('refuse what never opens, and hours nobody can read', () => {
		expect(judged(TUESDAY_10H, { weekly: [] })).toMatchObject({ type: 'refuse', code: 'outsideContactHours' });
		expect(contactHours(someFacts({ contactHours: 'unreadable' }), TUESDAY_10H)).toMatchObject({ type: 'refuse' });
	});

	it('are asked before the service window: what may be held at night may be open in the morning', () => {
		const facts = someFacts({ contactHours: SAO_PAULO, lastInboundAt: null, outsideWindow: { type: 'fail' } });
		expect(judge(facts, at('2026-03-10T22:00:00-03:00'))).toMatchObject({
			type: 'postpone',
			code: 'outsideContactHours',
		});
	});

	it('are read once per JSON, so that the same hours are the same object', () => {
		const json = JSON.stringify(SAO_PAULO);
		expect(readContactHours(json)).toBe(readContactHours(JSON.stringify(JSON.parse(json))));
		expect(readContactHours('{"weekly":[{"days":["xyz"],"from":"9","to":"8"}]}')).toBe('unreadable');
		expect(readContactHours('{')).toBe('unreadable');
	});

	it('are refused before anything is stored when they make no sense', () => {
		expect(() => checkContactHours({ weekly: [{ days: ['mon'], from: '25:00', to: '18:00' }] }, TUESDAY_10H)).toThrow(
			'25:00',
		);
		expect(() => checkContactHours(SAO_PAULO, TUESDAY_10H)).not.toThrow();
	});
});

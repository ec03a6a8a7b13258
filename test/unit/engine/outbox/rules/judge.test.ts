import type { SendingFacts } from '../../../../../engine/outbox/rules/facts';
import { judge } from '../../../../../engine/outbox/rules/judge';
import { HOUR, someFacts, someTemplate, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const codeOf = (more: Partial<SendingFacts>) => {
	const judgement = judge(someFacts(more), NOW);
	return judgement.type === 'send' ? 'send' : judgement.code;
};
const approved = (category: 'utility' | 'marketing' = 'utility') =>
	new Map([['lembrete pt_BR', { status: 'approved', category }]]);

describe('may this message leave now? (X-05)', () => {
	it('yes, as it is, when nothing speaks against it', () => {
		expect(judge(someFacts(), NOW)).toEqual({
			type: 'send',
			content: { type: 'text', text: 'Olá' },
			hint: null,
			needsPlace: false,
		});
	});

	it('asks for validity, the person, consent, the window, the template and the cooldown, in this order', () => {
		const template = someTemplate();
		const facts: Partial<SendingFacts> = {
			kind: 'campaign',
			validUntil: NOW - 1,
			conversation: { state: 'attending', botPausedUntil: null },
			consent: { optedOutAt: 1, marketingOutAt: null },
			lastInboundAt: null,
			outsideWindow: { type: 'fail' },
			templates: new Map([['lembrete pt_BR', { status: 'paused', category: 'utility' }]]),
			lastStartAt: NOW - HOUR,
		};
		expect(codeOf(facts)).toBe('expired');
		expect(codeOf((facts.validUntil = null) ?? facts)).toBe('humanAttending');
		expect(codeOf((facts.conversation = null) ?? facts)).toBe('optedOut');
		expect(codeOf((facts.consent = null) ?? facts)).toBe('serviceWindowClosed');
		expect(codeOf({ ...facts, content: template })).toBe('templateNotApproved');
		expect(codeOf({ ...facts, content: template, templates: approved() })).toBe('startCooldown');
		expect(codeOf({ ...facts, content: template, templates: approved(), lastStartAt: null })).toBe('send');
	});

	it('calls it a start when the contact has not written for a day, on any channel (C-11, D-12)', () => {
		const needsPlace = (more: Partial<SendingFacts>) => {
			const judgement = judge(someFacts({ serviceWindowHours: null, ...more }), NOW);
			return judgement.type === 'send' && judgement.needsPlace;
		};
		expect(needsPlace({ lastInboundAt: null })).toBe(true);
		expect(needsPlace({ lastInboundAt: NOW - 24 * HOUR })).toBe(true);
		expect(needsPlace({ lastInboundAt: NOW - 24 * HOUR + 1 })).toBe(false);
		// Counted already, in an attempt whose end nobody knows.
		expect(needsPlace({ lastInboundAt: null, hasPlace: true })).toBe(false);
	});

	describe('the template in the place of a text (D-19)', () => {
		const late: Partial<SendingFacts> = {
			lastInboundAt: NOW - 25 * HOUR,
			outsideWindow: { type: 'template', content: someTemplate() },
		};

		it('is sent once the window has closed, and says so', () => {
			expect(judge(someFacts(late), NOW)).toEqual({
				type: 'send',
				content: someTemplate(),
				hint: 'Fora da janela de 24h — usado o modelo "lembrete".',
				needsPlace: true,
			});
		});

		it('is not used while the window is open', () => {
			expect(judge(someFacts({ ...late, lastInboundAt: NOW - HOUR }), NOW)).toMatchObject({
				content: { type: 'text' },
				hint: null,
			});
		});

		it('has to pass the rules of templates itself (C-26, C-27, D-35)', () => {
			const paused = new Map([['lembrete pt_BR', { status: 'paused', category: 'utility' as const }]]);
			expect(codeOf({ ...late, templates: paused })).toBe('templateNotApproved');
			expect(codeOf({ ...late, kind: 'campaign', lastStartAt: NOW - HOUR })).toBe('startCooldown');
			const noMarketing = { optedOutAt: null, marketingOutAt: 1 };
			expect(codeOf({ ...late, kind: 'notification', consent: noMarketing })).toBe('send');
			expect(codeOf({ ...late, kind: 'notification', consent: noMarketing, templates: approved('marketing') })).toBe(
				'marketingOptedOut',
			);
		});
	});
});

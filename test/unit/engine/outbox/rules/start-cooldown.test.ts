import type { SendingFacts } from '../../../../../engine/outbox/rules/facts';
import { startCooldown } from '../../../../../engine/outbox/rules/start-cooldown';
import { HOUR, someFacts, someTemplate, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const judged = (more: Partial<SendingFacts>) =>
	startCooldown(
		someFacts({
			...{ kind: 'campaign', content: someTemplate(), lastInboundAt: null, lastStartAt: NOW - HOUR },
			...more,
		}),
		NOW,
	);

describe('the next campaign after an unanswered start (C-27)', () => {
	it('waits for the end of the cooldown, and says so', () => {
		expect(judged({})).toEqual({
			type: 'postpone',
			until: NOW + 23 * HOUR,
			code: 'startCooldown',
			text: 'Adiada: o contato não respondeu à abordagem anterior, feita há menos de 24h. Sai depois disso ou se ele responder.',
		});
	});

	it.each([
		[24 * HOUR - 1, 'postpone'],
		[24 * HOUR, undefined],
	])('%i ms after the start → %s', (age, expected) => expect(judged({ lastStartAt: NOW - age })?.type).toBe(expected));

	it('is refused when it would be stale by then', () => {
		expect(judged({ validUntil: NOW + 22 * HOUR })).toMatchObject({ type: 'refuse', code: 'startCooldown' });
		expect(judged({ validUntil: NOW + 23 * HOUR })?.type).toBe('postpone');
	});

	it('goes at once when the contact answered (C-28)', () => {
		expect(judged({ lastInboundAt: NOW - HOUR + 1 })).toBeNull();
		// Answered, but so long ago that it is a start again.
		expect(judged({ lastStartAt: NOW - 30 * HOUR, lastInboundAt: NOW - 29 * HOUR, cooldownMs: 48 * HOUR })).toBeNull();
	});

	it('concerns campaigns alone, and only starts', () => {
		expect(judged({ kind: 'notification' })).toBeNull();
		expect(judged({ kind: 'reply' })).toBeNull();
		expect(judged({ hasPlace: true })).toBeNull();
	});

	it('can be switched off', () => expect(judged({ cooldownMs: 0 })).toBeNull());
});

import type { SendingFacts } from '../../../../../engine/outbox/rules/facts';
import { humanAttending } from '../../../../../engine/outbox/rules/human-attending';
import { HOUR, someFacts, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const objects = (more: Partial<SendingFacts>) => humanAttending(someFacts(more), NOW) !== null;
const ATTENDED = { state: 'attending', botPausedUntil: NOW + HOUR };

describe('the bot while a person has the conversation (D-07)', () => {
	it.each([
		[{ state: 'attending', botPausedUntil: null }, true],
		[{ state: 'triage', botPausedUntil: NOW + 1 }, true],
		[{ state: 'triage', botPausedUntil: NOW }, false],
		[{ state: 'queued', botPausedUntil: null }, false],
		[{ state: 'resolved', botPausedUntil: null }, false],
	])('is silent: %j → %s', (conversation, expected) => expect(objects({ conversation })).toBe(expected));

	it('does not silence the agent', () => expect(objects({ origin: 'agent', conversation: ATTENDED })).toBe(false));

	it.each(['notice', 'closingByAgent', 'start', 'transfer'])('speaks for the human side: %s', (purpose) => {
		expect(objects({ purpose, conversation: ATTENDED })).toBe(false);
	});

	it('speaks when there is no conversation a person could have', () => {
		expect(objects({ conversation: null, purpose: null })).toBe(false);
	});

	it('says why', () => {
		expect(humanAttending(someFacts({ conversation: ATTENDED }), NOW)).toEqual({
			type: 'refuse',
			code: 'humanAttending',
			text: 'Não enviada: uma pessoa assumiu a conversa e o bot ficou em silêncio.',
		});
	});
});

import { judgeSending, type SendingFacts } from '../../../../engine/outbox/sending-rules';

const NOW = Date.UTC(2026, 2, 10, 13);
const HOUR = 3_600_000;

const facts = (more: Partial<SendingFacts> = {}): SendingFacts => ({
	origin: 'bot',
	purpose: 'menu',
	contentType: 'text',
	validUntil: null,
	serviceWindowHours: 24,
	lastInboundAt: NOW - HOUR,
	conversation: { state: 'triage', botPausedUntil: null },
	...more,
});
const codeOf = (more: Partial<SendingFacts>, now = NOW) => {
	const judgement = judgeSending(facts(more), now);
	return judgement.type === 'send' ? 'send' : judgement.code;
};

describe('may this message leave now?', () => {
	it('yes, when nothing speaks against it', () => expect(codeOf({})).toBe('send'));

	it.each([
		['the last instant', NOW, 'send'],
		['a millisecond later', NOW + 1, 'expired'],
	])('until its validity ends: %s', (_when, now, expected) => {
		expect(codeOf({ validUntil: NOW }, now)).toBe(expected);
	});

	it.each([
		[24 * HOUR - 60_001, 'send'],
		[24 * HOUR - 60_000, 'serviceWindowClosed'],
		[25 * HOUR, 'serviceWindowClosed'],
	])('until a minute before the service window closes: %i ms after the contact wrote → %s (D-19)', (age, expected) => {
		expect(codeOf({ lastInboundAt: NOW - age })).toBe(expected);
	});

	it('not to somebody who never wrote; the sentence says so', () => {
		expect(judgeSending(facts({ lastInboundAt: null }), NOW)).toEqual({
			type: 'refuse',
			code: 'serviceWindowClosed',
			explanation:
				'Não enviada: este contato ainda não escreveu para este número; a API oficial só aceita um modelo aprovado.',
		});
	});

	it('at any time on a channel without a window', () => {
		expect(codeOf({ serviceWindowHours: null, lastInboundAt: null })).toBe('send');
	});

	it.each([
		[{ state: 'attending', botPausedUntil: null }, 'humanAttending'],
		[{ state: 'triage', botPausedUntil: NOW + 1 }, 'humanAttending'],
		[{ state: 'triage', botPausedUntil: NOW }, 'send'],
		[{ state: 'queued', botPausedUntil: null }, 'send'],
		[{ state: 'resolved', botPausedUntil: null }, 'send'],
	])('not from the bot while a person has the conversation (%j → %s, D-07)', (conversation, expected) => {
		expect(codeOf({ conversation })).toBe(expected);
	});

	const ATTENDED = { state: 'attending', botPausedUntil: NOW + HOUR };

	it('always from an agent', () => expect(codeOf({ origin: 'agent', conversation: ATTENDED })).toBe('send'));

	it.each(['notice', 'closingByAgent', 'start', 'transfer'])(
		'from the bot on the human side of things: %s',
		(purpose) => {
			expect(codeOf({ purpose, conversation: ATTENDED })).toBe('send');
		},
	);

	it('from the bot when there is no conversation a person could have', () => {
		expect(codeOf({ conversation: null, purpose: null })).toBe('send');
	});

	it('judges validity first, then the person, then the window', () => {
		const all = { validUntil: NOW - 1, conversation: ATTENDED, lastInboundAt: null };
		expect(codeOf(all)).toBe('expired');
		expect(codeOf({ ...all, validUntil: null })).toBe('humanAttending');
		expect(codeOf({ ...all, validUntil: null, conversation: null })).toBe('serviceWindowClosed');
	});
});

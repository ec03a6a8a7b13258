import { answerFirst } from '../../../../../engine/outbox/rules/answer-first';
import { judge } from '../../../../../engine/outbox/rules/judge';
import { HOUR, someFacts, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const stranger = { kind: 'campaign', answerFirst: true, lastInboundAt: null, serviceWindowHours: null } as const;

describe('a number that answers first (D-12)', () => {
	it('starts no campaign with somebody who has never written to it', () => {
		expect(answerFirst(someFacts(stranger), NOW)).toMatchObject({ type: 'refuse', code: 'neverWrote' });
		expect(judge(someFacts(stranger), NOW)).toMatchObject({ type: 'refuse', code: 'neverWrote' });
	});

	it.each([
		['one who wrote long ago', { lastInboundAt: NOW - 90 * 24 * HOUR }],
		['a notice of the contact\u2019s own order', { kind: 'notification' as const }],
		['a reply', { kind: 'reply' as const }],
		['a number without this rule', { answerFirst: false }],
		['one that has left already, as far as anybody knows', { hasPlace: true }],
	])('does not concern %s', (_who, more) => {
		expect(answerFirst(someFacts({ ...stranger, ...more }), NOW)).toBeNull();
	});
});

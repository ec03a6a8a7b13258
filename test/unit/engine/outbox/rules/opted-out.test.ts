import type { SendingFacts } from '../../../../../engine/outbox/rules/facts';
import { optedOut } from '../../../../../engine/outbox/rules/opted-out';
import { HOUR, someFacts, someTemplate, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const codeOf = (more: Partial<SendingFacts>) => {
	const objection = optedOut(someFacts(more), NOW);
	return objection && 'code' in objection ? objection.code : null;
};
const ALL = { optedOutAt: NOW - 1, marketingOutAt: null };
const MARKETING = { optedOutAt: null, marketingOutAt: NOW - 1 };

describe('who said no (D-35)', () => {
	it.each([
		['reply', null],
		['notification', 'optedOut'],
		['campaign', 'optedOut'],
	] as const)('to everything: a %s → %s', (kind, expected) => expect(codeOf({ kind, consent: ALL })).toBe(expected));

	it.each([
		['reply', null],
		['notification', null],
		['campaign', 'marketingOptedOut'],
	] as const)('to marketing: a %s → %s', (kind, expected) =>
		expect(codeOf({ kind, consent: MARKETING })).toBe(expected),
	);

	it('to marketing hears no template of that category, whatever it is called by its sender', () => {
		const content = someTemplate({ category: 'marketing' });
		expect(codeOf({ kind: 'notification', consent: MARKETING, content })).toBe('marketingOptedOut');
		// The provider changed the category after it was written.
		const templates = new Map([['lembrete pt_BR', { status: 'approved', category: 'marketing' as const }]]);
		expect(codeOf({ kind: 'notification', consent: MARKETING, content: someTemplate(), templates })).toBe(
			'marketingOptedOut',
		);
		expect(codeOf({ kind: 'notification', consent: MARKETING, content: someTemplate() })).toBeNull();
	});

	it('hears no template outside a conversation either when its sender calls it a reply', () => {
		const lastInboundAt = NOW - 24 * HOUR;
		const content = someTemplate();
		expect(codeOf({ kind: 'reply', consent: ALL, content, lastInboundAt })).toBe('optedOut');
		expect(codeOf({ kind: 'reply', consent: ALL, content, lastInboundAt: null })).toBe('optedOut');
		expect(codeOf({ kind: 'reply', consent: ALL, content })).toBeNull();
		expect(codeOf({ kind: 'reply', consent: ALL, lastInboundAt })).toBeNull();
		const marketing = someTemplate({ category: 'marketing' });
		expect(codeOf({ kind: 'reply', consent: MARKETING, content: marketing, lastInboundAt })).toBe('marketingOptedOut');
		expect(codeOf({ kind: 'reply', consent: MARKETING, content, lastInboundAt })).toBeNull();
	});

	it('to nothing hears all', () => {
		expect(codeOf({ kind: 'campaign', consent: { optedOutAt: null, marketingOutAt: null } })).toBeNull();
		expect(codeOf({ kind: 'campaign', consent: null })).toBeNull();
	});
});

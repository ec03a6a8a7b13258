import {
	accountWarning,
	brake,
	knownRest,
	noteEnd,
	noteLateFailure,
	reasonToBrake,
	releaseBrake,
} from '../../../../../engine/outbox/rules/starts-brake';
import { NO_STARTS, type StartsState } from '../../../../../engine/outbox/rules/starts-state';
import type { AccountEvent } from '../../../../../engine/model';
import { HOUR, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

/** The state after these ends: 'o' accepted, 'x' refused as not on WhatsApp. */
const after = (ends: string): StartsState =>
	[...ends].reduce((state, end) => noteEnd(state, end === 'x' ? '131026' : null), NO_STARTS);

describe('when starts must rest (X-08)', () => {
	it('after six rejected ones among the last twenty', () => {
		expect(reasonToBrake(after('xxxxx'), '131026')).toBeNull();
		expect(reasonToBrake(after('xxxxxx'), '131026')).toBe('6 dos últimos 6 inícios foram rejeitados.');
		expect(reasonToBrake(after('xoooxoooxoooxoooxx'), '131026')).toBe('6 dos últimos 18 inícios foram rejeitados.');
		// The oldest is forgotten.
		expect(reasonToBrake(after(`x${'o'.repeat(15)}xxxxx`), '131026')).toBeNull();
		expect(after(`x${'o'.repeat(15)}xxxxx`).recent).toHaveLength(20);
	});

	it('never because of an accepted one', () => expect(reasonToBrake(after('xxxxxxo'), null)).toBeNull());

	it('at once when the provider says that people block and report it (131048)', () => {
		expect(reasonToBrake(noteEnd(NO_STARTS, '131048'), '131048')).toBe(
			'a Meta limitou o número por bloqueios e denúncias.',
		);
	});

	it.each([...['131026', '131049', '131050', '130472', '131048', 'failed'], ...['463', '403', 'notOnWhatsApp']])(
		'%s counts as rejected',
		(code) => {
			expect(noteEnd(NO_STARTS, code).recent).toBe('x');
		},
	);

	it.each(['131042', '132015', '131047', '131053', '100', 'mimeType'])('%s says nothing of the number', (code) => {
		expect(noteEnd(NO_STARTS, code).recent).toBe('');
		expect(noteLateFailure(after('o'), code).recent).toBe('o');
	});

	it('counts a start that failed later once', () => {
		expect(noteLateFailure(after('oxo'), '131026').recent).toBe('oxx');
		expect(noteLateFailure(NO_STARTS, '131026').recent).toBe('x');
	});

	it('at once and for a day when a linked device may not start conversations (463, D-12)', () => {
		expect(reasonToBrake(noteEnd(NO_STARTS, '463'), '463')).toBe(
			'o WhatsApp não deixa este número iniciar conversas (463).',
		);
		expect(knownRest('463', NOW)).toBe(NOW + 24 * HOUR);
		expect(knownRest('131048', NOW)).toBeNull();
	});

	it('for a while; afterwards it is judged anew', () => {
		const braked = brake(after('xxxxxx'), NOW + HOUR, 'por isso.');
		expect(braked).toMatchObject({ recent: '', brake: { until: NOW + HOUR, reason: 'por isso.' } });
		expect(releaseBrake(braked, NOW + HOUR - 1)).toBe(braked);
		expect(releaseBrake(braked, NOW + HOUR)).toMatchObject({ brake: null, recent: '' });
		expect(releaseBrake(NO_STARTS, NOW)).toBe(NO_STARTS);
	});

	it('never shorter because of a second reason', () => {
		expect(brake(brake(NO_STARTS, NOW + 5, 'a'), NOW + 1, 'b').brake).toEqual({ until: NOW + 5, reason: 'b' });
	});
});

describe('news of the account that let starts rest (X-08)', () => {
	const news = (field: string, raw: unknown): AccountEvent => ({
		...{ type: 'account', field, summary: '', key: 'k', at: NOW, raw },
	});
	const QUALITY = { reason: 'a Meta avisou que a qualidade do número caiu.', until: null };

	it.each([
		['FLAGGED', QUALITY],
		['DOWNGRADE', QUALITY],
		['ONBOARDING', null],
		['UPGRADE', null],
		['UNFLAGGED', null],
	])('quality: %s', (event, expected) => {
		expect(accountWarning(news('phone_number_quality_update', { event }), NOW)).toEqual(expected);
	});

	it('a restriction, until it ends', () => {
		const restriction_info = [
			{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: NOW / 1000 + 3 * 24 * 3600 },
			{ restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: 'soon' },
		];
		expect(accountWarning(news('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info }), NOW)).toEqual({
			reason: 'a Meta restringiu a conta.',
			until: NOW + 72 * HOUR,
		});
		expect(accountWarning(news('account_update', { event: 'ACCOUNT_VIOLATION' }), NOW)).toEqual({
			reason: 'a Meta restringiu a conta.',
			until: null,
		});
	});

	it.each([
		['account_update', { event: 'VOLUME_BASED_PRICING_TIER_UPDATE' }],
		['account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } }],
		['message_template_status_update', { event: 'FLAGGED' }],
		['account_update', null],
	])('nothing else: %s %j', (field, raw) => expect(accountWarning(news(field, raw), NOW)).toBeNull());
});

import { explainError } from '../../../../engine/channel/cloud-api/errors';
import type { SendResult } from '../../../../engine/model';
import { followPlan, judgeOutcome, MAX_ATTEMPTS } from '../../../../engine/outbox/outcome';
import { someTemplate } from '../../../support/sending-facts';

const NOW = Date.UTC(2026, 2, 10, 13);
const DAY = 24 * 3_600_000;
const judge = (result: SendResult, attempts = 1, createdAt = NOW - 1_000) =>
	judgeOutcome(result, attempts, createdAt, NOW);

const refused = (code: number, attempt = 0): SendResult => ({
	type: 'refused',
	error: { code, title: 'title', details: 'details' },
	...explainError({ code }, attempt),
});

describe('what becomes of a message after one attempt', () => {
	it('is sent when the provider took it', () => {
		expect(judge({ type: 'sent', providerMessageId: 'wamid.1', waId: null, bsuid: null })).toEqual({
			status: 'sent',
			notBefore: 0,
			errorCode: null,
			explanation: null,
			providerMessageId: 'wamid.1',
			restChannelUntil: null,
			hint: null,
			recipient: { waId: null, bsuid: null },
		});
	});

	it('is unknown when no answer came, and waits for proof however often it was tried (D4)', () => {
		for (const attempts of [1, 20]) {
			expect(judge({ type: 'unknown', reason: 'sem resposta' }, attempts)).toMatchObject({
				status: 'unknown',
				explanation: 'Sem confirmação: sem resposta',
			});
		}
	});

	it.each([
		[1, 500],
		[2, 1_000],
		[3, 2_000],
		[4, 5_000],
		[5, 10_000],
		[6, 30_000],
		[60, 30_000],
	])('is tried again when nothing left this machine: attempt %i after %i ms', (attempts, pause) => {
		expect(judge({ type: 'notSent', reason: 'ECONNREFUSED' }, attempts)).toMatchObject({
			status: 'queued',
			notBefore: NOW + pause,
			errorCode: 'unreachable',
			restChannelUntil: NOW + 500,
		});
	});

	it('is refused when nothing could leave for a day', () => {
		expect(judge({ type: 'notSent', reason: 'ECONNREFUSED' }, 99, NOW - DAY - 1)).toMatchObject({
			status: 'refused',
			errorCode: 'unreachable',
		});
	});

	it.each([131026, 131047, 131009, 100, 132000])('is over when the provider says never (%i)', (code) => {
		const verdict = judge(refused(code));
		expect(verdict).toMatchObject({ status: 'refused', errorCode: String(code), restChannelUntil: null });
		expect(verdict.explanation).toBe(explainError({ code }).explanation);
	});

	it('waits ever longer for one contact, without holding up others (131056)', () => {
		expect([0, 1, 2].map((attempt) => judge(refused(131056, attempt), attempt + 1).notBefore - NOW)).toEqual([
			1_000, 4_000, 16_000,
		]);
		expect(judge(refused(131056)).restChannelUntil).toBeNull();
	});

	it('rests the whole number when that is what was limited (130429)', () => {
		expect(judge(refused(130429))).toMatchObject({
			status: 'queued',
			notBefore: NOW + 1_000,
			restChannelUntil: NOW + 1_000,
		});
	});

	it('is refused after the last attempt', () => {
		expect(judge(refused(131056), MAX_ATTEMPTS - 1).status).toBe('queued');
		expect(judge(refused(131056), MAX_ATTEMPTS)).toMatchObject({ status: 'refused', errorCode: '131056' });
	});

	it.each([190, 10, 131005, 131042, 131031, 133010, 131045, 131037, 33])(
		'is kept, and the number rests, while a person has to mend it (%i)',
		(code) => {
			for (const attempts of [1, MAX_ATTEMPTS + 5]) {
				expect(judge(refused(code), attempts)).toMatchObject({
					status: 'queued',
					notBefore: NOW + 60_000,
					restChannelUntil: NOW + 60_000,
					errorCode: String(code),
				});
			}
		},
	);

	it('is kept when a proxy answered in place of Meta', () => {
		const retry = { kind: 'fix' as const };
		const error = { code: 'http407', title: '', details: '' };
		expect(judge({ type: 'refused', error, retry, explanation: 'proxy' })).toMatchObject({ status: 'queued' });
	});

	it.each([131030, 132001, 132015, 131048])('is over when only this message is to be mended (%i)', (code) => {
		expect(judge(refused(code))).toMatchObject({ status: 'refused', restChannelUntil: null });
	});

	it('is refused when nobody mended the number for a day', () => {
		expect(judge(refused(190), 3, NOW - DAY - 1)).toMatchObject({ status: 'refused', restChannelUntil: null });
	});
});

describe('a window that the provider has closed before us (D-19)', () => {
	const text = { type: 'text', text: 'Olá' } as const;
	const closed = judge(refused(131047));

	it('follows the plan: the template at once', () => {
		const plan = { type: 'template', content: someTemplate() } as const;
		const found = followPlan(closed, plan, text, NOW)!;
		expect(found.replacement).toEqual(someTemplate());
		expect(found.verdict).toMatchObject({
			status: 'queued',
			notBefore: NOW,
			hint: 'Fora da janela de 24h — usado o modelo "lembrete".',
		});
	});

	it('follows the plan: held until the contact writes', () => {
		expect(followPlan(closed, { type: 'hold' }, text, NOW)).toMatchObject({
			verdict: { status: 'held', errorCode: 'waitingForContact' },
			replacement: null,
		});
	});

	it('stands otherwise: no plan, another refusal, a template already', () => {
		const plan = { type: 'template', content: someTemplate() } as const;
		expect(followPlan(closed, { type: 'fail' }, text, NOW)).toBeNull();
		expect(followPlan(judge(refused(131026)), plan, text, NOW)).toBeNull();
		expect(followPlan(closed, plan, someTemplate(), NOW)).toBeNull();
	});
});

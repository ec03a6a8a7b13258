import type { ReceivableState } from '../../../../../engine/model-receivable';
import { judge } from '../../../../../engine/outbox/rules/judge';
import { receivableOpen, stopOf, type Standing } from '../../../../../engine/outbox/rules/receivable-open';
import { someFacts, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const standing = (state: ReceivableState, more: Partial<Standing> = {}): Standing => ({
	...{ invoice: 'tit-1', number: 'NF 12', state, promiseDate: null },
	...more,
});

describe('a reminder at the moment of sending (X-04)', () => {
	it('is refused when what it names is settled, with the reason', () => {
		const told = (state: ReceivableState) => receivableOpen(someFacts({ reminder: [standing(state)] }), NOW);
		expect(told('paid')).toEqual({
			type: 'refuse',
			code: 'receivableSettled',
			text: 'Não enviada: a fatura NF 12 já foi paga.',
		});
		expect(told('cancelled')).toMatchObject({ code: 'receivableSettled' });
		expect(told('renegotiated')).toMatchObject({ code: 'receivableSettled' });
	});

	it.each<[ReceivableState, string]>([
		['claimedPaid', 'o pagador disse que já pagou a fatura NF 12'],
		['disputed', 'o pagador não reconhece a fatura NF 12'],
		['promised', 'há uma promessa de pagamento da fatura NF 12 para 20/03/2026'],
		['wrongPerson', 'este número não é do pagador da fatura NF 12'],
		['human', 'uma pessoa está cuidando da fatura NF 12'],
	])('is refused when it is %s', (state, why) => {
		expect(stopOf(standing(state, { promiseDate: '2026-03-20' }))).toEqual({ code: 'receivableStopped', why });
	});

	it('leaves when all are open, and other messages about the same invoice always do', () => {
		expect(receivableOpen(someFacts({ reminder: [standing('open')] }), NOW)).toBeNull();
		expect(receivableOpen(someFacts({ reminder: null }), NOW)).toBeNull();
	});

	it('names one without a number by its id, and the first of several that stands against it', () => {
		expect(stopOf(standing('paid', { number: null }))?.why).toBe('a fatura tit-1 já foi paga');
		const reminder = [standing('open'), standing('disputed'), standing('paid')];
		expect(receivableOpen(someFacts({ reminder }), NOW)).toMatchObject({ code: 'receivableStopped' });
	});

	it('is refused rather than postponed: what is paid at night is not kept until the morning', () => {
		const facts = someFacts({ reminder: [standing('paid')], contactHours: 'unreadable' });
		expect(judge(facts, NOW)).toMatchObject({ code: 'receivableSettled' });
	});
});

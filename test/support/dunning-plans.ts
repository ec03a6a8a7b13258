import { contactHoursOf, DEFAULT_CONTACT_HOURS } from '../../engine/dunning/contact-hours';
import type { DunningPlan } from '../../engine/dunning/types';

/** Three days late on TUESDAY_10H, in São Paulo; tests change what they are about. */
export function somePlan(more: Partial<DunningPlan> = {}): DunningPlan {
	const { creditor = 'acme', payer = 'pay-1', day = '2026-03-10' } = more;
	return {
		...{ creditor, payer, day },
		steps: [planStep('tit-1')],
		afterDue: true,
		maxPerWeek: 2,
		hours: contactHoursOf(DEFAULT_CONTACT_HOURS, { uf: null, phone: '+5511987654321' }),
		validUntil: Date.parse(`${day}T18:00:00-03:00`),
		dedupeKey: `dunning|${creditor}|${payer}|${day}`,
		...more,
	};
}

export function planStep(invoice: string, step = 'd+3') {
	return { invoice, step, number: `NF ${invoice}`, dueDate: '2026-03-07', amountCents: 10_000 };
}

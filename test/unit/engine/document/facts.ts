/** A company, who owes it, and what: tests change what they need. */
import type { DocumentDataInput } from '../../../../engine/document/data';

/** 14:32 in São Paulo. */
export const MOMENT = { now: Date.parse('2026-11-21T17:32:05Z'), zone: 'America/Sao_Paulo' };

export const CREDITOR = {
	name: 'Fundição São José Ltda.',
	document: '11.222.333/0001-81',
	address: 'Rua das Flores, 10, São Paulo/SP',
	phone: '(11) 3256-7890',
};

export const DEBTOR = { name: 'Ana Conceição', document: '529.982.247-25', phone: '+55 11 98765-4321' };

/** Two titles of R$ 459,90: 62 and 32 days late on the day of MOMENT. */
export const TITLES = [
	{ number: 'NF 1234/1', issuedOn: '2026-08-20', dueDate: '2026-09-20', amountCents: 45_990 },
	{ number: 'NF 1234/2', issuedOn: '2026-08-20', dueDate: '2026-10-20', amount: '459,90' },
] as DocumentDataInput['titles'];

export const STATEMENT: DocumentDataInput = {
	number: 'D-77',
	creditor: CREDITOR,
	debtor: DEBTOR,
	titles: TITLES,
	charges: { finePercent: 2, monthlyInterestPercent: 1 },
};

export const AGREEMENT: DocumentDataInput = {
	...STATEMENT,
	number: '1234',
	place: 'São Paulo',
	signedBy: 'Maria Oliveira',
	agreement: {
		...{ discountCents: 5_261, downPaymentCents: 30_000, count: 3, firstDueDate: '2026-11-30' },
		...{ lateCharges: { finePercent: 2, monthlyInterestPercent: 1 }, earlyMaturityAfter: 2, validUntil: '2026-11-28' },
	},
};

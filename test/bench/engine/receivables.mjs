// The open receivables of a company with customers all over Brazil, made one at a time: the same number, the same receivable.

export const CREDITOR = {
	name: 'Oficina Aurora Ltda',
	document: '11222333000181',
	address: 'Rua das Flores, 10, Centro, São Paulo/SP',
};

const DDDS = ['11', '11', '11', '21', '31', '41', '47', '51', '61', '62', '67', '68', '71', '81', '85', '91', '92'];
const SEGMENTS = [null, null, null, 'novo', 'recorrente', 'crônico'];
/** Invoices of the payers in turn: most owe one. */
const INVOICES = [1, 1, 1, 2, 1, 3, 1, 1, 2, 4];
const PAYERS_A_ROUND = INVOICES.length;
const ROUND = INVOICES.reduce((sum, count) => sum + count, 0);
const PAYER_OF = INVOICES.flatMap((count, payer) => Array(count).fill(payer));
const FIRST_DUE = Date.parse('2026-09-20T00:00:00Z');
const DAY_MS = 86_400_000;

/** Those of one payer follow each other. */
export function* receivables(count) {
	for (let i = 0; i < count; i++) yield receivableAt(i);
}

/** @returns {import('../../../engine/dunning/types').Receivable} */
export function receivableAt(i) {
	const payer = Math.floor(i / ROUND) * PAYERS_A_ROUND + PAYER_OF[i % ROUND];
	const document = String(10_000_000_000 + payer * 7).slice(0, 11);
	return {
		creditor: CREDITOR.document,
		invoice: `tit-${i}`,
		number: `NF ${1000 + i}/1`,
		payer: {
			key: document,
			name: `Cliente ${payer} da Silva`,
			document,
			phone: payer % 50 === 0 ? null : `+55${DDDS[payer % DDDS.length]}9${String(10_000_000 + (payer % 80_000_000))}`,
			uf: null,
			segment: SEGMENTS[payer % SEGMENTS.length],
		},
		// Four months around the day, spread by a step that shares no divisor with them.
		dueDate: new Date(FIRST_DUE + ((i * 37) % 121) * DAY_MS).toISOString().slice(0, 10),
		issuedOn: null,
		amountCents: 5_000 + ((i * 7919) % 250_000),
		status: i % 40 === 0 ? 'paid' : 'open',
		humanReason: '',
		charges: null,
		boleto: null,
		pix: null,
		link: `https://example.com/f/${i}`,
	};
}

/** How does a supervisor read what became of a campaign? Portuguese sentences. */
import type { DeliveryReason, DeliveryReport } from './delivery-report';

const COUNTS: ReadonlyArray<[keyof DeliveryReport & DeliveryReason['outcome'], string]> = [
	['failed', 'não entregues'],
	['refused', 'não enviadas'],
	['unconfirmed', 'sem confirmação'],
	['held', 'à espera do contato'],
	['waiting', 'na fila'],
];
const TITLES: Record<string, string> = Object.fromEntries(COUNTS);

const UNREACHED: ReadonlySet<string> = new Set(COUNTS.map(([outcome]) => outcome));

/** Whether a message has not arrived, or is not known to have. */
export function isUnreached(outcome: string): outcome is DeliveryReason['outcome'] {
	return UNREACHED.has(outcome);
}

export function summarize(report: Omit<DeliveryReport, 'text'>): string {
	const { label, total, sent, delivered, read, costs, unpriced, reasons } = report;
	const name = label === null ? 'Sem etiqueta' : label;
	const counts = [`enviadas ${number(sent)}`, `entregues ${number(delivered)}`, `lidas ${number(read)}`];
	for (const [outcome, title] of COUNTS) if (report[outcome] > 0) counts.push(`${title} ${number(report[outcome])}`);
	const lines = [`${name}: ${number(total)} ${total === 1 ? 'mensagem' : 'mensagens'} (${counts.join(', ')}).`];
	const spent = Object.entries(costs).map(([currency, cost]) => money(cost, currency));
	if (spent.length > 0)
		lines.push(`Custo: ${spent.join(' + ')}${unpriced > 0 ? `, mais ${withoutPrice(unpriced)}` : ''}.`);
	else if (unpriced > 0) lines.push(`Custo: ${withoutPrice(unpriced)}.`);
	return [...lines, ...reasons.map(reasonLine)].join('\n');
}

/** "2 × não enviadas (noPhone): …" */
export function reasonLine({ outcome, code, count, explanation }: DeliveryReason): string {
	return `${number(count)} × ${TITLES[outcome]} (${code}): ${explanation}`;
}

/** As people write money in Brazil; fractions of a cent are shown, for one message costs less than one. */
export function money(amount: number, currency: string): string {
	return amount
		.toLocaleString('pt-BR', { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: 4 })
		.replace(/\u00a0/g, ' ');
}

function withoutPrice(count: number): string {
	return `${number(count)} de categoria sem preço na tabela`;
}

function number(value: number): string {
	return value.toLocaleString('pt-BR');
}

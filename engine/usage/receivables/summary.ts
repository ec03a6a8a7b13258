/** How does a supervisor read what the reminders brought? Portuguese, short enough to be sent by WhatsApp. */
import { formatReais } from '../../brazil/money';
import { money, reasonLine } from '../delivery-summary';
import { AGE_BUCKETS } from './ageing';
import type { StepFigures } from './figures';
import type { ReceivableReport } from './report';

const REASONS_SHOWN = 3;
const STEPS_SHOWN = 12;

export function summarizeReceivables(report: Omit<ReceivableReport, 'text'>): string {
	const { period, steps, total } = report;
	const days = period.from === period.to ? `em ${day(period.from)}` : `de ${day(period.from)} a ${day(period.to)}`;
	const lines = [`*Cobrança ${days}*`, ...reached(total)];
	if (total.reminders > 0) lines.push(recovered(total, period.recoveryDays));
	const telling = steps.filter(({ invoices }) => invoices > 0);
	if (telling.length > 1) {
		const told = telling.reduce((sum, { reminders }) => sum + reminders, 0);
		const note = told > total.reminders ? ' (um lembrete de vários passos conta em cada um)' : '';
		lines.push(`Por passo${note}:`, ...telling.slice(0, STEPS_SHOWN).map(stepLine));
		if (telling.length > STEPS_SHOWN) lines.push(`• e mais ${telling.length - STEPS_SHOWN}`);
	}
	return [...lines, ...heard(report), ...spent(total), ...owed(report)].join('\n');
}

function reached({ reminders, sent, delivered, read, replied, notReached, waiting, reasons }: StepFigures): string[] {
	if (reminders === 0) return ['Nenhum lembrete neste período.'];
	const counts = [
		...[`enviados ${number(sent)}`, `entregues ${number(delivered)}`, `lidos ${number(read)}`],
		`respondidos em 72 h ${number(replied)}`,
		...(notReached > 0 ? [`não alcançados ${number(notReached)}`] : []),
		...(waiting > 0 ? [`à espera ${number(waiting)}`] : []),
	];
	const lines = [`Lembretes: ${number(reminders)} (${counts.join(', ')}).`];
	return [...lines, ...reasons.slice(0, REASONS_SHOWN).map((reason) => `• ${reasonLine(reason)}`)];
}

function recovered({ paidInvoices, recoveredCents, invoices }: StepFigures, days: number): string {
	const within = `até ${days} ${days === 1 ? 'dia' : 'dias'} depois de um lembrete`;
	if (paidInvoices === 0) return `Recuperado: nada ${within}.`;
	return `Recuperado: ${formatReais(recoveredCents)} em ${of(paidInvoices, 'fatura', 'faturas')} de ${number(invoices)} lembradas, pagas ${within}.`;
}

function stepLine({
	title,
	reminders,
	delivered,
	paidInvoices,
	recoveredCents,
}: ReceivableReport['steps'][number]): string {
	const paid =
		paidInvoices > 0 ? `${of(paidInvoices, 'paga', 'pagas')}, ${formatReais(recoveredCents)}` : 'nenhuma paga';
	return `• ${title}: ${of(reminders, 'lembrete', 'lembretes')}, ${number(delivered)} ${delivered === 1 ? 'entregue' : 'entregues'}; ${paid}`;
}

function heard({ events, total }: Omit<ReceivableReport, 'text'>): string[] {
	const lines: string[] = [];
	const { promisesMade, promisesKept, promisesBroken } = events;
	if (promisesMade + promisesKept + promisesBroken > 0) {
		const kept = `${of(promisesKept, 'cumprida', 'cumpridas')}, ${of(promisesBroken, 'não cumprida', 'não cumpridas')}`;
		lines.push(`Promessas: ${of(promisesMade, 'feita', 'feitas')}, ${kept}.`);
	}
	const said = [
		[events.claimedPaid, 'já paguei', 'já paguei'],
		[events.disputed, 'não reconhecida', 'não reconhecidas'],
		[events.wrongPerson, 'pessoa errada', 'pessoas erradas'],
		[events.handedToPerson, 'com a equipe', 'com a equipe'],
		[events.renegotiated, 'renegociada', 'renegociadas'],
		[total.optedOut, 'saiu dos avisos', 'saíram dos avisos'],
	] as const;
	const counted = said.filter(([count]) => count > 0).map(([count, one, many]) => of(count, one, many));
	return counted.length > 0 ? [...lines, `Respostas: ${counted.join(', ')}.`] : lines;
}

function spent({ costs, costPerReal }: StepFigures): string[] {
	return Object.entries(costs).map(([currency, cost]) => {
		const each = costPerReal[currency];
		return `Custo: ${money(cost, currency)}${each === undefined ? '' : `, ${money(each * 1_000, currency)} por R$ 1.000,00 recuperados`}.`;
	});
}

function owed({ ageing }: Omit<ReceivableReport, 'text'>): string[] {
	if (ageing === null || ageing.open.count === 0) return [];
	const { asOf, open, overdue, buckets } = ageing;
	const lines = [
		`Vencido em ${day(asOf)}: ${formatReais(overdue.cents)} de ${formatReais(open.cents)} em aberto (${percent(overdue.percent)}).`,
	];
	for (const bucket of AGE_BUCKETS) {
		const { count, cents, percent: share } = buckets[bucket];
		if (count > 0)
			lines.push(`• ${TITLES[bucket]}: ${formatReais(cents)} (${percent(share)}, ${of(count, 'fatura', 'faturas')})`);
	}
	return lines;
}

const TITLES = { '1-30': '1 a 30 dias', '31-60': '31 a 60 dias', '61-90': '61 a 90 dias', '90+': 'mais de 90 dias' };

function of(count: number, one: string, many: string): string {
	return `${number(count)} ${count === 1 ? one : many}`;
}

function number(value: number): string {
	return value.toLocaleString('pt-BR');
}

function percent(value: number): string {
	return `${value.toLocaleString('pt-BR', { maximumFractionDigits: 1 })}%`;
}

function day(date: string): string {
	return date.split('-').reverse().join('/');
}

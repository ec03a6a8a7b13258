import { clockText } from '../business-hours/clock-time';
import type { DateText } from '../business-hours/dates';
import { formatReais } from '../brazil/money';
import { readTaxId } from '../brazil/tax-id';
import type { Instant } from '../model';
import type { ReceivableRecord } from '../model-receivable';
import type { PhoneResult } from '../phone';
import { NO_PHONE } from '../phone-missing';
import type { CompiledPolicy } from './policy';
import type { LawfulMoment, Reader } from './reader';
import type { Standing } from './standing';
import type { DunningPolicy, HumanCode, LadderStep, Payer, PayerHistory, PlannedInvoice, Receivable } from './types';

/** Every decision in one Portuguese sentence for people, dates as dd/mm/aaaa. Never a whole CPF. */

export function explainSendNow(
	payer: Payer,
	step: LadderStep,
	invoices: readonly PlannedInvoice[],
	totalCents: number,
): string {
	const [first] = invoices;
	const count = invoices.length === 1 ? '1 fatura' : `${invoices.length} faturas`;
	const ahead = invoices.filter(({ daysLate }) => daysLate <= 0).length;
	const standing =
		ahead === invoices.length ? 'a vencer' : ahead === 0 ? 'em aberto' : `em aberto, ${ahead} delas ainda a vencer`;
	const which =
		invoices.length === 1
			? `${first!.receivable.number}, vencimento ${brazilianDate(first!.receivable.dueDate)}`
			: listed(invoices.map(({ receivable }) => receivable.number));
	const grown = invoices.some(({ fineCents, interestCents }) => fineCents + interestCents > 0);
	const wrongId = payer.documentProblem ? ' O CPF ou CNPJ do cadastro não é válido: corrija no ERP.' : '';
	return `Enviar agora: ${count} ${standing} (${which}), passo ${stepLabel(step)}; total ${grown ? 'atualizado ' : ''}${formatReais(totalCents)}.${wrongId}`;
}

/**
 *   hours       it is closed now, or for the rest of the day
 *   messaged    one reminder a day
 *   weekly      enough overdue reminders in seven days
 *
 * `shared`: some of them reached the same phone as another payer, e.g. without its CPF.
 */
export type Delay =
	{ type: 'hours' } | { type: 'messaged'; day: DateText; shared?: true } | { type: 'weekly'; shared?: true };

export function explainLater(
	moment: LawfulMoment,
	delay: Delay,
	today: number,
	reader: Reader,
	maxPerWeek: number,
): string {
	const at = `${brazilianDate(reader.dateOf(moment.day))} às ${clockText(moment.minute ?? 0)}${reader.clock}`;
	return `Adiado para ${at}: ${whyLater(delay, today, reader, maxPerWeek)}.`;
}

function whyLater(delay: Delay, today: number, reader: Reader, maxPerWeek: number): string {
	if (delay.type === 'messaged') {
		const whose = delay.shared ? ' a este telefone, por outro cadastro' : '';
		return `já há um aviso em ${brazilianDate(delay.day)}${whose}, e só um sai por dia`;
	}
	if (delay.type === 'weekly') return weeklyMaximum(maxPerWeek, delay);
	const holiday = reader.holidayOn(today);
	if (holiday) return holiday.kind === 'own' ? `data sem envios (${holiday.name})` : `feriado de ${holiday.name}`;
	return `fora do horário permitido (${reader.hours})`;
}

function weeklyMaximum(maxPerWeek: number, { shared }: { shared?: true }): string {
	const whose = shared ? ' a este telefone (contando outro cadastro)' : '';
	return `já ${maxPerWeek === 1 ? 'houve 1 aviso' : `houve ${maxPerWeek} avisos`} de atraso${whose} em 7 dias, o máximo`;
}

export interface SkipFacts {
	compiled: Pick<CompiledPolicy, 'policy' | 'ladder'>;
	reader: Reader;
	history: Pick<PayerHistory, 'lastInboundAt'>;
	/** null = there is none. */
	phone: PhoneResult | null;
}

export function explainSkipped(
	receivable: Receivable,
	standing: Standing & { type: 'skipped' },
	record: ReceivableRecord | undefined,
	{ compiled: { policy, ladder }, reader, history, phone }: SkipFacts,
): string {
	const dateOf = (at: Instant) => brazilianDate(reader.dateOf(reader.dayAt(at)));
	const { code, next, told, held } = standing;
	const name = receivable.number;
	const then = next ? ` Próximo passo: ${stepLabel(next.step)} em ${brazilianDate(next.date)}.` : '';
	switch (code) {
		case 'notDue':
			if (held) {
				const maximum = `Ignorado: ${weeklyMaximum(policy.maxPerWeek, held)}`;
				return `${maximum}${next ? `; próximo passo ${stepLabel(next.step)} em ${brazilianDate(next.date)}` : ''}.`;
			}
			return next
				? `Ignorado: nada a enviar hoje; próximo passo ${stepLabel(next.step)} em ${brazilianDate(next.date)}.`
				: 'Ignorado: nenhum passo da régua vale para esta fatura.';
		case 'alreadySent': {
			const sent = `já enviado em ${dateOf(told!.at)} (passo ${stepLabel(ladder[told!.position]!)})`;
			return `Ignorado: ${sent}${next ? `; próximo passo ${stepLabel(next.step)} em ${brazilianDate(next.date)}` : ''}.`;
		}
		case 'ladderEnded':
			return `Ignorado: a régua da fatura ${name}, vencida em ${brazilianDate(receivable.dueDate)}, já terminou.`;
		case 'paid':
			return `Ignorado: a fatura ${name} está paga.`;
		case 'cancelled':
			return `Ignorado: a fatura ${name} foi cancelada.`;
		case 'renegotiated':
			return `Ignorado: a fatura ${name} foi renegociada.`;
		case 'disputed':
			return `Ignorado: a fatura ${name} foi contestada e está em análise.`;
		case 'claimedPaid':
			return `Ignorado: o pagador disse que já pagou a fatura ${name}; o pagamento está em conferência.`;
		case 'wrongPerson':
			return 'Ignorado: este número não é do pagador.';
		case 'optedOut':
			return 'Ignorado: o contato pediu para não receber avisos por aqui.';
		case 'promised':
			return `Ignorado: pagamento prometido para ${brazilianDate(record!.promiseDate!)}.${then}`;
		case 'tooOld':
			return `Ignorado: vencida em ${brazilianDate(receivable.dueDate)}, há mais de ${policy.maxYears} anos.`;
		case 'noPhone':
			return phone && !phone.ok ? `${NO_PHONE}: ${phone.message}` : `${NO_PHONE}.`;
		case 'noAmount':
			return `Ignorado: a fatura ${name} não tem valor a cobrar.`;
		case 'replyPause':
			return `Ignorado: o pagador escreveu em ${dateOf(history.lastInboundAt!)}; pausa de ${policy.replyPauseHours} h.`;
		case 'grouped':
			return `Ignorado: a fatura ${name} aparece mais de uma vez na entrada; vale a outra linha.`;
	}
}

export function explainHuman(
	receivable: Receivable,
	code: HumanCode,
	step: LadderStep | null,
	record: ReceivableRecord | undefined,
	{ humanFromCents }: DunningPolicy,
): string {
	const invoice = `fatura ${receivable.number}`;
	const due = `vencimento ${brazilianDate(receivable.dueDate)}`;
	switch (code) {
		case 'step':
			return `Para uma pessoa: passo ${stepLabel(step!)} da ${invoice}, ${due}, ${formatReais(receivable.amountCents)}.`;
		case 'flagged':
			return `Para uma pessoa: ${withoutTaxIds(receivable.humanReason)} (${invoice}).`;
		case 'highValue':
			return `Para uma pessoa: a ${invoice} é de ${formatReais(receivable.amountCents)}, e a partir de ${formatReais(humanFromCents!)} ninguém é avisado automaticamente.`;
		case 'promiseBroken':
			if (record!.promises <= 1) {
				return `Para uma pessoa: a promessa de pagamento da ${invoice} para ${brazilianDate(record!.promiseDate!)} não foi cumprida.`;
			}
			return `Para uma pessoa: ${record!.promises} promessas de pagamento da ${invoice}; a última era para ${brazilianDate(record!.promiseDate!)}.`;
		case 'disputed':
			return `Para uma pessoa: o ERP diz que a ${invoice} foi contestada.`;
		case 'human':
			return `Com uma pessoa da equipe: ${invoice}${record!.reason ? ` (${withoutTaxIds(record!.reason)})` : ''}.`;
	}
}

/** "D-3", "D0", "D+7"; bank days as "D+2 úteis". */
export function stepLabel({ offset, unit }: LadderStep): string {
	return `D${offset > 0 ? '+' : ''}${offset === 0 ? 0 : offset}${unit === 'bankDays' && offset !== 0 ? ' úteis' : ''}`;
}

/** 10/03/2026 */
export function brazilianDate(date: DateText): string {
	return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** "NF 1, NF 2, NF 3, NF 4 e mais 3" */
export function listed(names: readonly string[], most = 5): string {
	const distinct = [...new Set(names)];
	if (distinct.length <= most) return distinct.join(', ');
	return `${distinct.slice(0, most - 1).join(', ')} e mais ${distinct.length - most + 1}`;
}

/** People write documents into free text; others may read along (LGPD). */
function withoutTaxIds(text: string): string {
	return text.replace(/\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)/g, (found) => {
		const read = readTaxId(found);
		return read.ok ? read.masked : found;
	});
}

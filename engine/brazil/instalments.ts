import { isDateText, type DateText } from '../business-hours/dates';
import { formatReais } from './money';
import { requireCents } from './percent';

/**
 * How does an amount become instalments (parcelas)? Equal cents with the remainder on the last one. With a monthly rate
 * they follow the Price table: each is one month after the one before, the first one month after the agreement.
 */

export interface InstalmentPlanInput {
	amountCents: number;
	/** Without the down payment. */
	count: number;
	/** Of the down payment when there is one, else of the first instalment. */
	firstDueDate: DateText;
	/** Entrada; default 0. */
	downPaymentCents?: number;
	/** Compound, on what the down payment leaves; default 0. */
	monthlyRatePercent?: number;
	/** Smallest instalment; default 1 cent. */
	minimumCents?: number;
}

export interface Instalment {
	/** 1, 2, …; 0 is the down payment. */
	number: number;
	dueDate: DateText;
	amountCents: number;
}

export type InstalmentPlan =
	| {
			ok: true;
			/** In the order they fall due; the down payment, if any, first. */
			instalments: Instalment[];
			/** What the rate adds. */
			interestCents: number;
			totalCents: number;
	  }
	/** pt-BR. `mostInstalments`: how many would keep to the minimum, when that is what is wrong. */
	| { ok: false; reason: string; mostInstalments: number | null };

const MOST_INSTALMENTS = 120;
const MOST_MONTHLY_RATE = 100;

/** @throws ConfigurationError when an amount is not whole cents */
export function splitInInstalments(input: InstalmentPlanInput): InstalmentPlan {
	const { amountCents, count, firstDueDate, downPaymentCents = 0, monthlyRatePercent = 0 } = input;
	const minimumCents = Math.max(1, requireCents(input.minimumCents ?? 1, 'minimumCents'));
	requireCents(amountCents);
	requireCents(downPaymentCents, 'downPaymentCents');

	if (!Number.isInteger(count) || count < 1 || count > MOST_INSTALMENTS) {
		return refused(`O número de parcelas deve ser de 1 a ${MOST_INSTALMENTS}.`);
	}
	if (!isDateText(firstDueDate)) return refused('Informe a data do primeiro vencimento.');
	if (!(monthlyRatePercent >= 0 && monthlyRatePercent <= MOST_MONTHLY_RATE)) {
		return refused(`Os juros ao mês devem ser de 0% a ${MOST_MONTHLY_RATE}%.`);
	}
	if (downPaymentCents >= amountCents) return refused('A entrada deve ser menor que o valor total.');

	const financed = amountCents - downPaymentCents;
	const split = priceTotal(financed, count, monthlyRatePercent);
	const each = Math.floor(split / count);
	if (each < minimumCents) return tooSmall(financed, monthlyRatePercent, minimumCents, count);

	const first = downPaymentCents > 0 ? 1 : 0;
	const instalments = Array.from({ length: count }, (_, at): Instalment => ({
		number: at + 1,
		dueDate: addMonths(firstDueDate, first + at),
		amountCents: at < count - 1 ? each : split - each * (count - 1),
	}));
	if (first) instalments.unshift({ number: 0, dueDate: firstDueDate, amountCents: downPaymentCents });
	return { ok: true, instalments, interestCents: split - financed, totalCents: downPaymentCents + split };
}

/** The same day of a later month, or its last day: 31 January, 28 February, 31 March. */
export function addMonths(date: DateText, months: number): DateText {
	const [year, month, day] = date.split('-').map(Number) as [number, number, number];
	const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
	return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** What all instalments come to, to the cent: `count` × the payment of an ordinary annuity. */
function priceTotal(financed: number, count: number, ratePercent: number): number {
	if (ratePercent === 0) return financed;
	const rate = ratePercent / 100;
	// expm1 and log1p: (1 + rate) ** -count loses the digits of a small rate.
	return Math.round((count * financed * rate) / -Math.expm1(-count * Math.log1p(rate)));
}

function tooSmall(financed: number, ratePercent: number, minimumCents: number, count: number): InstalmentPlan {
	let most = count - 1;
	while (most > 0 && Math.floor(priceTotal(financed, most, ratePercent) / most) < minimumCents) most--;
	const minimum = `Cada parcela ficaria abaixo do mínimo de ${formatReais(minimumCents)}.`;
	return {
		ok: false,
		reason: most > 0 ? `${minimum} O máximo é ${most}x.` : `${minimum} Este valor não pode ser parcelado.`,
		mostInstalments: most,
	};
}

function refused(reason: string): InstalmentPlan {
	return { ok: false, reason, mostInstalments: null };
}

/**
 * What do the numbers of a document come to? Everything is reckoned here once, and what does not add up is told instead of
 * printed: a wrong sum in an agreement is a wrong agreement.
 */
import { splitInInstalments, type Instalment } from '../brazil/instalments';
import { lateCharges } from '../brazil/late-charges';
import { formatReais } from '../brazil/money';
import { nextBankDay } from '../business-hours/bank-days';
import type { DateText } from '../business-hours/dates';
import type { DocumentData, DocumentTitle } from './data';
import type { DataProblem } from './problems';

export interface TitleFigures {
	number: string;
	issuedOn: DateText | null;
	dueDate: DateText;
	/** Calendar days since the original due date. */
	daysLate: number;
	amountCents: number;
	fineCents: number;
	interestCents: number;
	discountCents: number;
	paidCents: number;
	/** Amount + fine + interest − discount − paid. */
	updatedCents: number;
}

export type TitleTotals = Pick<
	TitleFigures,
	'amountCents' | 'fineCents' | 'interestCents' | 'discountCents' | 'paidCents' | 'updatedCents'
>;

export interface AgreementFigures {
	discountCents: number;
	/** Updated total − discount: what was agreed on. */
	agreedCents: number;
	/** The down payment first, as number 0. */
	instalments: Instalment[];
	/** What paying in instalments adds. */
	interestCents: number;
	totalCents: number;
	lateCharges: { finePercent: number; monthlyInterestPercent: number } | null;
	earlyMaturityAfter: number | null;
	validUntil: DateText | null;
}

export interface Figures {
	asOf: DateText;
	titles: TitleFigures[];
	totals: TitleTotals;
	agreement: AgreementFigures | null;
}

export type FiguresResult =
	| { ok: true; figures: Figures }
	/** `documentAmountsDisagree`: what was given does not add up. */
	| { ok: false; code: 'documentDataInvalid' | 'documentAmountsDisagree'; problems: DataProblem[] };

const COLUMNS = ['amountCents', 'fineCents', 'interestCents', 'discountCents', 'paidCents', 'updatedCents'] as const;

/** @param asOf the day to which amounts are reckoned */
export function reckon(data: DocumentData, asOf: DateText): FiguresResult {
	const titles = data.titles.map((title) => reckonTitle(title, data.charges ?? null, asOf));
	const wrong = titles.flatMap((title, at) => disagreement(title, data.titles[at]!.updatedCents, at));
	if (wrong.length > 0) return { ok: false, code: 'documentAmountsDisagree', problems: wrong };
	const totals = sumOf(titles);
	if (!data.agreement) return { ok: true, figures: { asOf, titles, totals, agreement: null } };
	const agreement = reckonAgreement(data.agreement, totals.updatedCents);
	if (!agreement.ok) return agreement;
	return { ok: true, figures: { asOf, titles, totals, agreement: agreement.value } };
}

function reckonTitle(title: DocumentTitle, charges: DocumentData['charges'] | null, asOf: DateText): TitleFigures {
	const { number, issuedOn, dueDate, amountCents } = title;
	const { finePercent, monthlyInterestPercent } = charges ?? { finePercent: 0, monthlyInterestPercent: 0 };
	// Due on a day without banks, it is payable on the next bank day without charges (Lei 7.089/1983).
	const payableUntil = nextBankDay(dueDate);
	const late = lateCharges({ amountCents, dueDate, asOf, payableUntil, finePercent, monthlyInterestPercent });
	const fineCents = title.fineCents ?? late.fineCents;
	const interestCents = title.interestCents ?? late.interestCents;
	const [discountCents, paidCents] = [title.discountCents ?? 0, title.paidCents ?? 0];
	const updatedCents = amountCents + fineCents + interestCents - discountCents - paidCents;
	const { daysLate } = late;
	return {
		...{ number, issuedOn, dueDate, daysLate, amountCents },
		...{ fineCents, interestCents, discountCents, paidCents, updatedCents },
	};
}

function disagreement({ number, updatedCents }: TitleFigures, given: number | null, at: number): DataProblem[] {
	const field = `titles.${at}.updatedCents`;
	if (updatedCents < 0) {
		const explanation = `o desconto e o valor pago do título ${number} passam do que era devido`;
		return [{ field, explanation }];
	}
	if (given === null || given === updatedCents) return [];
	const [says, is] = [formatReais(given), formatReais(updatedCents)];
	return [{ field, explanation: `o título ${number} diz ${says}, mas as parcelas do valor somam ${is}` }];
}

function sumOf(titles: readonly TitleFigures[]): TitleTotals {
	const sums = COLUMNS.map((column) => [column, titles.reduce((sum, title) => sum + title[column], 0)]);
	return Object.fromEntries(sums) as unknown as TitleTotals;
}

type Given = NonNullable<DocumentData['agreement']>;

function reckonAgreement(given: Given, updatedCents: number) {
	const discountCents = given.discountCents ?? 0;
	const agreedCents = updatedCents - discountCents;
	if (agreedCents <= 0) {
		const explanation = `o desconto de ${formatReais(discountCents)} não deixa nada do total de ${formatReais(updatedCents)}`;
		return refused('documentAmountsDisagree', 'agreement.discountCents', explanation);
	}
	const plan = given.instalments?.length ? asGiven(given, agreedCents) : asReckoned(given, agreedCents);
	if (!plan.ok) return plan;
	const { instalments, totalCents } = plan;
	const { lateCharges: charges, earlyMaturityAfter = null, validUntil } = given;
	const value: AgreementFigures = {
		...{ discountCents, agreedCents, instalments, totalCents, interestCents: totalCents - agreedCents },
		lateCharges: charges && (charges.finePercent > 0 || charges.monthlyInterestPercent > 0) ? charges : null,
		...{ earlyMaturityAfter, validUntil },
	};
	return { ok: true as const, value };
}

function asReckoned(given: Given, agreedCents: number) {
	const { count, firstDueDate, downPaymentCents, monthlyRatePercent } = given;
	if (!count || !firstDueDate) {
		const explanation = 'faltam as parcelas: informe "instalments", ou "count" e "firstDueDate"';
		return refused('documentDataInvalid', 'agreement', explanation);
	}
	const plan = splitInInstalments({
		...{ amountCents: agreedCents, count, firstDueDate },
		downPaymentCents: downPaymentCents ?? 0,
		monthlyRatePercent: monthlyRatePercent ?? 0,
	});
	return plan.ok ? plan : refused('documentDataInvalid', 'agreement', plan.reason);
}

/** Instalments that come to more than was agreed need the rate that explains it. */
function asGiven(given: Given, agreedCents: number) {
	const instalments = [...given.instalments!].sort((a, b) => a.number - b.number);
	const totalCents = instalments.reduce((sum, each) => sum + each.amountCents, 0);
	const [sum, agreed] = [formatReais(totalCents), formatReais(agreedCents)];
	const fits = totalCents === agreedCents || (totalCents > agreedCents && (given.monthlyRatePercent ?? 0) > 0);
	if (!fits) {
		const explanation = `entrada e parcelas somam ${sum}, mas o valor do acordo é ${agreed}`;
		return refused('documentAmountsDisagree', 'agreement.instalments', explanation);
	}
	const [first] = instalments;
	const downPaymentCents = first!.number === 0 ? first!.amountCents : 0;
	if (given.downPaymentCents !== null && given.downPaymentCents !== downPaymentCents) {
		const explanation = `a entrada é de ${formatReais(given.downPaymentCents)}, mas a parcela 0 é de ${formatReais(downPaymentCents)}`;
		return refused('documentAmountsDisagree', 'agreement.downPaymentCents', explanation);
	}
	const numbers = instalments.map(({ number }) => number);
	if (numbers.some((number, at) => number !== at + numbers[0]!) || numbers[0]! > 1) {
		const explanation = 'as parcelas devem ser 1, 2, 3… e a entrada, se houver, 0';
		return refused('documentDataInvalid', 'agreement.instalments', explanation);
	}
	return { ok: true as const, instalments, totalCents };
}

function refused(code: 'documentDataInvalid' | 'documentAmountsDisagree', field: string, explanation: string) {
	return { ok: false as const, code, problems: [{ field, explanation }] };
}

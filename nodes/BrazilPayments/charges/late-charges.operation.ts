import {
	addBusinessDays,
	bankCalendar,
	ConfigurationError,
	formatReais,
	lateCharges,
	punctualityDiscount,
	settle,
	USUAL_CHARGES,
} from '../../../engine';
import type { Discount } from '../../../engine';
import type { ItemParameters } from '../../shared/item-parameters';
import { inReais } from '../money-json';
import { invalid } from '../payments-operation';
import type { PaymentsOperation } from '../payments-operation';
import { readAmount, readDay, readPercent, readRequiredAmount, readRequiredDay, today } from '../read-values';
import { optionsWithResultField } from '../result-field';
import { lateChargesFields, lateChargesOptions } from './late-charges.fields';

const RESULT_FIELD = 'charges';

export const lateChargesOperation: PaymentsOperation = {
	value: 'lateCharges',
	name: 'Calculate Late Charges',
	action: 'Calculate late charges',
	description: 'Add fine and interest to an overdue amount, and take a discount off',
	resultField: RESULT_FIELD,
	properties: [...lateChargesFields, optionsWithResultField(RESULT_FIELD, lateChargesOptions)],
	run: ({ params, now }) => {
		const errors: string[] = [];
		const options = params.collection<Record<'asOf' | 'bankDays', unknown>>('options');
		const amountCents = readRequiredAmount(params.value('amount'), 'O valor', errors);
		const dueDate = readRequiredDay(params.value('dueDate'), 'A data de vencimento', errors);
		const asOf = readDay(options.asOf, 'A data do pagamento', errors) ?? today(now);
		const rates = readRates(params, errors);
		const discount = readDiscount(params, errors);
		if (amountCents === null || dueDate === null || errors.length > 0) return invalid(...errors);

		const payableUntil = options.bankDays === false ? dueDate : addBusinessDays(dueDate, 0, bankCalendar());
		const late = lateCharges({ amountCents, dueDate, asOf, payableUntil, ...rates });
		const off = punctual(params) ? { cents: punctualityDiscount(amountCents, discount, payableUntil, asOf) } : discount;
		const due = settle({
			principalCents: amountCents,
			fineCents: late.fineCents,
			interestCents: late.interestCents,
			discount: off,
		});
		const cents = { amountCents, fineCents: late.fineCents, interestCents: late.interestCents };
		return {
			result: {
				valid: true,
				errors: [],
				warnings: [],
				dueDate,
				payableUntil,
				asOf,
				daysLate: late.daysLate,
				...rates,
				...cents,
				discountCents: due.discountCents,
				totalCents: due.totalCents,
				amount: inReais(amountCents),
				fine: inReais(late.fineCents),
				interest: inReais(late.interestCents),
				discount: inReais(due.discountCents),
				total: inReais(due.totalCents),
				totalText: formatReais(due.totalCents),
			},
		};
	},
};

function readRates(params: ItemParameters, errors: string[]): typeof USUAL_CHARGES {
	const rates = params.text('rates');
	if (rates === 'none') return { finePercent: 0, monthlyInterestPercent: 0 };
	if (rates === 'usual') return USUAL_CHARGES;
	if (rates !== 'custom') {
		throw new ConfigurationError(`"Rates" has no option "${rates}".`, 'Use "none", "usual" or "custom".', 'rates');
	}
	return {
		finePercent: readPercent(params.value('finePercent'), 'A multa', errors),
		monthlyInterestPercent: readPercent(params.value('monthlyInterestPercent'), 'O percentual de juros ao mês', errors),
	};
}

/** An amount counts before a percentage. */
function readDiscount(params: ItemParameters, errors: string[]): Discount {
	const options = params.collection<Record<'discountAmount' | 'discountPercent', unknown>>('options');
	const cents = readAmount(options.discountAmount, 'O desconto', errors);
	if (cents !== null) return { cents };
	return { percent: readPercent(options.discountPercent, 'O desconto', errors) };
}

function punctual(params: ItemParameters): boolean {
	return params.text('options.discountKind') === 'punctuality';
}

/** Where does a decision leave, and what does it carry? */
import type { IDataObject } from 'n8n-workflow';
import { fillText, formatReais, messageValues, normalizePhone, readTaxId } from '../../engine';
import type { Creditor, Decision, LadderStep, Payer, PlannedInvoice, Receivable } from '../../engine';
import type { Outcome } from '../shared/run-items';

export const OUTPUT = { sendNow: 0, later: 1, skipped: 2, human: 3 };

/** The item a receivable came in. */
export type Origin = (receivable: Receivable) => { index: number; json: IDataObject };

type Of<T extends Decision['type']> = Extract<Decision, { type: T }>;

export function placeDecision(decision: Decision, creditor: Creditor, origin: Origin): Outcome {
	switch (decision.type) {
		case 'sendNow':
			return placeReminder(decision, creditor, origin);
		case 'later':
			return placeLater(decision, origin);
		case 'skipped':
			return { json: skippedJson(decision, origin), output: OUTPUT.skipped };
		case 'human':
			return { json: receivableJson(decision, origin), output: OUTPUT.human };
	}
}

/** A row nobody can read is no reason to stop the others. */
export function placeUnreadable(json: IDataObject, problem: string): Outcome {
	return {
		json: { code: 'unreadable', explanation: `Ignorado: ${problem}`, next: null, receivable: json },
		output: OUTPUT.skipped,
	};
}

// ---------------------------------------------------------------- helpers

/** Ready for Send Template and Send Message: $json.phone, $json.name, $json.values, $json.plan. */
function placeReminder(decision: Of<'sendNow'>, creditor: Creditor, origin: Origin): Outcome {
	const { payer, step, invoices, totalCents, plan, explanation } = decision;
	const values = messageValues(decision, creditor);
	return {
		json: {
			...addressOf(payer),
			step: stepJson(step),
			template: step.action === 'template' ? step.template : null,
			text: step.text === null ? null : fillText(step.text, values),
			values,
			invoices: invoices.map((invoice) => invoiceJson(invoice, origin)),
			total: formatReais(totalCents),
			totalCents,
			plan: plan as unknown as IDataObject,
			explanation,
		},
		output: OUTPUT.sendNow,
		madeOf: invoices.map(({ receivable }) => origin(receivable).index),
	};
}

function placeLater({ payer, step, invoices, at, explanation }: Of<'later'>, origin: Origin): Outcome {
	return {
		json: {
			at: new Date(at).toISOString(),
			...addressOf(payer),
			step: stepJson(step),
			invoices: invoices.map((receivable) => ({
				...factsOf(receivable),
				receivable: origin(receivable).json,
			})),
			explanation,
		},
		output: OUTPUT.later,
		madeOf: invoices.map((receivable) => origin(receivable).index),
	};
}

function skippedJson(decision: Of<'skipped'>, origin: Origin): IDataObject {
	const { next } = decision;
	return {
		...receivableJson(decision, origin),
		next: next && { step: stepJson(next.step), date: next.date },
	};
}

function receivableJson({ receivable, code, explanation }: Of<'skipped'> | Of<'human'>, origin: Origin): IDataObject {
	return {
		code,
		explanation,
		...addressOf(receivable.payer),
		...factsOf(receivable),
		receivable: origin(receivable).json,
	};
}

/** The number as it is to be dialled; one that cannot be stays as the ERP has it. Never a whole CPF. */
function addressOf(payer: Payer): IDataObject {
	const { name, phone, document, documentProblem, uf, segment } = payer;
	const read = phone === null ? null : normalizePhone(phone, { source: 'register' });
	const taxId = document === null ? null : readTaxId(document);
	const dialled = read?.ok ? read.e164 : phone;
	return {
		payer: {
			...{ name, phone: dialled, document: taxId?.ok ? taxId.masked : null, uf, segment },
			// The reminder leaves all the same; documents leave the number out.
			...(documentProblem && { documentProblem }),
		},
		phone: dialled,
		name,
	};
}

function invoiceJson(planned: PlannedInvoice, origin: Origin): IDataObject {
	const { receivable, step, daysLate, fineCents, interestCents, updatedCents } = planned;
	const { boleto, pix, link } = receivable;
	return {
		...factsOf(receivable),
		step,
		daysLate,
		fineCents,
		interestCents,
		updatedCents,
		updated: formatReais(updatedCents),
		boleto,
		pix,
		link,
		receivable: origin(receivable).json,
	};
}

function factsOf({ creditor, invoice, number, dueDate, amountCents }: Receivable): IDataObject {
	return { creditor, invoice, number, dueDate, amount: formatReais(amountCents), amountCents };
}

function stepJson({ key, name, action }: LadderStep): IDataObject {
	return { key, name, action };
}

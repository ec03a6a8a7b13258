/** Fields that the operations on a receivable share, how they are read, and what a receivable looks like as an item. */
import { UserError } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readDunningPlan, readTaxId, receivablesOfContact } from '../../../engine/index';
import type { ReceivableKey, ReceivableRecord } from '../../../engine/index';
import { contactField, contactOf } from '../contact/fields';
import type { DeskCall } from '../desk-operation';

const creditorField: INodeProperties = {
	displayName: 'Creditor',
	name: 'creditor',
	type: 'string',
	required: true,
	default: '={{ $json.creditor ?? $json.data?.creditor }}',
	placeholder: 'e.g. 11.222.333/0001-81',
	description: 'CNPJ or CPF of who is owed, or the key it has in the Dunning Planner',
};

const invoiceField: INodeProperties = {
	displayName: 'Invoice',
	name: 'invoice',
	type: 'string',
	required: true,
	default: '={{ $json.invoice ?? $json.data?.invoice }}',
	placeholder: 'e.g. tit-4711',
	description: 'ID of the receivable in the ERP, as the Dunning Planner got it',
};

/** One receivable by its key. */
export const keyFields: INodeProperties[] = [creditorField, invoiceField];

const only = (field: INodeProperties, selectBy: string): INodeProperties => ({
	...field,
	displayOptions: { show: { selectBy: [selectBy] } },
});

/** One receivable, those of a reminder's plan, or those a contact was reminded of. */
export const selectFields: INodeProperties[] = [
	{
		displayName: 'Select By',
		name: 'selectBy',
		type: 'options',
		noDataExpression: true,
		default: 'invoice',
		description: 'Which receivables are meant',
		options: [
			{ name: 'Creditor and Invoice', value: 'invoice', description: 'One receivable, as ERPs name it' },
			{
				name: 'All Reminded Receivables of the Contact',
				value: 'contact',
				description: 'What the reminder spoke of that a customer answers, for example with "já paguei"',
			},
			{
				name: 'All Invoices of a Dunning Plan',
				value: 'plan',
				description: 'What an item of the Dunning Planner would remind of',
			},
		],
	},
	...keyFields.map((field) => only(field, 'invoice')),
	only(contactField, 'contact'),
	only(
		{
			displayName: 'Reminder ID',
			name: 'reminderId',
			type: 'string',
			default: '={{ $json.reminder?.reminderId }}',
			placeholder: 'e.g. out_0k5m…',
			description: 'The reminder that is meant; when empty, the last one that was sent to the contact',
		},
		'contact',
	),
	only(
		{
			displayName: 'Dunning Plan',
			name: 'plan',
			type: 'json',
			default: '={{ $json.plan }}',
			description: 'The plan of an item from the Dunning Planner',
		},
		'plan',
	),
];

export interface Selected {
	keys: ReceivableKey[];
	/** Whose they are; null = not said. */
	contactId: string | null;
}

/** @throws UserError, ConfigurationError, NotFound naming the field */
export async function selectedOf(call: DeskCall): Promise<Selected> {
	const { params, desk } = call;
	switch (params.text('selectBy')) {
		case 'contact':
			return await receivablesOfContact(desk, contactOf(call), params.text('reminderId') || null);
		case 'plan': {
			const { creditor, steps } = readDunningPlan(params.value('plan'));
			return { keys: steps.map(({ invoice }) => ({ creditor, invoice })), contactId: null };
		}
		default:
			return { keys: [keyOf(call)], contactId: null };
	}
}

/** @throws UserError when one of both is empty */
export function keyOf({ params }: DeskCall): ReceivableKey {
	const [creditor, invoice] = [params.text('creditor'), params.text('invoice')];
	if (creditor && invoice) return { creditor: creditorKey(creditor), invoice };
	throw new UserError(`"${creditor ? 'Invoice' : 'Creditor'}" is empty.`, {
		description: 'Enter the creditor and the invoice as the Dunning Planner gets them, or choose another "Select By".',
	});
}

/** A CNPJ or CPF is the same creditor however it is written. */
export function creditorKey(text: string): string {
	const read = readTaxId(text);
	return read.ok ? read.digits : text;
}

export const NO_REMINDER = {
	result: 'noReminder',
	explanation: 'Nenhum lembrete foi enviado a este contato: não há fatura a mudar.',
};

export function receivableJson({ stateAt, paidAt, ...receivable }: ReceivableRecord): IDataObject {
	const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
	return { ...receivable, stateAt: iso(stateAt), paidAt: iso(paidAt) };
}

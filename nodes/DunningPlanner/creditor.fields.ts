/** Who is owed. Every reminder names the creditor with document and address (CDC art. 42-A). */
import type { INodeProperties } from 'n8n-workflow';

export const creditorFields: INodeProperties[] = [
	{
		displayName:
			'For reminders of your own invoices. WhatsApp forbids collecting debts for others. Hours and texts here keep to the strictest rules known; confirm yours with your lawyer.',
		name: 'lawNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Creditor Name',
		name: 'creditorName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Oficina Aurora Ltda',
		description:
			'As on the invoice. Name, document and address stand in every reminder, as the law demands (CDC art. 42-A).',
	},
	{
		displayName: 'Creditor CNPJ or CPF',
		name: 'creditorDocument',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 11.222.333/0001-81',
	},
	{
		displayName: 'Creditor Address',
		name: 'creditorAddress',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Rua das Flores, 10, Centro, São Paulo/SP',
	},
];

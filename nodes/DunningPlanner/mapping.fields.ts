/** Where an ERP keeps what the planner needs, when it uses names of its own. */
import type { INodeProperties } from 'n8n-workflow';

/** By label, as the editor sorts them; the values are what readReceivable understands. */
const FIELDS = {
	Amount: 'amount',
	'Amount in Cents': 'amountCents',
	Boleto: 'boleto',
	'Creditor Key': 'creditor',
	'Due Date': 'dueDate',
	'Fine (%)': 'finePercent',
	'Interest (% per Month)': 'monthlyInterestPercent',
	'Invoice ID': 'invoice',
	'Invoice Number': 'number',
	Link: 'link',
	'Payer CPF or CNPJ': 'payer.document',
	'Payer Key': 'payer.key',
	'Payer Name': 'payer.name',
	'Payer Phone': 'payer.phone',
	'Payer Segment': 'payer.segment',
	'Payer State': 'payer.uf',
	Pix: 'pix',
	'Reason for a Person': 'humanReason',
	Status: 'status',
};

export const mappingField: INodeProperties = {
	displayName: 'Field Names',
	name: 'fieldNames',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Field',
	default: {},
	description:
		'Only where the items use names of their own. Known without this, in English and Portuguese: invoice (titulo), number (numero), dueDate (vencimento), amount (valor; what is still open, such as saldo, counts first), status (situacao), payer (cliente) with name, document, phone, state, segment; boleto, pix, link.',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					default: 'dueDate',
					options: Object.entries(FIELDS).map(([name, value]) => ({ name, value })),
				},
				{
					displayName: 'Is In',
					name: 'path',
					type: 'string',
					default: '',
					placeholder: 'e.g. data_vencimento or parcelas[0].vencimento',
					description: 'Name of the field in the item, or the path to it',
				},
			],
		},
	],
};

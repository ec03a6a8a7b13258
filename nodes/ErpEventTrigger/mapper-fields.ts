/** Where the fields of an unknown sender are, and what its words mean. Shown for Generic only. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { kindOptions } from './kind-options';

/** As the generic reader names them. */
const FIELDS: INodePropertyOptions[] = [
	{ name: 'Amount (Reais)', value: 'amount', description: 'As 1234.56 or as "R$ 1.234,56"' },
	{ name: 'Amount in Cents', value: 'amountCents' },
	{ name: 'Boleto Line', value: 'boleto', description: 'Linha digitável' },
	{ name: 'Customer Document', value: 'customer.document', description: 'CPF or CNPJ' },
	{ name: 'Customer Email', value: 'customer.email' },
	{ name: 'Customer ID', value: 'customer.id' },
	{ name: 'Customer Name', value: 'customer.name' },
	{ name: 'Customer Phone', value: 'customer.phone' },
	{ name: 'Delivery ID', value: 'deliveryId', description: 'Names the notice itself; without it the body does' },
	{ name: 'Description', value: 'description' },
	{ name: 'Due Date', value: 'dueDate' },
	{ name: 'Happened At', value: 'occurredAt', description: 'With time; news are put in order by it' },
	{ name: 'ID (Required)', value: 'sourceId', description: 'Of the order, charge or invoice in the ERP' },
	{ name: 'Instalment Plan', value: 'related.installment', description: 'What the instalments of one sale share' },
	{ name: 'Kind (Required)', value: 'kind', description: 'The word of the sender for what happened' },
	{ name: 'Link to the Boleto', value: 'links.boleto' },
	{ name: 'Link to the Invoice', value: 'links.invoice' },
	{ name: 'Link to the Tracking', value: 'links.tracking' },
	{ name: 'Number', value: 'number', description: 'What people call it' },
	{ name: 'Pix Code', value: 'pix', description: 'Copia e cola' },
	{ name: 'Pix Transaction ID', value: 'related.txid' },
	{ name: 'Related Order', value: 'related.order' },
	{ name: 'Related Service Order', value: 'related.serviceOrder' },
	{ name: 'Status', value: 'status' },
];

const forGeneric = { displayOptions: { show: { system: ['generic'] } } };

export const mapperFields: INodeProperties[] = [
	{
		displayName: 'Fields',
		name: 'paths',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Field',
		default: {},
		description:
			'Where each field is in the body that the sender posts. A field that already has the name of ours (kind, sourceId, customer.name…) needs no row.',
		...forGeneric,
		options: [
			{
				displayName: 'Field',
				name: 'path',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						default: 'sourceId',
						description: 'The field of the item',
						options: FIELDS,
					},
					{
						displayName: 'Path',
						name: 'path',
						type: 'string',
						default: '',
						placeholder: 'e.g. fatura.cliente.nome or itens[0].valor',
						description: 'Names from the outside in, with dots between them',
					},
				],
			},
		],
	},
	{
		displayName: 'Kinds',
		name: 'kinds',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Kind',
		default: {},
		description: 'What the words of the sender mean. Words without a row are ignored.',
		...forGeneric,
		options: [
			{
				displayName: 'Kind',
				name: 'kind',
				values: [
					{
						displayName: 'Word',
						name: 'word',
						type: 'string',
						default: '',
						placeholder: 'e.g. FATURA_PAGA',
						description: 'As the sender writes it, in capitals or not; * means any other word',
					},
					{
						displayName: 'Means',
						name: 'kind',
						type: 'options',
						default: 'payment.received',
						description: 'The kind of event it is here',
						options: kindOptions,
					},
				],
			},
		],
	},
];

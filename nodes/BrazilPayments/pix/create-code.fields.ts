/** The fields of Pix › Create Code, in screen order. */
import type { INodeProperties } from 'n8n-workflow';
import { qrBinaryField, qrFileNameOption, qrImageField } from './qr-image';

const whenStatic = { show: { codeType: ['static'] } };

export const createCodeFields: INodeProperties[] = [
	{
		displayName: 'Code Type',
		name: 'codeType',
		type: 'options',
		default: 'static',
		options: [
			{
				name: 'Dynamic',
				value: 'dynamic',
				description:
					'From the address your bank gave for a bill: it always charges the right sum, with fine and interest',
			},
			{
				name: 'Static',
				value: 'static',
				description: 'From a Pix key, without a bank: a fixed amount is not updated when it becomes overdue',
			},
		],
	},
	{
		displayName: 'Key',
		name: 'key',
		type: 'string',
		default: '',
		placeholder: 'e.g. 11.222.333/0001-81 or financeiro@example.com',
		displayOptions: whenStatic,
		description: 'The Pix key of whoever receives',
	},
	{
		displayName: 'Key Type',
		name: 'keyType',
		type: 'options',
		default: 'auto',
		displayOptions: whenStatic,
		description: 'Only needed when eleven digits may be a CPF and a phone alike',
		options: [
			{ name: 'As It Is Written', value: 'auto' },
			{ name: 'CNPJ', value: 'cnpj' },
			{ name: 'CPF', value: 'cpf' },
			{ name: 'Email', value: 'email' },
			{ name: 'Phone', value: 'phone' },
			{ name: 'Random Key', value: 'random' },
		],
	},
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 459,90',
		displayOptions: whenStatic,
		description: 'In reais. Empty lets the payer type it.',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. pix.example.com/qr/v2/9d36b84f',
		displayOptions: { show: { codeType: ['dynamic'] } },
		description: 'The "location" your bank answered when it registered the bill',
	},
	{
		displayName: 'Receiver Name',
		name: 'receiverName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Padaria São José',
		description: 'Up to 25 characters, without accents: longer ones are cut',
	},
	{
		displayName: 'Receiver City',
		name: 'receiverCity',
		type: 'string',
		default: '',
		placeholder: 'e.g. São Paulo',
		description: 'Up to 15 characters, without accents: longer ones are cut',
	},
	qrImageField,
	qrBinaryField,
];

export const createCodeOptions: INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Fatura 123',
		description:
			'Static codes: shown to the payer. How much fits depends on the key, at least 36 characters for all but e-mails.',
	},
	qrFileNameOption,
	{
		displayName: 'Single Use',
		name: 'singleUse',
		type: 'boolean',
		default: true,
		description: 'Whether a dynamic code can be paid once only, as bills are',
	},
	{
		displayName: 'Transaction ID',
		name: 'txid',
		type: 'string',
		default: '',
		placeholder: 'e.g. FAT000123',
		description:
			'Static codes: up to 25 letters and digits that come back in the webhook and statement of the bank. The same one may be paid many times.',
	},
];

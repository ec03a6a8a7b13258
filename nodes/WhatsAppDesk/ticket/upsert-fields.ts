/** What Create or Update asks for, and who the ticket is about. */
import type { INodeProperties } from 'n8n-workflow';
import type { TicketEntry } from '../../../engine/index';
import { documentField, erpIdField, erpIdsOf } from '../contact/fields';
import type { DeskCall } from '../desk-operation';
import { priorityField } from './priority';

export interface UpsertOptions {
	closedStatuses: unknown;
	conversation: unknown;
	sourceAt: unknown;
	link: unknown;
	priority: unknown;
	state: unknown;
}

interface ContactNames {
	id: unknown;
	name: unknown;
	phone: unknown;
	erpIds: unknown;
	document: unknown;
}

export const upsertFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'string',
		required: true,
		default: '={{ $json.system }}',
		placeholder: 'e.g. omie',
		description: 'The system the process runs in; with the code it tells one ticket from all others',
	},
	{
		displayName: 'Code',
		name: 'code',
		type: 'string',
		required: true,
		default: '={{ $json.sourceId }}',
		placeholder: 'e.g. 4711',
		description:
			'The key of the process there, which never changes; the same code never makes a second ticket. Where the source numbers service orders and orders apart, put the kind before it (os-100, pedido-100), or two processes become one ticket.',
	},
	{
		displayName: 'Process Number',
		name: 'number',
		type: 'string',
		default: '={{ $json.number }}',
		placeholder: 'e.g. OS 1234',
		description: '"Número do Processo": what people call it; the code when empty',
	},
	{
		displayName: 'Issued At',
		name: 'issuedAt',
		type: 'dateTime',
		default: '',
		description: '"Emissão": when the process began',
	},
	{
		displayName: 'Product',
		name: 'product',
		type: 'string',
		default: '',
		placeholder: 'e.g. Geladeira Frost Free 400 L',
		description: '"Descrição do Produto"',
	},
	{
		displayName: 'Problem',
		name: 'problem',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '={{ $json.description }}',
		placeholder: 'e.g. Não gela',
		description: '"Problema": what the customer complains about or asked for',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'string',
		default: '={{ $json.status }}',
		placeholder: 'e.g. Em análise',
		description:
			'Where it stands, in the words of the source. When empty, what is known stays; the same is true of every field above.',
	},
	{
		displayName: 'Contact',
		name: 'contact',
		type: 'collection',
		placeholder: 'Add Name',
		default: {},
		description:
			'Who the ticket is about: any one of these is enough. A person the desk does not know yet is saved; without a phone the ticket is stored all the same, and a Send node says so.',
		options: [
			{
				displayName: 'Contact',
				name: 'id',
				type: 'string',
				default: '={{ $json.contact?.id }}',
				placeholder: 'e.g. cnt_0k5m…',
				description: 'ID of a contact of the desk, or anything it is known by: phone, ERP ID or CPF/CNPJ',
			},
			documentField,
			erpIdField,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '={{ $json.customer?.name }}',
				placeholder: 'e.g. Ana Souza',
				description: 'When empty, the name that is known stays',
			},
			{
				displayName: 'Phone Number',
				name: 'phone',
				type: 'string',
				default: '={{ $json.customer?.phone }}',
				placeholder: 'e.g. (11) 98765-4321',
				description: 'With DDD, however it is written',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Closed Statuses',
				name: 'closedStatuses',
				type: 'string',
				default: '',
				placeholder: 'e.g. Concluída, Cancelada, Faturada',
				description:
					'Statuses that end the process, separated by commas: with one of them the ticket closes by itself. Capitals and accents make no difference.',
			},
			{
				displayName: 'Conversation',
				name: 'conversation',
				type: 'string',
				default: '={{ $json.conversation?.id }}',
				placeholder: 'e.g. 261121-W36JG',
				description: 'ID or protocol number; by default the open conversation of the contact, when there is one',
			},
			{
				displayName: 'Happened At',
				name: 'sourceAt',
				type: 'dateTime',
				default: '={{ $json.occurredAt }}',
				description:
					'When the source said this, by its own clock. News older than the last ones move nothing back: their result is "stale".',
			},
			{
				displayName: 'Link',
				name: 'link',
				type: 'string',
				default: '={{ $json.links?.tracking }}',
				placeholder: 'e.g. https://erp.example.com/os/1234',
				description: 'Where the process can be looked at',
			},
			priorityField,
			{
				displayName: 'State',
				name: 'state',
				type: 'options',
				default: 'bySource',
				description: 'Whether the ticket is over; a closed one is reopened only on purpose',
				options: [
					{
						name: 'As the Status Says',
						value: 'bySource',
						description: 'Closed by one of the closed statuses, otherwise as it is',
					},
					{ name: 'Closed', value: 'closed', description: 'The process has ended' },
					{ name: 'Open', value: 'open', description: 'It goes on: reopens the ticket when it was closed' },
				],
			},
		],
	},
];

/** undefined when nobody is named. */
export function contactOf({ params }: DeskCall): TicketEntry['contact'] {
	const { id, name, phone, erpIds, document } = params.collection<ContactNames>('contact');
	return {
		id: asText(id),
		name: asText(name),
		phone: asText(phone),
		document: asText(document),
		erpIds: erpIdsOf(erpIds),
	};
}

/** An expression may give a phone or an id as a number. */
const asText = (value: unknown): string => String(value ?? '').trim();

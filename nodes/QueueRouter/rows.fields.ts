/** The queues as rows: what the menu offers, and what happens to whoever chooses one. */
import type { INodeProperties } from 'n8n-workflow';
import { QUEUE_TEXTS, sortedFields } from './text-catalog';

export const rowFields: INodeProperties[] = [
	{
		displayName: 'Queues',
		name: 'queues',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Queue',
		default: {},
		description: 'The menu lists the active ones by number, whatever their order here',
		options: [
			{
				displayName: 'Queue',
				name: 'queue',
				// In the order in which a supervisor fills a row.
				// eslint-disable-next-line n8n-nodes-base/node-param-fixed-collection-type-unsorted-items
				values: [
					{
						displayName: 'Number',
						name: 'number',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 0 },
						default: 1,
						description:
							'What the customer types: 1, 2, 3… by priority, each number once. Changing it breaks nobody: answers are read against the menu that the customer received.',
					},
					{
						displayName: 'Internal Name',
						name: 'name',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. financeiro',
						description:
							'The identity of the queue in conversations, reports and other nodes: keep it, even if the display name changes',
					},
					{
						displayName: 'Display Name',
						name: 'displayName',
						type: 'string',
						default: '',
						placeholder: 'e.g. Financeiro e Boletos',
						description: 'What customers read; by default the internal name',
					},
					{
						displayName: 'Active',
						name: 'active',
						type: 'boolean',
						default: true,
						description:
							'Whether the menu offers it. Switch a queue off instead of deleting it; to block it for a while, use WhatsApp Desk: Block Queue.',
					},
					{
						displayName: 'Action',
						name: 'action',
						type: 'options',
						default: 'queue',
						// Not an operation of the node.
						/* eslint-disable n8n-nodes-base/node-param-operation-option-without-action */
						options: [
							{
								name: 'Hand to Queue',
								value: 'queue',
								description: 'The conversation waits for an agent of this queue',
							},
							{
								name: 'Continue Here (Self-Service)',
								value: 'selfService',
								description: 'Every message of the customer leaves by this output until the menu is asked for again',
							},
						],
						/* eslint-enable n8n-nodes-base/node-param-operation-option-without-action */
					},
					{
						displayName: 'Description',
						name: 'description',
						type: 'string',
						default: '',
						placeholder: 'e.g. Boletos, notas e pagamentos',
						description: 'Second line of the option where the menu is a list; up to 72 characters',
					},
					{
						displayName: 'Also Accept',
						name: 'aliases',
						type: 'string',
						default: '',
						placeholder: 'e.g. boleto, segunda via, pagamento',
						description: 'Other words for this queue, separated by commas; accents and case do not matter',
					},
					{
						displayName: 'Someone Available',
						name: 'available',
						type: 'boolean',
						default: true,
						description:
							'Whether an agent is on duty, e.g. by an expression that counts them. If not, the customer gets "Nobody Available", which is not the same as outside business hours, and waits in the queue all the same.',
					},
					{
						displayName: 'Texts of This Queue',
						name: 'texts',
						type: 'collection',
						placeholder: 'Add Text',
						default: {},
						description: 'Said instead of the general ones',
						options: sortedFields(QUEUE_TEXTS, { default: '', required: false }),
					},
				],
			},
		],
	},
	{
		displayName:
			'Each row has an output, active or not, and wires follow the row’s position: add new queues at the end, and look at the wires after moving or deleting a row.',
		name: 'wiresNotice',
		type: 'notice',
		default: '',
	},
];

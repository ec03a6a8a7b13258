/** The automatic texts on screen: the main ones, the rest in a collection, and the rules for special occasions. */
import type { INodeProperties } from 'n8n-workflow';
import { MAIN_TEXTS, MORE_TEXTS, sortedFields, TEXT_KEYS, textField, TEXTS, VARIABLES } from './text-catalog';

export const textFields: INodeProperties[] = [
	{
		displayName: `Texts may use ${VARIABLES}. They work in fixed texts and within expressions.`,
		name: 'variablesNotice',
		type: 'notice',
		default: '',
	},
	...MAIN_TEXTS.map((key) => textField(key)),
	{
		displayName: 'More Texts',
		name: 'moreTexts',
		type: 'collection',
		placeholder: 'Add Text',
		default: {},
		options: sortedFields(MORE_TEXTS),
	},
	{
		displayName: 'Message Rules',
		name: 'messageRules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Rule',
		default: {},
		description:
			'Another text for some queues, or inside or outside business hours only. A rule for a queue beats one for all queues; of equal ones the last wins.',
		options: [
			{
				displayName: 'Rule',
				name: 'rule',
				// Which message, when, for whom, and its words.
				// eslint-disable-next-line n8n-nodes-base/node-param-fixed-collection-type-unsorted-items
				values: [
					{
						displayName: 'Title',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. Financeiro à noite',
						description: 'For yourself; customers never see it',
					},
					{
						displayName: 'Message',
						name: 'type',
						type: 'options',
						default: 'welcome',
						options: TEXT_KEYS.map((key) => ({ name: TEXTS[key].label, value: key })),
					},
					{
						displayName: 'When',
						name: 'when',
						type: 'options',
						default: 'any',
						options: [
							{ name: 'Always', value: 'any' },
							{ name: 'Inside Business Hours', value: 'inside' },
							{ name: 'Outside Business Hours', value: 'outside' },
						],
						description: 'Inside when no Business Hours node comes before this one',
					},
					{
						// Rows of this node, not records of a service: "Name or ID" would mislead.
						// eslint-disable-next-line n8n-nodes-base/node-param-display-name-wrong-for-dynamic-multi-options
						displayName: 'Queues',
						name: 'queues',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'getRows', loadOptionsDependsOn: ['queues.queue'] },
						default: [],
						// eslint-disable-next-line n8n-nodes-base/node-param-description-wrong-for-dynamic-multi-options
						description: 'None means every queue. An expression may give internal names, also separated by commas.',
					},
					{
						displayName: 'Text',
						name: 'text',
						type: 'string',
						typeOptions: { rows: 3 },
						default: '',
						placeholder: 'e.g. O Financeiro responde a partir das 9h.',
						description: 'Empty sends nothing',
					},
				],
			},
		],
	},
];

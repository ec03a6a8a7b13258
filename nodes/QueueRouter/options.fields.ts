/** How the menu looks, when it gives up, and how long things last. What is not added has the default it shows. */
import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_ZONE } from '../../engine';
import { timeZoneOptions } from '../shared/time-zone-options';

/** The engine's own defaults, as people write them. */
export const MENU_WORDS = 'menu, menu inicial, início, voltar, voltar ao menu, opções';
export const HUMAN_WORDS =
	'atendente, falar com atendente, humano, falar com humano, falar com alguém, falar com uma pessoa';

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Burst Seconds',
			name: 'burstSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 60 },
			default: 4,
			description:
				'Text written up to this long after the menu belongs to the greeting ("Oi", "tudo bem?") and is no invalid answer; 0 switches this off',
		},
		{
			displayName: 'Emit Absorbed Messages',
			name: 'emitAbsorbed',
			type: 'boolean',
			default: false,
			description:
				'Whether items that need nothing, such as thanks after closing or a reaction, leave by Waiting. Otherwise they start nothing.',
		},
		{
			// A row of this node, not a record of a service: "Name or ID" would mislead.
			// eslint-disable-next-line n8n-nodes-base/node-param-display-name-wrong-for-dynamic-options
			displayName: 'Fallback Queue',
			name: 'fallbackQueue',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getFallbackRows', loadOptionsDependsOn: ['queues.queue'] },
			default: '',
			// eslint-disable-next-line n8n-nodes-base/node-param-description-wrong-for-dynamic-options -- as above
			description:
				'Where customers go who give no valid answer or ask for a person. Without one they leave by No Valid Answer. An expression may give an internal name.',
		},
		{
			displayName: 'Grace Minutes',
			name: 'graceMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description:
				'How long after closing a message still belongs to that service: thanks start nothing, anything else returns to the same agent',
		},
		{
			displayName: 'Inactivity Hours',
			name: 'inactivityHours',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Closes a service in which nobody has written for this long; 0 never does',
		},
		{
			displayName: 'List Button Label',
			name: 'menuButtonLabel',
			type: 'string',
			default: 'Ver opções',
			description: 'On the button that opens a list menu; up to 20 characters',
		},
		{
			displayName: 'List Placement',
			name: 'listPlacement',
			type: 'options',
			default: 'same',
			options: [
				{ name: 'Same Message', value: 'same', description: 'Welcome and menu in one message' },
				{ name: 'Separate Message', value: 'separate', description: 'First the welcome, then the menu' },
			],
		},
		{
			displayName: 'Loop Guard',
			name: 'loopGuard',
			type: 'fixedCollection',
			default: {},
			description: 'Silences the bot when it seems to talk to another robot',
			options: [
				{
					displayName: 'Limits',
					name: 'limits',
					// What is counted, and then for how long the bot is silent.
					// eslint-disable-next-line n8n-nodes-base/node-param-fixed-collection-type-unsorted-items
					values: [
						{
							displayName: 'Bot Messages in the Period',
							name: 'maxBotMessages',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 30,
							description: 'To one contact; 0 switches this check off',
						},
						{
							displayName: 'Period in Minutes',
							name: 'perMinutes',
							type: 'number',
							typeOptions: { minValue: 1 },
							default: 10,
						},
						{
							displayName: 'Same Text Received',
							name: 'maxSameText',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 5,
							description: 'The same words this many times; 0 switches this check off',
						},
						{
							displayName: 'Fast Replies Received',
							name: 'maxFastReplies',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 6,
							description: 'Faster than a person types, this many in a row; 0 switches this check off',
						},
						{
							displayName: 'Pause in Minutes',
							name: 'pauseMinutes',
							type: 'number',
							typeOptions: { minValue: 1 },
							default: 60,
						},
					],
				},
			],
		},
		{
			displayName: 'Max Attempts',
			name: 'maxAttempts',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20 },
			default: 3,
			description: 'Invalid answers in a row before the fallback',
		},
		{
			displayName: 'Menu Style',
			name: 'menuStyle',
			type: 'options',
			default: 'auto',
			description:
				'Where WhatsApp cannot show taps, customers always get numbered text; typed answers work with every style',
			options: [
				{ name: 'Automatic', value: 'auto', description: 'Buttons for up to 3 short options, a list for up to 10' },
				{ name: 'Buttons', value: 'buttons' },
				{ name: 'List', value: 'list' },
				{ name: 'Plain Numbered Text', value: 'text' },
			],
		},
		{
			displayName: 'Menu Timeout',
			name: 'menuTimeout',
			type: 'fixedCollection',
			default: {},
			description: 'What happens to a menu that is not answered',
			options: [
				{
					displayName: 'Limits',
					name: 'limits',
					values: [
						{
							displayName: 'Remind After Minutes',
							name: 'reminderAfterMinutes',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 0,
							description: '0 does not remind',
						},
						{
							displayName: 'Give Up After Minutes',
							name: 'giveUpAfterMinutes',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 720,
							description: '0 never gives up',
						},
						{
							displayName: 'Then',
							name: 'then',
							type: 'options',
							default: 'resolve',
							options: [
								{ name: 'Close the Service', value: 'resolve' },
								{ name: 'Hand to the Fallback Queue', value: 'fallback' },
							],
						},
					],
				},
			],
		},
		{
			displayName: 'Menu While Queued',
			name: 'menuWhileQueued',
			type: 'boolean',
			default: true,
			description: 'Whether a customer who waits in a queue may ask for the menu again',
		},
		{
			displayName: 'Outside Business Hours',
			name: 'outsideHours',
			type: 'options',
			default: 'away',
			description: 'Needs a Business Hours node before this one',
			options: [
				{ name: 'Away Text, Menu When It Opens', value: 'away' },
				{ name: 'Menu as Usual', value: 'menu', description: 'The away text follows the choice' },
			],
		},
		{
			displayName: 'Reserved Words',
			name: 'reservedWords',
			type: 'fixedCollection',
			default: {},
			options: [
				{
					displayName: 'Words',
					name: 'words',
					values: [
						{
							displayName: 'Bring the Menu Back',
							name: 'menu',
							type: 'string',
							default: MENU_WORDS,
							description: 'Separated by commas',
						},
						{
							displayName: 'Ask for a Person',
							name: 'human',
							type: 'string',
							default: HUMAN_WORDS,
							description: 'Separated by commas',
						},
					],
				},
			],
		},
		{
			displayName: 'Send Texts',
			name: 'sendTexts',
			type: 'options',
			noDataExpression: true,
			default: 'send',
			options: [
				{
					name: 'By This Node',
					value: 'send',
					description: 'Together with the decision: nothing is lost or said twice',
				},
				{
					name: 'Return as Items',
					value: 'return',
					description: 'Nothing is sent; the texts are in triage.texts for your own nodes',
				},
			],
		},
		{
			displayName: 'Single Queue Skips the Menu',
			name: 'singleQueueSkipsMenu',
			type: 'boolean',
			default: false,
			description: 'Whether to go straight to the queue when only one can be offered',
		},
		{
			displayName: 'Start Text',
			name: 'startMode',
			type: 'options',
			default: 'send',
			description: 'What happens to "Start of Service" when an agent takes a conversation',
			options: [
				{ name: 'Prepare for the Agent', value: 'draft' },
				{ name: 'Send', value: 'send' },
			],
		},
		{
			displayName: 'Takeover Pause (Minutes)',
			name: 'botPauseMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description:
				"How long the bot is silent after the last message a person wrote from the company's phone. It comes back sooner when #bot is written there in the chat, by WhatsApp Desk › Conversation: Resume Bot, or when the conversation is resolved.",
		},
		{
			displayName: 'Takeover Pause Limit (Minutes)',
			name: 'botPauseCapMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 480,
			description: 'The longest such pause, counted from the first message of the person',
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'options',
			noDataExpression: true,
			default: DEFAULT_ZONE,
			description: 'For greetings and dates in texts',
			options: timeZoneOptions,
		},
		{
			displayName: 'Virtual Assistant',
			name: 'assistant',
			type: 'boolean',
			default: true,
			description:
				'Whether the bot asks for a queue. If not, welcome and transfer text go out and the conversation goes to the only queue or the fallback queue; customers are not identified then.',
		},
	],
};

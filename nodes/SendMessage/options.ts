/** How is the message sent? The settings most workflows leave alone. */
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../shared/item-parameters';

export interface SendOptions {
	dedupeKey: string;
	markRead: 'no' | 'read' | 'typing';
	quotedMessageId: string;
	sendAs: 'bot' | 'agent';
	validMinutes: number;
	waitSeconds: number;
}

const DEFAULTS: SendOptions = {
	dedupeKey: '',
	markRead: 'no',
	quotedMessageId: '',
	sendAs: 'bot',
	validMinutes: 0,
	waitSeconds: 30,
};

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Dedupe Key',
			name: 'dedupeKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. boleto-4711-vencimento',
			description:
				'A message with the same key is never sent twice; later items get the result of the first. By default a repeated run of the same customer message sends nothing again.',
		},
		{
			displayName: 'Mark as Read',
			name: 'markRead',
			type: 'options',
			options: [
				{ name: 'No', value: 'no' },
				{ name: 'Yes', value: 'read', description: "Blue ticks on the customer's message" },
				{ name: 'Yes, and Show Typing', value: 'typing', description: 'Blue ticks, then "digitando…"' },
			],
			default: 'read',
			description: 'What the customer sees of their own message before the answer comes',
		},
		{
			displayName: 'Quote Message ID',
			name: 'quotedMessageId',
			type: 'string',
			default: '={{ $json.providerMessageId }}',
			placeholder: 'e.g. wamid.HBgM…',
			description: "WhatsApp's ID of the message this one answers, shown above it",
		},
		{
			displayName: 'Send As',
			name: 'sendAs',
			type: 'options',
			options: [
				{ name: 'Agent', value: 'agent', description: 'Goes out even while a human attends and the bot is paused' },
				{ name: 'Bot', value: 'bot', description: 'Held back while a human attends or the bot is paused' },
			],
			default: 'bot',
			description: 'On whose behalf the message speaks',
		},
		{
			displayName: 'Valid For (Minutes)',
			name: 'validMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description: 'A message that could not leave in this time is not sent any more; 0 means no limit',
		},
		{
			displayName: 'Wait for Result (Seconds)',
			name: 'waitSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 300 },
			default: 30,
			description:
				'How long the node waits until WhatsApp has accepted or refused; 0 goes on at once with the status "queued"',
		},
	],
};

/** Numbers and texts as the code needs them, also when an expression gave something else. */
export function readOptions(params: ItemParameters): SendOptions {
	const given = Object.keys(params.collection('options'));
	const has = (name: keyof SendOptions) => given.includes(name);
	const text = (name: keyof SendOptions) => (has(name) ? params.text(`options.${name}`) : String(DEFAULTS[name]));
	const number = (name: 'validMinutes' | 'waitSeconds') =>
		has(name) ? Math.max(0, params.number(`options.${name}`)) : DEFAULTS[name];
	return {
		dedupeKey: text('dedupeKey'),
		markRead: text('markRead') as SendOptions['markRead'],
		quotedMessageId: text('quotedMessageId'),
		sendAs: text('sendAs') === 'agent' ? 'agent' : 'bot',
		validMinutes: number('validMinutes'),
		waitSeconds: number('waitSeconds'),
	};
}

/** How is a message sent? The settings that every sending node has, and how they are read. */
import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { instantOf } from './instant-of';
import type { ItemParameters } from './item-parameters';

export interface SendOptions {
	dedupeKey: string;
	label: string;
	/** Epoch milliseconds; null = now. */
	sendAt: number | null;
	sendAs: 'bot' | 'agent';
	validMinutes: number;
	waitSeconds: number;
}

/** For the collection "Options", which sorts what it offers by display name. */
export const sendOptions = {
	dedupeKey: {
		displayName: 'Dedupe Key',
		name: 'dedupeKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. boleto-4711-vencimento',
		description:
			'A message with the same key is never sent twice; later items get the result of the first. By default a repeated run of the same customer message sends nothing again.',
	},
	label: {
		displayName: 'Label',
		name: 'label',
		type: 'string',
		default: '',
		placeholder: 'e.g. Campanha de novembro',
		description: 'A name for a group of messages, such as a campaign, to find and count them by',
	},
	sendAs: {
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
	sendAt: {
		displayName: 'Send At',
		name: 'sendAt',
		type: 'dateTime',
		default: '',
		description:
			'Not before this moment, in the workflow\'s time zone when it has none of its own. The item goes on at once with the status "queued"; a moment that has passed means now.',
	},
	validMinutes: {
		displayName: 'Valid For (Minutes)',
		name: 'validMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 60,
		description:
			'A message that could not leave in this time is not sent any more; 0 means no limit. Counted from Send At when there is one.',
	},
	waitSeconds: {
		displayName: 'Wait for Result (Seconds)',
		name: 'waitSeconds',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 300 },
		default: 30,
		description:
			'How long the node waits until WhatsApp has accepted or refused; 0 goes on at once with the status "queued"',
	},
} satisfies Record<keyof SendOptions, INodeProperties>;

/**
 * Numbers and texts as the code needs them, also when an expression gave something else.
 * @throws UserError naming the field
 */
export function readSendOptions(params: ItemParameters, zone: string): SendOptions {
	const given = params.collection('options');
	const text = (name: keyof SendOptions) => (name in given ? params.text(`options.${name}`) : '');
	const number = (name: keyof SendOptions, fallback: number) =>
		name in given ? Math.max(0, params.number(`options.${name}`)) : fallback;
	return {
		dedupeKey: text('dedupeKey'),
		label: text('label'),
		sendAt: 'sendAt' in given ? readSendAt(params.value('options.sendAt'), zone) : null,
		sendAs: text('sendAs') === 'agent' ? 'agent' : 'bot',
		validMinutes: number('validMinutes', 0),
		waitSeconds: number('waitSeconds', 30),
	};
}

function readSendAt(value: unknown, zone: string): number | null {
	if (value === undefined || value === null || value === '') return null;
	const instant = instantOf(value, zone);
	if (Number.isFinite(instant)) return instant;
	throw new UserError(
		`"Send At" is not a moment: ${typeof value === 'object' ? 'it is an object' : `"${String(value)}"`}.`,
		{
			description: 'Use an ISO date and time such as 2026-12-24T18:00, or leave it empty to send at once.',
		},
	);
}

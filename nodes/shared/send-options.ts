/** How is a message sent? The settings that every sending node has, and how they are read. */
import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { readDunningPlan } from '../../engine/index';
import type { DunningPlan } from '../../engine/index';
import { instantOf } from './instant-of';
import type { ItemParameters } from './item-parameters';

export interface SendOptions {
	/** creditor/invoice; '' = none. */
	aboutInvoice: string;
	/** Of a ticket; '' = none. */
	aboutTicket: string;
	contactHours: 'any' | 'lawful';
	dedupeKey: string;
	/** The plan of a reminder; null = it is none. */
	dunningPlan: DunningPlan | null;
	label: string;
	/** Epoch milliseconds; null = now. */
	sendAt: number | null;
	sendAs: 'bot' | 'agent';
	validMinutes: number;
	waitSeconds: number;
}

/** For the collection "Options", which sorts what it offers by display name. */
export const sendOptions = {
	aboutInvoice: {
		displayName: 'About Invoice',
		name: 'aboutInvoice',
		type: 'string',
		default: '={{ $json.creditor && $json.invoice ? $json.creditor + "/" + $json.invoice : "" }}',
		placeholder: 'e.g. 11222333000181/NF-1234-2',
		description:
			'The receivable the message speaks of, written <code>creditor/invoice</code>; the message is found again with it. It is no reminder by that: those have a Dunning Plan.',
	},
	aboutTicket: {
		displayName: 'About Ticket',
		name: 'aboutTicket',
		type: 'string',
		default: '={{ $json.ticket?.id }}',
		placeholder: 'e.g. omie/4711',
		description:
			'The ticket the message speaks of, by its source and code or by its ID; the message is found again with it',
	},
	contactHours: {
		displayName: 'Contact Hours',
		name: 'contactHours',
		type: 'options',
		options: [
			{ name: 'Any Hour', value: 'any' },
			{
				name: "Lawful Hours of the Contact's State",
				value: 'lawful',
				description:
					'By the area code: Monday to Friday 9:00 to 18:00 on the clocks there, not on holidays. What comes later waits for the next opening.',
			},
		],
		default: 'lawful',
		description: 'When the message may leave, judged at the moment of sending. A Dunning Plan brings its own hours.',
	},
	dedupeKey: {
		displayName: 'Dedupe Key',
		name: 'dedupeKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. boleto-4711-vencimento',
		description:
			'A message with the same key is never sent twice; later items get the result of the first. By default a repeated run of the same customer message sends nothing again.',
	},
	dunningPlan: {
		displayName: 'Dunning Plan',
		name: 'dunningPlan',
		type: 'json',
		default: '={{ $json.plan }}',
		description:
			'The plan of an item from the Dunning Planner. Each step of an invoice is then told once, within lawful hours, and taken back when the invoice is paid, disputed or promised before it leaves.',
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
 * @throws UserError, ConfigurationError naming the field
 */
export function readSendOptions(params: ItemParameters, zone: string): SendOptions {
	const given = params.collection('options');
	const text = (name: keyof SendOptions) => (name in given ? params.text(`options.${name}`) : '');
	const number = (name: keyof SendOptions, fallback: number) =>
		name in given ? Math.max(0, params.number(`options.${name}`)) : fallback;
	return {
		aboutInvoice: text('aboutInvoice'),
		aboutTicket: text('aboutTicket'),
		contactHours: text('contactHours') === 'lawful' ? 'lawful' : 'any',
		// Without a plan a reminder would go out unprotected: an empty one is wrong.
		dunningPlan: 'dunningPlan' in given ? readDunningPlan(params.value('options.dunningPlan')) : null,
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

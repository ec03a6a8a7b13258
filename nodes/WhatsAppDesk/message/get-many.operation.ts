import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { listMessages } from '../../../engine/index';
import type { MessageFilter } from '../../../engine/index';
import { instantOf } from '../../shared/instant-of';
import type { DeskOperation } from '../desk-operation';
import { limitField, limitOf, returnAllField } from '../fields';
import { messageJson } from './fields';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Channel ID',
			name: 'channelId',
			type: 'string',
			default: '',
			placeholder: 'e.g. cloudApi:106540352242922',
			description: 'Only messages of this number, as in the channel of a trigger item',
		},
		{
			displayName: 'Contact',
			name: 'contact',
			type: 'string',
			default: '',
			placeholder: 'e.g. +55 11 98765-4321',
			description: 'Only messages to this contact: an ID, or a phone with DDD however it is written',
		},
		{
			displayName: 'Conversation',
			name: 'conversation',
			type: 'string',
			default: '',
			placeholder: 'e.g. 261121-W36JG',
			description: 'Only messages of the conversation with this ID or protocol number',
		},
		{
			displayName: 'Created After',
			name: 'since',
			type: 'dateTime',
			default: '',
			description: 'Only messages created at this time or later',
		},
		{
			displayName: 'Created Before',
			name: 'until',
			type: 'dateTime',
			default: '',
			description: 'Only messages created before this time',
		},
		{
			displayName: 'Delivery',
			name: 'deliveries',
			type: 'multiOptions',
			default: ['failed'],
			description: 'Only messages of which WhatsApp reported one of these last',
			options: [
				{ name: 'Delivered (Entregue)', value: 'delivered' },
				{ name: 'Failed (Não Entregue)', value: 'failed' },
				{ name: 'Played (Ouvida)', value: 'played' },
				{ name: 'Read (Lida)', value: 'read' },
				{ name: 'Sent (Enviada)', value: 'sent' },
			],
		},
		{
			displayName: 'Label',
			name: 'label',
			type: 'string',
			default: '',
			placeholder: 'e.g. campanha-natal',
			description: 'Only messages with this label, such as those of one campaign',
		},
		{
			displayName: 'Only Failures',
			name: 'onlyFailures',
			type: 'boolean',
			default: true,
			description: 'Whether to list only messages that were not sent or that WhatsApp reported as not delivered',
		},
		{
			displayName: 'Status',
			name: 'statuses',
			type: 'multiOptions',
			default: ['queued'],
			description: 'Only messages that stand like this',
			options: [
				{ name: 'Held (Espera O Contato Escrever)', value: 'held' },
				{ name: 'Postponed (Adiada)', value: 'postponed' },
				{ name: 'Queued (Na Fila)', value: 'queued' },
				{ name: 'Refused (Recusada)', value: 'refused' },
				{ name: 'Sent (Enviada)', value: 'sent' },
				{ name: 'Unknown (Sem Confirmação)', value: 'unknown' },
			],
		},
	],
};

type Names = Pick<MessageFilter, 'channelId' | 'contact' | 'conversation' | 'label'>;
type Filters = Names &
	Pick<MessageFilter, 'statuses' | 'deliveries' | 'onlyFailures'> & { since: unknown; until: unknown };

export const getManyOperation: DeskOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many messages',
	description: 'List messages that were to be sent, the newest first',
	properties: [returnAllField, limitField, filters],
	run: async (call) => {
		const { since, until, statuses, deliveries, onlyFailures, ...names } = call.params.collection<Filters>('filters');
		const zone = call.context.getTimezone();
		const found = await listMessages(call.desk, {
			...{ statuses, deliveries, onlyFailures, ...asTexts(names) },
			since: time('Created After', since, zone),
			until: time('Created Before', until, zone),
			limit: limitOf(call),
		});
		return found.map(messageJson);
	},
};

/** An expression may give a phone or a label as a number. */
function asTexts(names: Names): Names {
	return Object.fromEntries(
		Object.entries(names).map(([name, value]) => [name, String(value ?? '').trim() || undefined]),
	);
}

function time(label: string, value: unknown, zone: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const instant = instantOf(value, zone);
	if (Number.isFinite(instant)) return instant;
	throw new UserError(`"${label}" is no date and time.`, { description: 'Pick one, or enter it as 2026-12-24T18:00.' });
}

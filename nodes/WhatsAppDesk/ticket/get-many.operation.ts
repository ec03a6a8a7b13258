import type { INodeProperties } from 'n8n-workflow';
import { listTickets } from '../../../engine/index';
import type { TicketFilter } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { limitField, limitOf, returnAllField } from '../fields';
import { momentOf, ticketJson } from './fields';
import { PRIORITY_OPTIONS } from './priority';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Contact',
			name: 'contact',
			type: 'string',
			default: '={{ $json.contact?.id }}',
			placeholder: 'e.g. +55 11 98765-4321',
			description: 'Only tickets of this contact: an ID, phone, ERP ID or CPF/CNPJ',
		},
		{
			displayName: 'Priority',
			name: 'priorities',
			type: 'multiOptions',
			default: ['critical'],
			description: 'Only tickets of one of these priorities',
			options: PRIORITY_OPTIONS.map(({ name, value }) => ({ name, value })),
		},
		{
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. omie',
			description: 'Only tickets of this system; those made of conversations have the source "whatsapp"',
		},
		{
			displayName: 'State',
			name: 'states',
			type: 'multiOptions',
			default: ['open'],
			description: 'Only tickets in one of these states',
			options: [
				{ name: 'Closed (Encerrado)', value: 'closed' },
				{ name: 'Open (Aberto)', value: 'open' },
			],
		},
		{
			displayName: 'Updated Since',
			name: 'updatedSince',
			type: 'dateTime',
			default: '',
			description: 'Only tickets that changed at this time or later',
		},
	],
};

type Filters = Pick<TicketFilter, 'states' | 'priorities'> & Record<'contact' | 'source' | 'updatedSince', unknown>;

export const getManyOperation: DeskOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many tickets',
	description: 'List tickets, those that changed last first',
	properties: [returnAllField, limitField, filters],
	run: async (call) => {
		const { contact, source, states, priorities, updatedSince } = call.params.collection<Filters>('filters');
		const found = await listTickets(call.desk, {
			...{ states, priorities, contact: asText(contact), source: asText(source) },
			updatedSince: momentOf(call, 'Updated Since', updatedSince),
			limit: limitOf(call),
		});
		return found.map(ticketJson);
	},
};

/** An expression may give a phone as a number. */
const asText = (value: unknown): string => String(value ?? '').trim();

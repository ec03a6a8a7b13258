import type { INodeProperties } from 'n8n-workflow';
import { listReceivables } from '../../../engine/index';
import type { ReceivableFilter } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { limitField, limitOf, returnAllField } from '../fields';
import { momentOf } from './change-operation';
import { creditorKey, receivableJson } from './fields';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Changed After',
			name: 'since',
			type: 'dateTime',
			default: '',
			description: 'Only those whose state changed at this time or later',
		},
		{
			displayName: 'Contact',
			name: 'contact',
			type: 'string',
			default: '',
			placeholder: 'e.g. +55 11 98765-4321',
			description: 'Only those of this contact: an ID, or a phone with DDD however it is written',
		},
		{
			displayName: 'Creditor',
			name: 'creditor',
			type: 'string',
			default: '',
			placeholder: 'e.g. 11.222.333/0001-81',
			description: 'Only those owed to this CNPJ, CPF or key',
		},
		{
			displayName: 'Payer',
			name: 'payer',
			type: 'string',
			default: '',
			placeholder: 'e.g. 52998224725',
			description:
				'Only those of this payer, by the key the Dunning Planner groups by: the CPF or CNPJ without punctuation',
		},
		{
			displayName: 'State',
			name: 'states',
			type: 'multiOptions',
			default: ['claimedPaid'],
			description: 'Only those that stand like this',
			options: [
				{ name: 'Cancelled (Cancelada)', value: 'cancelled' },
				{ name: 'Disputed (Não Reconhecida)', value: 'disputed' },
				{ name: 'Open (Em Aberto)', value: 'open' },
				{ name: 'Paid (Paga)', value: 'paid' },
				{ name: 'Promised (Com Promessa)', value: 'promised' },
				{ name: 'Renegotiated (Renegociada)', value: 'renegotiated' },
				{ name: 'Said to Be Paid (Em Conferência)', value: 'claimedPaid' },
				{ name: 'With a Person (Com Uma Pessoa)', value: 'human' },
				{ name: 'Wrong Person (Contato Errado)', value: 'wrongPerson' },
			],
		},
	],
};

interface Filters {
	since: unknown;
	contact: unknown;
	creditor: unknown;
	payer: unknown;
	states: ReceivableFilter['states'];
}

export const getManyOperation: DeskOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many receivables',
	description: 'List receivables the desk has reminded of or was told about, the latest change first',
	properties: [returnAllField, limitField, filters],
	run: async (call) => {
		const { since, contact, creditor, payer, states } = call.params.collection<Filters>('filters');
		const text = (value: unknown) => String(value ?? '').trim() || undefined;
		const found = await listReceivables(call.desk, {
			...{ contact: text(contact), payer: payer ? creditorKey(text(payer) ?? '') : undefined, states },
			creditor: creditor ? creditorKey(text(creditor) ?? '') : undefined,
			since: momentOf(call, 'Changed After', since) ?? undefined,
			limit: limitOf(call),
		});
		return found.map(receivableJson);
	},
};

/** An operation that writes news of receivables down: the fields and the result are the same for all of them. */
import { UserError } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { changeReceivables, lookUpContact } from '../../../engine/index';
import type { ReceivableChange, ReceivableNews, ReceivableSnapshot } from '../../../engine/index';
import { instantOf } from '../../shared/instant-of';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { byWorkflow } from '../message/fields';
import { NO_REMINDER, receivableJson, selectedOf, selectFields } from './fields';

interface ChangeOperation extends Pick<DeskOperation, 'value' | 'name' | 'action' | 'description'> {
	/** Above the options. */
	properties?: INodeProperties[];
	/** Besides those that all have; sorted by display name with them. */
	options?: INodeProperties[];
	news(call: DeskCall): ReceivableNews;
	promises?(call: DeskCall): ReceivableChange['promises'];
}

export function changeOperation({
	properties = [],
	options = [],
	news,
	promises,
	...shown
}: ChangeOperation): DeskOperation {
	return {
		...shown,
		properties: [...selectFields, ...properties, optionsField(options)],
		run: async (call) => {
			const { keys, contactId } = await selectedOf(call);
			if (keys.length === 0) return { ...NO_REMINDER };
			const change = news(call);
			const shared = {
				change,
				known: await knownOf(call, contactId),
				reason: [call.params.collection<Options>('options').reason?.trim(), byWorkflow(call)]
					.filter(Boolean)
					.join('; '),
				occurredAt: momentOf(call, 'Occurred At', call.params.collection<Options>('options').occurredAt),
				conversationId: call.message()?.conversation?.id ?? null,
				zone: call.context.getTimezone(),
				promises: promises?.(call),
			};
			const results = await changeReceivables(
				call.desk,
				keys.map((key) => ({ ...key, ...shared })),
			);
			return results.map(({ result, code, explanation, receivable, cancelled }): IDataObject => ({
				...{ result, code, explanation },
				...receivableJson(receivable),
				cancelledMessages: cancelled,
			}));
		},
	};
}

interface Options {
	amountCents: number;
	contact: string;
	dueDate: string;
	number: string;
	occurredAt: unknown;
	payer: string;
	reason: string;
}

function optionsField(more: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...OPTIONS, ...more].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
	};
}

const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Amount in Cents',
		name: 'amountCents',
		type: 'number',
		default: 0,
		description: 'What is owed, when the desk does not know it yet',
	},
	{
		displayName: 'Contact',
		name: 'contact',
		type: 'string',
		default: '={{ $json.contact?.id }}',
		placeholder: 'e.g. +55 11 98765-4321',
		description: 'ID or phone of whoever it concerns, when the desk has not reminded anybody of it yet',
	},
	{
		displayName: 'Due Date',
		name: 'dueDate',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-24',
		description: 'When the desk does not know it yet',
	},
	{
		displayName: 'Number',
		name: 'number',
		type: 'string',
		default: '',
		placeholder: 'e.g. NF 1234/2',
		description: 'What the payer knows it by, when the desk does not know it yet',
	},
	{
		displayName: 'Occurred At',
		name: 'occurredAt',
		type: 'dateTime',
		default: '',
		description: 'When it happened in the ERP; news from before the invoice was reopened change nothing',
	},
	{
		displayName: 'Payer',
		name: 'payer',
		type: 'string',
		default: '',
		placeholder: 'e.g. 52998224725',
		description: 'CPF or CNPJ of who owes, as the Dunning Planner groups by it',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		placeholder: 'e.g. comprovante recebido por e-mail',
		description: 'For the timeline, in words for people',
	},
];

async function knownOf(call: DeskCall, contactId: string | null): Promise<ReceivableSnapshot> {
	const { amountCents, contact, dueDate, number, payer } = call.params.collection<Options>('options');
	const found = contact ? await lookUpContact(call.desk, String(contact)) : null;
	const text = (value: unknown) => String(value ?? '').trim() || null;
	return {
		contactId: contactId ?? found?.id ?? null,
		amountCents: amountCents ? Math.round(Number(amountCents)) : null,
		...{ dueDate: text(dueDate), number: text(number), payer: text(payer) },
	};
}

/** @returns null when nothing was given. @throws UserError for what is no moment */
export function momentOf({ context }: DeskCall, label: string, value: unknown): number | null {
	if (value === undefined || value === null || value === '') return null;
	const at = instantOf(value, context.getTimezone());
	if (Number.isFinite(at)) return at;
	throw new UserError(`"${label}" is no date and time: ${JSON.stringify(value)}.`, {
		description: 'Use an ISO date such as 2026-03-10 or 2026-03-10T10:00, or 10/03/2026 10:00.',
	});
}

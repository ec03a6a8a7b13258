/** Mirrors a process of another system, such as a service order of an ERP (V-02…V-04). */
import { UserError } from 'n8n-workflow';
import { upsertTickets } from '../../../engine/index';
import type { TicketEntry, TicketState } from '../../../engine/index';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { momentOf, resultJson } from './fields';
import { priorityOf } from './priority';
import { contactOf, upsertFields, type UpsertOptions } from './upsert-fields';

export const upsertOperation: DeskOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update a ticket',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	properties: upsertFields,
	run: async (call) => {
		const [result] = await upsertTickets(call.desk, [entryOf(call)]);
		return resultJson(result!);
	},
};

function entryOf(call: DeskCall): TicketEntry {
	const { params } = call;
	const options = params.collection<UpsertOptions>('options');
	return {
		source: params.requiredText('source'),
		code: params.requiredText('code'),
		number: params.text('number'),
		issuedAt: momentOf(call, 'Issued At', params.value('issuedAt')),
		product: params.text('product'),
		problem: params.text('problem'),
		status: params.text('status'),
		contact: contactOf(call),
		priority: priorityOf(options.priority),
		link: asText(options.link),
		state: stateOf(options.state),
		closedStatuses: asText(options.closedStatuses).split(/[,;\n]/),
		conversation: asText(options.conversation),
		sourceAt: momentOf(call, 'Happened At', options.sourceAt),
	};
}

/** @throws UserError for what an expression made of it */
function stateOf(value: unknown): TicketState | null {
	if (value === undefined || value === null || value === '' || value === 'bySource') return null;
	if (value === 'open' || value === 'closed') return value;
	throw new UserError(`"State" is ${JSON.stringify(value)}, which is no state of a ticket.`, {
		description: 'Use bySource, open or closed; what the source says goes into Status.',
	});
}

const asText = (value: unknown): string => String(value ?? '').trim();

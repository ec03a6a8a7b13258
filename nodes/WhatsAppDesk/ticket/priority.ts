import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { readPriority } from '../../../engine/index';
import type { TicketPriority } from '../../../engine/index';

export const PRIORITY_OPTIONS = [
	{ name: 'Critical (Crítica)', value: 'critical', description: 'Starts the event Ticket Critical' },
	{ name: 'High (Alta)', value: 'high' },
	{ name: 'Low (Baixa)', value: 'low' },
	{ name: 'Normal', value: 'normal' },
];

export const priorityField: INodeProperties = {
	displayName: 'Priority',
	name: 'priority',
	type: 'options',
	default: 'normal',
	description:
		'How urgent it is. An expression may also give it in Portuguese (baixa, normal, alta, crítica, urgente). When left out, what is known stays; new tickets are normal.',
	options: PRIORITY_OPTIONS,
};

/** @returns undefined when nothing was given. @throws UserError for a word that stands for no priority */
export function priorityOf(value: unknown): TicketPriority | undefined {
	const word = value === undefined || value === null ? '' : String(value).trim();
	if (word === '') return undefined;
	const priority = readPriority(word);
	if (priority) return priority;
	throw new UserError(`"Priority" is "${word}", which stands for no priority.`, {
		description: 'Use low, normal, high or critical (baixa, normal, alta, crítica).',
	});
}

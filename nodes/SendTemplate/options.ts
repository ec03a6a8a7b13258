import type { INodeProperties } from 'n8n-workflow';
import { sendOptions } from '../shared/send-options';

/** What most workflows leave alone. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		sendOptions.aboutInvoice,
		sendOptions.aboutTicket,
		sendOptions.contactHours,
		sendOptions.dedupeKey,
		sendOptions.dunningPlan,
		sendOptions.label,
		sendOptions.sendAs,
		sendOptions.sendAt,
		sendOptions.validMinutes,
		sendOptions.waitSeconds,
	],
};

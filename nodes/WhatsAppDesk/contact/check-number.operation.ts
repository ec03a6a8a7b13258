import { checkNumber } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { contactField, contactOf } from './fields';

export const checkNumberOperation: DeskOperation = {
	value: 'checkNumber',
	name: 'Check Number',
	action: 'Check whether a number is on WhatsApp',
	description:
		'Tell what earlier messages proved: confirmed, not on WhatsApp, or unknown (the official API has no check of its own; Channel: Check Number asks WhatsApp through a linked device)',
	properties: [contactField],
	run: async (call) => {
		const { contactId, phone, formatted, reachability, explanation } = await checkNumber(call.desk, contactOf(call));
		const since = reachability.since === null ? null : new Date(reachability.since).toISOString();
		return { ...reachability, since, explanation, contactId, phone, formatted };
	},
};

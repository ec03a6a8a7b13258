import { getContact } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { contactField, contactJson, contactOf } from './fields';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a contact',
	description: 'Get a contact with its names at WhatsApp, its consent and whether it is known to be on WhatsApp',
	properties: [contactField],
	run: async (call) => contactJson(await getContact(call.desk, contactOf(call))),
};

import { checkNumber, checkPresence } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { chosenChannel } from './reach-channel';

const WAIT_MS = 15_000;

export const checkNumberOperation: DeskOperation = {
	value: 'checkNumber',
	name: 'Check Number',
	action: 'Check a number through a channel',
	description:
		'Tell whether a phone number has WhatsApp: confirmed, notOnWhatsApp, unknown or noPhone. A linked device asks WhatsApp and remembers the answer; at most 100 questions a day, because asking much gets numbers banned. The Cloud API cannot ask: it tells what earlier messages proved.',
	properties: [
		{
			displayName: 'Phone Number',
			name: 'phone',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +55 11 98765-4321',
			description: 'With country and area code, any formatting',
		},
	],
	run: async (call) => {
		const { kind, id } = await chosenChannel(call);
		const phone = call.params.text('phone');
		if (kind === 'linkedDevice') return { ...(await checkPresence(call.desk, id, phone, WAIT_MS)), channel: id };
		const { phone: e164, formatted, reachability, explanation } = await checkNumber(call.desk, phone);
		return { status: reachability.status, phone: e164, formatted, address: null, explanation, channel: id };
	},
};

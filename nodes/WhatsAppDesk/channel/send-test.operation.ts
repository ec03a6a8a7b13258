import { UserError } from 'n8n-workflow';
import { sendMessages } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { chosenChannel } from './reach-channel';

const WAIT_MS = 30_000;

/** The test form of the activation page (B-30, B-31): a test that does not go out stops the node with the reason. */
export const sendTestOperation: DeskOperation = {
	value: 'sendTest',
	name: 'Send Test',
	action: 'Send a test message',
	description: 'Enviar Teste: send a text to a phone and report whether WhatsApp accepted it',
	properties: [
		{
			displayName: 'Phone Number',
			name: 'phone',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +55 11 98765-4321',
			description: 'Número de telefone que vai receber as mensagens de teste:',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 2 },
			required: true,
			default: 'Teste de integração WhatsApp',
			description: 'The text to send',
		},
	],
	run: async (call) => {
		const { id: channelId } = await chosenChannel(call);
		const phone = call.params.requiredText('phone');
		const content = { type: 'text', text: call.params.requiredText('message') } as const;
		const request = {
			channelId,
			recipient: { type: 'phone', phone },
			content,
			origin: 'agent',
			purpose: 'test',
		} as const;
		const [outcome] = await sendMessages(call.desk, [request], WAIT_MS);
		const { status, explanation, errorCode, ...rest } = outcome!;
		if (status === 'sent') return { status, ...rest };
		throw new UserError(explanation ?? 'WhatsApp has not confirmed the test message.', {
			description:
				status === 'refused'
					? `Correct this and send the test again${errorCode ? ` (code ${errorCode})` : ''}.`
					: 'It may still arrive. Check the connection with Channel: Get Status.',
		});
	},
};

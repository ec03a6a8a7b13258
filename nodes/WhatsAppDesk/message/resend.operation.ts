import { resendOutbound } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { byWorkflow, messageField, messageJson, messageOf } from './fields';

interface Options {
	evenIfSent: boolean;
	waitSeconds: number;
}

/** Not sending it again is a result, not an error: a list of failures may well hold what was mended meanwhile. */
export const resendOperation: DeskOperation = {
	value: 'resend',
	name: 'Resend',
	action: 'Resend a message',
	description: 'Send a message that did not go out once more, as a new message judged by the rules of now',
	properties: [
		messageField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Even if It Was Sent',
					name: 'evenIfSent',
					type: 'boolean',
					default: false,
					description: 'Whether to send it again although WhatsApp accepted it and reported no failure',
				},
				{
					displayName: 'Wait for Result (Seconds)',
					name: 'waitSeconds',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 300 },
					default: 0,
					description: 'How long to wait until WhatsApp has accepted or refused it; 0 goes on at once',
				},
			],
		},
	],
	run: async (call) => {
		const { evenIfSent = false, waitSeconds = 0 } = call.params.collection<Options>('options');
		const id = messageOf(call);
		const { resent, message } = await resendOutbound(call.desk, id, {
			evenIfSent,
			by: byWorkflow(call),
			waitMs: waitSeconds * 1_000,
		});
		// Of a refusal: the message that stands in the way, and why.
		if (resent.type === 'refused') {
			return { resent: false, ...messageJson(message), code: resent.code, reason: resent.explanation };
		}
		return { resent: true, ...messageJson(message) };
	},
};

/** What goes out for one item: its message, to whom, and what happens outside the 24 h window. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Desk } from '../../engine/index';
import type { ChosenChannel } from '../shared/desk';
import { readRecipient } from '../shared/recipient';
import type { Draft, SendCall } from '../shared/send-items';
import { messageTypes } from './message-types';
import { readMessageOptions } from './options';
import { windowPlans } from './outside-window';

export function messageDrafts(context: IExecuteFunctions, desk: Desk, channel: ChosenChannel) {
	// The dropdown takes no expressions, so it is the same for all items.
	const chosen = context.getNodeParameter('messageType', 0);
	const messageType = messageTypes.find(({ value }) => value === chosen) ?? messageTypes[0]!;
	const { planOf, remember, check } = windowPlans(desk, channel);

	const draftOf = async (call: SendCall): Promise<Draft> => {
		const { params, message } = call;
		const { kind, markRead, quotedMessageId } = readMessageOptions(params);
		const recipient = readRecipient(params, message);
		const content = await messageType.run(call);
		const plan = await planOf(call);
		const providerMessageId = message()?.providerMessageId;
		const draft: Draft = {
			recipient,
			content,
			kind,
			outsideWindow: plan.outsideWindow,
			hint: plan.hint,
			quotedProviderMessageId: quotedMessageId || undefined,
			read: markRead !== 'no' && providerMessageId ? { providerMessageId, typing: markRead === 'typing' } : null,
		};
		remember(draft, plan);
		return draft;
	};
	return { draftOf, check };
}

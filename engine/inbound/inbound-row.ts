import { newId } from '../ids';
import type { ConsentNews, EchoEvent, Instant, MessageEvent, Sender, StatusEvent } from '../model';
import type { ReminderReply } from '../model-reminder';

/** A row to be stored. */
export interface InboundRow {
	id: string;
	claim: string;
	kind: string;
	channel_id: string;
	contact_id: string | null;
	conversation_id: string | null;
	provider_message_id: string | null;
	address: string | null;
	sent_at: Instant;
	received_at: Instant;
	content: string;
	raw: string | null;
	test_listener: string | null;
	workflow_id: string | null;
}

/** What somebody said, with the person and the conversation it belongs to. */
export function spokenRow(
	channelId: string,
	event: MessageEvent | EchoEvent,
	claim: string,
	seat: {
		contactId: string;
		conversationId: string;
		consent: ConsentNews | null;
		reminder: ReminderReply | null;
	},
	now: Instant,
): InboundRow {
	return {
		...bareRow(channelId, event.type, claim, now),
		contact_id: seat.contactId,
		conversation_id: seat.conversationId,
		address: personOf(event).address,
		sent_at: event.sentAt,
		// Nobody may show a message as read that only the phone can show.
		provider_message_id: event.type === 'message' && event.unopened ? null : event.providerMessageId,
		content: JSON.stringify({
			...event.content,
			quotedMessageId: event.type === 'message' ? event.quotedMessageId : null,
			...(event.type === 'message' && event.offline && { offline: true }),
			...(event.type === 'message' && event.unopened && { unopened: true }),
			...(seat.consent && { consent: seat.consent }),
			...(seat.reminder && { reminder: seat.reminder }),
		}),
		raw: JSON.stringify(event.raw ?? null),
	};
}

/** A delivery report, for the triggers that ask for them. */
export function statusRow(channelId: string, event: StatusEvent, claim: string, now: Instant): InboundRow {
	const { status, outboxId, error, pricing } = event;
	return {
		...bareRow(channelId, 'status', claim, now),
		sent_at: event.at,
		provider_message_id: event.providerMessageId,
		content: JSON.stringify({ status, outboxId, error, pricing }),
	};
}

export function personOf(event: MessageEvent | EchoEvent): Sender {
	return event.type === 'message' ? event.sender : event.recipient;
}

function bareRow(channelId: string, kind: string, claim: string, now: Instant): InboundRow {
	return {
		id: newId('msg', now),
		claim,
		kind,
		channel_id: channelId,
		contact_id: null,
		conversation_id: null,
		provider_message_id: null,
		address: null,
		sent_at: now,
		received_at: now,
		content: '{}',
		raw: null,
		test_listener: null,
		workflow_id: null,
	};
}

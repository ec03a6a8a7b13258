import type { BusinessNumber } from '../model';
import type { Simulation } from '../simulation';
import { isObject, type Json } from './checks';
import type { Problem } from './errors';

/** `status: "read"`, with or without a typing indicator: returns what is wrong, or null when done. */
export function markRead(simulation: Simulation, number: BusinessNumber, body: Json): Problem | null {
	if (body.status !== 'read') return { code: 131009, details: "Param 'status' must be 'read'." };
	const typing = body.typing_indicator;
	if (typing !== undefined && (!isObject(typing) || typing.type !== 'text')) {
		return { code: 131009, details: "Param 'typing_indicator.type' must be 'text'." };
	}
	const found = simulation.world.message(String(body.message_id));
	if (!found || found.message.from !== 'contact' || found.chat.number !== number) {
		return { code: 131009, details: "Param 'message_id' is not the id of a message this number received." };
	}
	const { chat, message } = found;
	const now = simulation.clock.now();
	const { waId } = chat.contact;
	const { phoneNumberId } = number;
	// Everything up to this message is read too; earlier marks already covered what lies before them.
	for (let i = message.seq - chat.messages[0]!.seq; i >= 0; i--) {
		const earlier = chat.messages[i]!;
		if (earlier.from !== 'contact') continue;
		if (earlier.statuses.read) break;
		earlier.statuses.read = now;
		simulation.events.emit({ type: 'status', waId, phoneNumberId, id: earlier.id, status: 'read', at: now });
	}
	if (typing !== undefined) {
		// Until the reply, or 25 s (cloud-api.md §1).
		chat.typingUntil = now + 25_000;
		simulation.events.emit({ type: 'typing', waId, phoneNumberId, forMs: 25_000 });
	}
	return null;
}

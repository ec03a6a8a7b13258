import type { ChatMessage, Contact, StatusName } from '../model';
import type { Simulation } from '../simulation';
import { statusChange } from '../webhooks/payloads';
import { envelope, escapedJson } from '../webhooks/wire';
import type { Handler } from './handlers';
import { numberOf, ok, refusal } from './requests';

/** Very many statuses in one body: Meta promises at most 1,000 updates and 3 MB a POST (cloud-api.md §2). */
const ORDER: StatusName[] = ['sent', 'delivered', 'read'];

type Told = Pick<ChatMessage, 'id' | 'opaque' | 'error' | 'type' | 'pricing'>;

/**
 * `count` statuses (1,000) of the newest messages of the business, or of messages nobody knows when `unknown` is true.
 * `statuses` names which (sent, delivered, read); `shape` puts them into one change (default) or one change each.
 */
export const stormStatuses: Handler = async (simulation, { body }) => {
	const number = numberOf(simulation, body.phoneNumberId);
	if (!number) return refusal('No such number.', 404);
	const count = Number(body.count ?? 1_000);
	if (!Number.isInteger(count) || count < 1 || count > 100_000) return refusal('count must be from 1 to 100,000.');
	const statuses = (Array.isArray(body.statuses) ? body.statuses : ORDER) as StatusName[];
	const wanted = Math.ceil(count / statuses.length);
	const known = body.unknown === true ? [] : newest(simulation, number.phoneNumberId, wanted);
	if (body.unknown !== true && known.length === 0) return refusal('The business has sent nothing yet.', 409);

	const at = simulation.clock.now();
	const values = Array.from({ length: count }, (_, index) => {
		const which = Math.floor(index / statuses.length);
		const { message, contact } = known.length > 0 ? known[which % known.length]! : madeUp(which);
		return statusChange(number, contact, message, statuses[index % statuses.length]!, at).value;
	});
	const changes =
		body.shape === 'changes'
			? values
			: [{ ...values[0], contacts: undefined, statuses: values.flatMap((value) => value.statuses) }];
	const json = changes.map((value) => ({
		wabaId: number.wabaId,
		json: escapedJson({ field: 'messages', value }),
	}));
	return ok(await simulation.webhooks.sendRaw(number, envelope(json)));
};

function newest(
	simulation: Simulation,
	phoneNumberId: string,
	most: number,
): Array<{ message: Told; contact: Contact }> {
	const found: Array<{ message: ChatMessage; contact: Contact }> = [];
	for (const chat of simulation.world.chats.values()) {
		if (chat.number.phoneNumberId !== phoneNumberId) continue;
		for (const message of chat.messages) {
			if (message.from === 'business' && !message.error) found.push({ message, contact: chat.contact });
		}
	}
	return found.sort((left, right) => right.message.acceptedRealAt - left.message.acceptedRealAt).slice(0, most);
}

function madeUp(index: number): { message: Told; contact: { waId: string } } {
	const id = `wamid.STORM${String(index).padStart(8, '0')}`;
	return { message: { id, opaque: null, error: null, type: 'text' }, contact: { waId: '5511900000000' } };
}

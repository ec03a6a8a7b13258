// Bodies as Meta posts them, from the few facts a test is about.
import { DEMO_NUMBER } from '../../simulator/options';

export interface Person {
	/** wa_id digits; left out when the phone is hidden. */
	waId?: string;
	bsuid?: string;
	name?: string;
}

/** What one change of a webhook carries. */
export type Value = Record<string, unknown>;

let count = 0;
/** A message id nobody used before. */
export const wamid = () => `wamid.T${++count}`;

export function text(from: Person, body: string, more: { id?: string; at?: number } = {}): Value {
	return message(from, { type: 'text', text: { body } }, more);
}

export function message(from: Person, content: Value, { id = wamid(), at = Date.now() } = {}): Value {
	return {
		contacts: [card(from)],
		messages: [{ from: from.waId, from_user_id: from.bsuid, id, timestamp: seconds(at), ...content }],
	};
}

export function echo(to: Person, body: string, { id = wamid(), at = Date.now() } = {}): Value {
	const sent = { from: '551130000000', to: to.waId, to_user_id: to.bsuid, id, timestamp: seconds(at) };
	return { contacts: [card(to)], message_echoes: [{ ...sent, type: 'text', text: { body } }] };
}

export function status(
	value: { id: string; status: string; opaque?: string; to?: string; error?: number },
	at = Date.now(),
): Value {
	const { id, status: name, opaque, to = '5511987654321', error } = value;
	return {
		statuses: [
			{
				id,
				status: name,
				timestamp: seconds(at),
				recipient_id: to,
				biz_opaque_callback_data: opaque,
				...(error === undefined ? {} : { errors: [{ code: error, title: 'refused' }] }),
			},
		],
	};
}

export function changedNumber(from: Person, to: Person, { id = wamid(), at = Date.now() } = {}): Value {
	const system = { type: 'user_changed_number', body: 'changed', wa_id: to.waId, user_id: to.bsuid };
	return {
		messages: [{ from: from.waId, from_user_id: from.bsuid, id, timestamp: seconds(at), type: 'system', system }],
	};
}

/** One POST with a change per value. */
export function webhook(...values: Value[]) {
	const metadata = { display_phone_number: '551130000000', phone_number_id: DEMO_NUMBER.phoneNumberId };
	const changes = values.map((value) => ({
		field: 'message_echoes' in value ? 'smb_message_echoes' : 'messages',
		value: { messaging_product: 'whatsapp', metadata, ...value },
	}));
	return { object: 'whatsapp_business_account', entry: [{ id: DEMO_NUMBER.wabaId, changes }] };
}

function card({ waId, bsuid, name = 'Ana Souza' }: Person): Value {
	return { profile: { name }, wa_id: waId, user_id: bsuid };
}

function seconds(at: number): string {
	return String(Math.floor(at / 1000));
}

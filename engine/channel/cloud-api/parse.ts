/**
 * What is in one webhook body? Walks entry × changes × elements and judges each element on its own,
 * so that a malformed one never costs its neighbours (a body holds up to 1,000 updates and 3 MB).
 * Linear, and `raw` points into the body: nothing is copied.
 * Source: Cloud API "webhooks overview" (envelope, batching).
 */
import type { InboundEvent, Instant } from '../../model';
import { accountEvent, readAccountChange, type ChangeOrigin } from './parse-account';
import { readEcho, readMessage, type Read } from './parse-message';
import { readContacts, type ContactDirectory } from './parse-sender';
import { readStatus } from './parse-status';
import { isObject, listOf, type Json } from '../untrusted';

export interface ParsedWebhook {
	events: Array<{ channelPhoneNumberId: string | null; event: InboundEvent }>;
	/** What could not be understood, and where it stood (`entry.0.changes.0.value.messages.3`). */
	rejected: Array<{ path: string; reason: string }>;
	/** Messages and statuses of groups are left alone, but counted. */
	ignoredGroupMessages: number;
}

export function parseWebhook(body: unknown, receivedAt: Instant): ParsedWebhook {
	const parsed: ParsedWebhook = { events: [], rejected: [], ignoredGroupMessages: 0 };
	if (!isObject(body) || !Array.isArray(body.entry)) {
		return reject(parsed, '', 'not a webhook body: no entry list');
	}
	if (body.object !== 'whatsapp_business_account') {
		return reject(parsed, 'object', 'not about a WhatsApp Business Account');
	}
	body.entry.forEach((entry: unknown, entryAt) => {
		const path = `entry.${entryAt}`;
		if (!isObject(entry) || !Array.isArray(entry.changes)) return reject(parsed, path, 'no changes list');
		const origin: ChangeOrigin = { accountId: entry.id, time: entry.time, receivedAt };
		entry.changes.forEach((change: unknown, changeAt) => {
			readChange(parsed, `${path}.changes.${changeAt}`, change, origin);
		});
	});
	return parsed;
}

const MESSAGE_FIELDS = new Set(['messages', 'smb_message_echoes']);

function readChange(parsed: ParsedWebhook, path: string, change: unknown, origin: ChangeOrigin): void {
	if (!isObject(change) || typeof change.field !== 'string') return void reject(parsed, path, 'no field name');
	const { field, value } = change;
	if (!isObject(value)) return void reject(parsed, `${path}.value`, 'not an object');

	const channelPhoneNumberId = phoneNumberIdOf(value);
	if (!MESSAGE_FIELDS.has(field)) {
		for (const event of readAccountChange(field, value, origin)) parsed.events.push({ channelPhoneNumberId, event });
		return;
	}
	const before = parsed.events.length + parsed.rejected.length + parsed.ignoredGroupMessages;
	const contacts = readContacts(value.contacts);
	const walk = (list: string, read: (element: unknown, contacts: ContactDirectory) => Read<InboundEvent>) => {
		readList(parsed, `${path}.value.${list}`, value[list], channelPhoneNumberId, (element) => read(element, contacts));
	};
	walk('messages', readMessage);
	walk('statuses', readStatus);
	walk('message_echoes', readEcho);
	walk('errors', (error) =>
		isObject(error)
			? { type: 'event', event: accountEvent('errors', error, origin) }
			: { type: 'rejected', reason: 'not an object' },
	);
	if (parsed.events.length + parsed.rejected.length + parsed.ignoredGroupMessages === before) {
		reject(parsed, `${path}.value`, 'no messages, statuses, echoes or errors');
	}
}

function readList(
	parsed: ParsedWebhook,
	path: string,
	list: unknown,
	channelPhoneNumberId: string | null,
	read: (element: unknown) => Read<InboundEvent>,
): void {
	if (list !== undefined && list !== null && !Array.isArray(list)) reject(parsed, path, 'not a list');
	const elements = listOf(list);
	for (let at = 0; at < elements.length; at++) {
		const result = read(elements[at]);
		if (result.type === 'event') parsed.events.push({ channelPhoneNumberId, event: result.event });
		else if (result.type === 'group') parsed.ignoredGroupMessages++;
		else reject(parsed, `${path}.${at}`, result.reason);
	}
}

function phoneNumberIdOf(value: Json): string | null {
	const metadata = isObject(value.metadata) ? value.metadata : {};
	return typeof metadata.phone_number_id === 'string' ? metadata.phone_number_id : null;
}

function reject(parsed: ParsedWebhook, path: string, reason: string): ParsedWebhook {
	parsed.rejected.push({ path, reason });
	return parsed;
}

/**
 * One element of `statuses[]`: what became of a message we sent?
 * Order is not promised, so every event carries its own instant (D-32).
 * Source: Cloud API webhook reference, "statuses"; prices since July 2025 are per delivered message.
 */
import { z } from 'zod/v4';
import type { ProviderError, StatusEvent } from '../../model';
import type { Read } from './parse-message';
import { senderOf, type ContactDirectory } from './parse-sender';
import { isObject, listOf, textOf } from '../untrusted';
import { optionalText, providerId, unixSeconds } from './webhook-fields';

const statusSchema = z.object({
	id: providerId,
	status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']).nullable().catch(null),
	timestamp: unixSeconds,
	recipient_id: optionalText,
	recipient_user_id: optionalText,
	recipient_type: optionalText,
	biz_opaque_callback_data: optionalText,
	pricing: z
		.object({ category: z.string(), type: optionalText, billable: z.boolean().optional().catch(undefined) })
		.optional()
		.catch(undefined),
});

export function readStatus(element: unknown, contacts: ContactDirectory): Read<StatusEvent> {
	if (!isObject(element)) return { type: 'rejected', reason: 'not an object' };
	const found = statusSchema.parse(element);
	const { id, status, timestamp } = found;
	if (id === null) return { type: 'rejected', reason: 'no usable id' };
	if (status === null)
		return { type: 'rejected', reason: `unknown status ${JSON.stringify(element.status)}`.slice(0, 100) };
	if (timestamp === null) return { type: 'rejected', reason: 'no usable timestamp' };
	if (found.recipient_type === 'group') return { type: 'group' };

	const event: StatusEvent = {
		type: 'status',
		providerMessageId: id,
		status,
		at: timestamp,
		recipient: senderOf(found.recipient_id, found.recipient_user_id, contacts),
		outboxId: textOf(found.biz_opaque_callback_data),
		error: readFirstError(element.errors),
		pricing: found.pricing ? price(found.pricing) : null,
		raw: element,
	};
	return { type: 'event', event };
}

/** The first entry of an `errors` list, as used in statuses, messages and account notices. */
export function readFirstError(errors: unknown): ProviderError | null {
	const error = listOf(errors).find(isObject);
	if (!error) return null;
	const code = typeof error.code === 'number' || typeof error.code === 'string' ? error.code : 'unknown';
	const data = isObject(error.error_data) ? error.error_data : {};
	const title = textOf(error.title) ?? textOf(error.message) ?? '';
	return { code, title, details: textOf(data.details) ?? textOf(error.message) ?? '' };
}

/** `billable` is announced to go away; `type` then says the same. */
function price(found: { category: string; type?: string; billable?: boolean }): StatusEvent['pricing'] {
	const type = found.type ?? (found.billable === false ? 'free_customer_service' : 'regular');
	return { category: found.category, type, billable: found.billable ?? type === 'regular' };
}

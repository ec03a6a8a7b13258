import { isObject, listOf } from '../untrusted';

/** The phone of each number a webhook body speaks of, by phone number id; '+' and digits. */
export function displayPhonesOf(body: unknown): Map<string, string> {
	const phones = new Map<string, string>();
	if (!isObject(body)) return phones;
	for (const entry of listOf(body.entry)) {
		if (!isObject(entry)) continue;
		for (const change of listOf(entry.changes)) {
			const value = isObject(change) ? change.value : null;
			const metadata = isObject(value) ? value.metadata : null;
			if (!isObject(metadata)) continue;
			const { phone_number_id: id, display_phone_number: shown } = metadata;
			const digits = typeof shown === 'string' ? shown.replace(/\D/g, '') : '';
			if (typeof id === 'string' && digits !== '') phones.set(id, `+${digits}`);
		}
	}
	return phones;
}

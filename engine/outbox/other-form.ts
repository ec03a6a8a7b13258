/**
 * A number that WhatsApp does not know (131026) is tried once more in the form from before the ninth digit, unless a form of it
 * was confirmed (D-06): the same message, a new attempt, told on the timeline.
 */
import { otherForms } from '../contact/ninth-digit';
import { NOT_ON_WHATSAPP } from '../contact/reachability';
import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import { oneOf, updateMany } from '../store/sql';
import { isSurelyLastAttempt } from './delivery-news';
import type { MessageRow } from './delivery-rows';
import type { Answer } from './record';

const TEXT = 'O WhatsApp não reconheceu o número com o nono dígito: nova tentativa sem ele.';

/** The answers as they count; those of `readdressed` go back into the line under their new address. */
export async function answersInOtherForm(
	tx: Tx,
	answers: readonly Answer[],
	now: Instant,
): Promise<{ answers: Answer[]; readdressed: Set<string> }> {
	const refused = answers.filter(({ verdict }) => isUnknownNumber(verdict.status, verdict.errorCode));
	const forms = await otherForms(
		tx,
		refused.map(({ claimed: { id, contactId, address } }) => ({ id, contactId, address })),
	);
	await readdress(tx, forms);
	const counted = answers.map((answer): Answer => {
		if (!forms.has(answer.claimed.id)) return answer;
		return { ...answer, verdict: { ...answer.verdict, status: 'queued', notBefore: now, explanation: TEXT } };
	});
	return { answers: counted, readdressed: new Set(forms.keys()) };
}

/** The same for messages that were accepted and reported as failed; changes their rows, which the caller stores. */
export async function reportsInOtherForm(
	tx: Tx,
	changes: ReadonlyArray<{ row: MessageRow; before: Readonly<MessageRow> }>,
	now: Instant,
): Promise<void> {
	const failed = changes.filter(
		({ row, before }) =>
			isUnknownNumber(row.status, row.error_code) &&
			row.delivery === 'failed' &&
			before.delivery !== 'failed' &&
			isSurelyLastAttempt(before, { providerMessageId: row.provider_message_id! }),
	);
	if (failed.length === 0) return;
	const rows = await tx
		.selectFrom('outbox')
		.select(['id', 'contact_id', 'address'])
		.where(
			oneOf(
				tx,
				'id',
				failed.map(({ row }) => row.id),
			),
		)
		.execute();
	const forms = await otherForms(
		tx,
		rows.map(({ id, contact_id, address }) => ({ id, contactId: contact_id, address })),
	);
	await readdress(tx, forms);
	for (const { row } of failed) {
		if (!forms.has(row.id)) continue;
		row.status = 'queued';
		row.not_before = now;
		row.delivery = null;
		row.delivery_at = null;
		row.finished_at = null;
		row.explanation = TEXT;
	}
}

function isUnknownNumber(status: string, code: string | null): boolean {
	return status === 'refused' && code === NOT_ON_WHATSAPP;
}

async function readdress(tx: Tx, forms: ReadonlyMap<string, string>): Promise<void> {
	await updateMany(
		tx,
		'outbox',
		[...forms].map(([id, address]) => ({ id, address })),
	);
}

/** Sends a message once more, as a new one: only a person or a workflow decides that, never the outbox itself. */
import type { Instant, OutboundContent, OutsideWindow } from '../model';
import { REMINDER } from '../model-receivable';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { appendTimeline } from '../timeline/timeline';
import { aboutOf, enqueue, kindOf } from './enqueue';
import { templateInPlaceOf } from './late-failures';
import { unknownMessage } from './message-views';
import { carriesItsSteps, lockReminders, passReminder } from './reminder-rows';

export interface ResendOptions {
	/** Send it although WhatsApp accepted the first one and did not report a failure. */
	evenIfSent: boolean;
	/** Who asked for it, in Portuguese, for the timeline: 'pelo fluxo "Cobrança"'. */
	by: string;
}

/**
 * `id` of a refusal: the message that stands in the way.
 *   stillOpen      the message has not ended: it may still leave by itself
 *   alreadySent    it was sent
 *   alreadyResent  it was sent again before, or as a template in its place, and that one is open or was sent
 *   fileGone       its file is not kept any more
 *   remindedSince  a reminder whose steps were told by a later one meanwhile
 */
export type Resent =
	| { type: 'enqueued'; id: string }
	| {
			type: 'refused';
			code: 'stillOpen' | 'alreadySent' | 'alreadyResent' | 'fileGone' | 'remindedSince';
			explanation: string;
			id: string;
	  };

/** @throws NotFound */
export async function resendMessage(
	tx: Tx,
	dialect: Store['dialect'],
	messageId: string,
	{ evenIfSent, by }: ResendOptions,
	now: Instant,
): Promise<Resent> {
	// Locked: two that ask at the same moment get one new message.
	const query = tx.selectFrom('outbox').selectAll().where('id', '=', messageId);
	const first = await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
	if (!first) throw unknownMessage(messageId);
	if (OPEN.has(first.status)) return refuse('stillOpen', first.id);
	if (isAlive(first) && !evenIfSent) return refuse('alreadySent', first.id);

	const successors = await successorsOf(tx, messageId);
	const earlier = successors.filter((row) => row.dedupe_key !== templateInPlaceOf(messageId)).length;
	const inTheWay = successors.find((row) => OPEN.has(row.status) || (isAlive(row) && !evenIfSent));
	if (inTheWay) return refuse('alreadyResent', inTheWay.id);

	const content = JSON.parse(first.content) as OutboundContent;
	if (await isFileGone(tx, first.content)) return refuse('fileGone', first.id);
	if (first.purpose === REMINDER) {
		await lockReminders(tx, dialect);
		if (!(await carriesItsSteps(tx, first))) return refuse('remindedSince', first.id);
	}
	const conversation =
		first.conversation_id === null
			? undefined
			: await tx
					.selectFrom('conversation')
					.select('address')
					.where('id', '=', first.conversation_id)
					.executeTakeFirst();
	const { valid_until: validUntil, created_at: createdAt } = first;
	const [sent] = await enqueue(
		tx,
		[
			{
				channelId: first.channel_id,
				contactId: first.contact_id,
				conversationId: first.conversation_id,
				// The contact may have written from another address since.
				address: conversation?.address ?? first.address,
				content,
				origin: first.origin as 'bot',
				purpose: first.purpose ?? undefined,
				dedupeKey: keyOf(messageId, earlier),
				quotedProviderMessageId: first.quoted_provider_message_id ?? undefined,
				validUntil: validUntil === null ? undefined : now + Math.max(0, Number(validUntil) - Number(createdAt)),
				kind: kindOf(first.priority),
				label: first.label ?? undefined,
				outsideWindow: first.outside_window === null ? undefined : (JSON.parse(first.outside_window) as OutsideWindow),
				...aboutOf(first),
			},
		],
		now,
	);
	const { id } = sent!;
	// One that was sent keeps its steps: should its repetition be refused, they are not free.
	if (first.purpose === REMINDER && !isAlive(first)) await passReminder(tx, messageId, id, now);
	await appendTimeline(tx, dialect, [
		{
			event: 'messageResent',
			at: now,
			channelId: first.channel_id,
			contactId: first.contact_id,
			conversationId: first.conversation_id,
			text: `Mensagem enviada de novo, como uma nova mensagem, ${by}.`,
			data: { messageId: id, previousMessageId: messageId },
			key: `resent|${id}`,
		},
	]);
	return { type: 'enqueued', id };
}

const OPEN: ReadonlySet<string> = new Set(['queued', 'sending', 'unknown', 'held']);

const EXPLANATIONS = {
	stillOpen: 'Não reenviada: a mensagem ainda não terminou e pode sair por si só. Espere, ou cancele-a antes.',
	alreadySent: 'Não reenviada: o WhatsApp já aceitou esta mensagem e não informou falha.',
	alreadyResent: 'Não reenviada: esta mensagem já foi reenviada antes, e o reenvio saiu ou ainda vai sair.',
	remindedSince: 'Não reenviada: outro lembrete da mesma fatura foi feito depois deste.',
	fileGone: 'Não reenviada: o arquivo da mensagem não está mais guardado. Envie o arquivo em uma nova mensagem.',
};

function refuse(code: keyof typeof EXPLANATIONS, id: string): Resent {
	return { type: 'refused', code, explanation: EXPLANATIONS[code], id };
}

/** It left, and nobody said that it did not arrive. */
function isAlive({ status, delivery }: { status: string; delivery: string | null }): boolean {
	return status === 'sent' && delivery !== 'failed';
}

// More often than this nobody sends one message again.
const MOST = 50;
const keyOf = (messageId: string, n: number) => `resend|${messageId}|${n + 1}`;

/** What was sent in its place before, by somebody or by its own plan. */
function successorsOf(tx: Tx, messageId: string) {
	const keys = Array.from({ length: MOST }, (_, n) => keyOf(messageId, n));
	return tx
		.selectFrom('outbox')
		.select(['id', 'status', 'delivery', 'dedupe_key'])
		.where(oneOf(tx, 'dedupe_key', [...keys, templateInPlaceOf(messageId)]))
		.orderBy('seq', 'desc')
		.execute();
}

async function isFileGone(tx: Tx, content: string): Promise<boolean> {
	const blobId = /"blobId":"([^"]+)"/.exec(content)?.[1];
	if (blobId === undefined) return false;
	return !(await tx.selectFrom('blob').select('id').where('id', '=', blobId).executeTakeFirst());
}

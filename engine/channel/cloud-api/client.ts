/**
 * Sends one message, marks one as read, uploads one file: a request each, and the exact truth about it.
 * A message whose request may have left without an answer is `unknown`; Graph has no idempotency key to repeat it safely.
 * An upload that fails sent nothing to anybody, so it is at worst `notSent`.
 */
import { z } from 'zod/v4';
import type { OutboundContent, OutboundMessage, SendResult } from '../../model';
import type { MediaReader, StoredMedia } from '../port';
import type { CloudApiCredentials } from './credentials';
import { classify } from './errors';
import type { Graph, GraphAnswer } from './graph';
import { graphMimeType } from './limits';
import { chooseMenuShape } from './menu';
import { buildPayload } from './payload';
import type { UploadCache } from './upload-cache';
import { refuse, validateContent, validateFile } from './validate';

export interface ClientParts {
	credentials: CloudApiCredentials;
	graph: Graph;
	uploads: UploadCache;
}

export async function sendMessage(
	parts: ClientParts,
	message: OutboundMessage,
	media: MediaReader,
): Promise<SendResult> {
	const refusal = validateContent(message.content);
	if (refusal) return refusal;
	const prepared = await prepareMedia(parts, message, media);
	if (prepared.type !== 'ready') return prepared;

	const payload = buildPayload({ ...message, content: prepared.content }, prepared.mediaId);
	if (!payload)
		return refuse('badAddress', `"${message.address}" não é um telefone nem um id de contato da Cloud API.`);
	const answer = await parts.graph.post(`/${numberPath(parts)}/messages`, payload);
	const result = readSendAnswer(answer, parts.graph.host, message.attempt ?? 0);
	if (result.type === 'refused') prepared.forget();

	const hint = message.content.type === 'menu' ? chooseMenuShape(message.content).hint : undefined;
	return result.type === 'sent' && hint ? { ...result, hint } : result;
}

export async function markAsRead(
	parts: ClientParts,
	providerMessageId: string,
	typing: boolean,
): Promise<SendResult | { type: 'ok' }> {
	const answer = await parts.graph.post(`/${numberPath(parts)}/messages`, {
		messaging_product: 'whatsapp',
		status: 'read',
		message_id: providerMessageId,
		...(typing ? { typing_indicator: { type: 'text' } } : {}),
	});
	if (answer.type === 'answered' && answer.status < 300 && successSchema.safeParse(answer.body).success) {
		return { type: 'ok' };
	}
	return failureOf(answer, parts.graph.host, 0);
}

const successSchema = z.object({ success: z.literal(true) });

const sentSchema = z.object({
	messages: z.tuple([z.object({ id: z.string().min(1) })]).rest(z.unknown()),
	contacts: z
		.array(z.object({ wa_id: z.string().optional(), user_id: z.string().optional() }))
		.optional()
		.catch(undefined),
});

function readSendAnswer(answer: GraphAnswer, host: string, attempt: number): SendResult {
	const parsed = answer.type === 'answered' && answer.status < 300 ? sentSchema.safeParse(answer.body) : null;
	if (!parsed?.success) return failureOf(answer, host, attempt);
	const contact = parsed.data.contacts?.[0];
	return {
		type: 'sent',
		providerMessageId: parsed.data.messages[0].id,
		waId: contact?.wa_id ?? null,
		bsuid: contact?.user_id ?? null,
	};
}

function failureOf(answer: GraphAnswer, host: string, attempt: number): SendResult {
	if (answer.type === 'answered') return classify(answer.status, answer.body, attempt);
	return answer.left
		? { type: 'unknown', reason: `${host} não respondeu (${answer.cause}); a mensagem pode ter sido enviada.` }
		: { type: 'notSent', reason: `Não foi possível conectar a ${host} (${answer.cause}); nada foi enviado.` };
}

type Prepared =
	| { type: 'ready'; content: OutboundContent; mediaId?: string; forget: () => void }
	| Exclude<SendResult, { type: 'sent' }>;

/** A stored file is uploaded first; links and ids are passed as they are. */
async function prepareMedia(parts: ClientParts, message: OutboundMessage, media: MediaReader): Promise<Prepared> {
	const { content } = message;
	if (content.type !== 'media' || !('blobId' in content.source)) {
		return { type: 'ready', content, forget: () => {} };
	}
	const { blobId } = content.source;
	const stored = await media.read({ blobId });
	if (!stored) return refuse('fileGone', 'O arquivo desta mensagem não está mais guardado. Envie o arquivo de novo.');
	const file = { ...stored, mimeType: content.mimeType ?? stored.mimeType };
	const named = { ...content, fileName: content.fileName ?? stored.fileName ?? undefined };
	const refusal = validateFile(content.mediaType, file, content.voice);
	if (refusal) return refusal;

	const key = `${blobId} ${file.mimeType}`;
	const known = parts.uploads.get(key);
	const forget = () => parts.uploads.forget(key);
	if (known) return { type: 'ready', content: named, mediaId: known, forget };
	const uploaded = await upload(parts, file, named.fileName, message.attempt ?? 0);
	if (uploaded.type !== 'uploaded') return uploaded;
	parts.uploads.set(key, uploaded.mediaId);
	return { type: 'ready', content: named, mediaId: uploaded.mediaId, forget };
}

const uploadedSchema = z.object({ id: z.string().min(1) });

async function upload(
	parts: ClientParts,
	file: StoredMedia,
	fileName: string | undefined,
	attempt: number,
): Promise<{ type: 'uploaded'; mediaId: string } | Exclude<SendResult, { type: 'sent' }>> {
	const form = new FormData();
	form.append('messaging_product', 'whatsapp');
	form.append('type', graphMimeType(file.mimeType));
	form.append(
		'file',
		new Blob([new Uint8Array(file.bytes)], { type: graphMimeType(file.mimeType) }),
		fileName ?? 'arquivo',
	);
	const answer = await parts.graph.upload(`/${numberPath(parts)}/media`, form);
	if (answer.type === 'answered' && answer.status < 300) {
		const parsed = uploadedSchema.safeParse(answer.body);
		if (parsed.success) return { type: 'uploaded', mediaId: parsed.data.id };
	}
	const failure = failureOf(answer, parts.graph.host, attempt);
	if (failure.type === 'refused') return failure;
	return { type: 'notSent', reason: 'O envio do arquivo à Meta falhou; a mensagem não foi enviada.' };
}

function numberPath({ credentials }: ClientParts): string {
	return encodeURIComponent(credentials.phoneNumberId);
}

/**
 * Sends one message, marks one as read: a request each, and the exact truth about it.
 * A message whose request may have left without an answer is `unknown`; Graph has no idempotency key to repeat it safely.
 */
import { z } from 'zod/v4';
import type { OutboundContent, OutboundMessage, SendResult } from '../../model';
import type { MediaReader } from '../port';
import type { CloudApiCredentials } from './credentials';
import { classify } from './errors';
import type { Graph, GraphAnswer } from './graph';
import { chooseMenuShape } from './menu';
import { buildPayload } from './payload';
import type { UploadCache } from './upload-cache';
import { uploadStored } from './upload-stored';
import { refuse } from '../refusal';
import { validateContent } from './validate';

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
	const { content, attempt = 0 } = message;
	const file = fileOf(content);
	if (!file || !('blobId' in file.source)) return { type: 'ready', content, forget: () => {} };
	const { blobId } = file.source;
	const uploaded = await uploadStored(parts, media, { ...file, blobId }, (answer) =>
		failureOf(answer, parts.graph.host, attempt),
	);
	if (uploaded.type !== 'uploaded') return uploaded;
	const { mediaId, fileName, forget } = uploaded;
	return { type: 'ready', content: withFileName(content, fileName), mediaId, forget };
}

/** The file a message carries: its own, or the one in a template's header. */
function fileOf(content: OutboundContent) {
	if (content.type === 'media') return content;
	return content.type === 'template' && content.header?.type === 'media' ? content.header : null;
}

function withFileName(content: OutboundContent, fileName: string): OutboundContent {
	if (content.type === 'media') return { ...content, fileName };
	if (content.type === 'template' && content.header?.type === 'media') {
		return { ...content, header: { ...content.header, fileName } };
	}
	return content;
}

function numberPath({ credentials }: ClientParts): string {
	return encodeURIComponent(credentials.phoneNumberId);
}

/**
 * Brings a stored file to Meta, once however many messages carry it, and answers with its id there.
 * An upload that fails sent nothing to anybody, so it is at worst `notSent`.
 */
import { z } from 'zod/v4';
import type { MediaType, SendResult } from '../../model';
import { fileGone } from '../content-checks';
import type { MediaReader } from '../port';
import type { CloudApiCredentials } from './credentials';
import type { Graph, GraphAnswer } from './graph';
import { settleFile, type SettledFile } from '../outgoing-file';
import type { UploadCache } from './upload-cache';
import { validateFile } from './validate';

export interface UploadParts {
	credentials: CloudApiCredentials;
	graph: Graph;
	uploads: UploadCache;
}

export interface StoredFile {
	blobId: string;
	mediaType: MediaType;
	/** What the message says of it; by default what was stored with it. */
	mimeType?: string;
	fileName?: string;
	voice?: boolean;
}

type NotUploaded = Exclude<SendResult, { type: 'sent' }>;

export type Uploaded = { type: 'uploaded'; mediaId: string; fileName: string; forget: () => void } | NotUploaded;

/**
 * @param failure what an answer that is no success means for the message
 * @returns `fileName` with the extension of its type; `forget` after Meta refused the id
 */
export async function uploadStored(
	parts: UploadParts,
	media: MediaReader,
	{ blobId, mediaType, mimeType, fileName, voice }: StoredFile,
	failure: (answer: GraphAnswer) => NotUploaded | { type: 'sent' },
): Promise<Uploaded> {
	const stored = await media.read({ blobId });
	if (!stored) return fileGone();
	const file = settleFile(mediaType, {
		bytes: stored.bytes,
		mimeType: mimeType ?? stored.mimeType,
		fileName: fileName || stored.fileName,
	});
	if (file.type === 'refused') return file;
	const refusal = validateFile(mediaType, file, voice);
	if (refusal) return refusal;

	const key = `${blobId} ${file.mimeType} ${file.fileName}`;
	const forget = () => parts.uploads.forget(key);
	const known = parts.uploads.get(key);
	if (known) return { type: 'uploaded', mediaId: known, fileName: file.fileName, forget };
	const answer = await upload(parts, file);
	const mediaId = mediaIdOf(answer);
	if (mediaId !== null) {
		parts.uploads.set(key, mediaId);
		return { type: 'uploaded', mediaId, fileName: file.fileName, forget };
	}
	const failed = failure(answer);
	if (failed.type === 'refused') return failed;
	return { type: 'notSent', reason: 'O envio do arquivo à Meta falhou; a mensagem não foi enviada.' };
}

function upload({ credentials, graph }: UploadParts, { bytes, mimeType, fileName }: SettledFile): Promise<GraphAnswer> {
	const form = new FormData();
	form.append('messaging_product', 'whatsapp');
	form.append('type', mimeType);
	form.append('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), fileName);
	return graph.upload(`/${encodeURIComponent(credentials.phoneNumberId)}/media`, form);
}

const uploadedSchema = z.object({ id: z.string().min(1) });

function mediaIdOf(answer: GraphAnswer): string | null {
	const parsed =
		answer.type === 'answered' && answer.status < 300
			? uploadedSchema.safeParse(answer.body)
			: { success: false as const };
	return parsed.success ? parsed.data.id : null;
}

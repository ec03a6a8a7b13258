/**
 * The bytes of a file a customer sent: ask Graph where it is, then get it from there, whole and unchanged.
 * Source: cloud-api §1 "Media": the id lives 7 days, the address 5 minutes, and both want the token.
 */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { z } from 'zod/v4';
import type { FetchedMedia, FetchOptions } from '../port';
import { bareMimeType } from '../file-types';
import type { CloudApiCredentials } from './credentials';
import { explainError, readGraphError } from './errors';
import type { Graph } from './graph';
import { megabytes } from '../refusal';
import { optionalText } from './webhook-fields';

/** The most that WhatsApp carries (cloud-api §1). */
const MOST_BYTES = 100 * 1024 * 1024;
/** Long enough for the largest file on a slow line. */
const BODY_TIMEOUT_MS = 150_000;

export interface FetchParts {
	credentials: CloudApiCredentials;
	graph: Graph;
	/** Default 100 MB. */
	mostBytes?: number;
}

export async function fetchMedia(
	parts: FetchParts,
	providerMediaId: string,
	options: FetchOptions = {},
): Promise<FetchedMedia> {
	const most = parts.mostBytes ?? MOST_BYTES;
	for (let look = 1; ; look++) {
		const found = await lookUp(parts, providerMediaId);
		if (found.type !== 'found') return found;
		if (found.size > most) return tooLarge(most);
		if (look === 1) await options.admit?.(found.size);
		const file = await download(parts, found);
		// The address died on the way: Graph names a new one, once.
		if (file.type === 'noAddress' && look === 1) continue;
		return file.type === 'noAddress' ? failed('o endereço do arquivo não responde') : file;
	}
}

interface Found {
	type: 'found';
	url: string;
	mimeType: string | null;
	/** Hexadecimal; null when Graph did not say. */
	sha256: string | null;
	size: number;
}

const locationSchema = z.object({
	url: z.string().min(1),
	mime_type: optionalText,
	sha256: optionalText,
	file_size: z.coerce.number().int().nonnegative(),
});

async function lookUp({ credentials, graph }: FetchParts, id: string): Promise<Found | FetchedMedia> {
	const number = encodeURIComponent(credentials.phoneNumberId);
	const answer = await graph.get(`/${encodeURIComponent(id)}?phone_number_id=${number}`);
	if (answer.type === 'failed') return failed(`${graph.host} não respondeu (${answer.cause})`);
	const parsed = answer.status < 300 ? locationSchema.safeParse(answer.body) : null;
	if (parsed?.success) {
		const { url, mime_type, sha256, file_size } = parsed.data;
		return { type: 'found', url, mimeType: mime_type ?? null, sha256: hexDigest(sha256), size: file_size };
	}
	const error = readGraphError(answer.body);
	if (!error) return failed(`a resposta da Meta não pôde ser lida (HTTP ${answer.status})`);
	if (error.code === 100 && error.subcode === 33) {
		return { type: 'gone', reason: 'a Meta não tem mais o arquivo: o prazo de 7 dias terminou ou ele foi apagado' };
	}
	return failed(`a Meta não entregou o arquivo (código ${error.code}): ${explainError(error).explanation}`);
}

async function download(
	{ graph }: FetchParts,
	{ url, mimeType, sha256, size }: Found,
): Promise<FetchedMedia | { type: 'noAddress' }> {
	const answer = await graph.download(url);
	if (answer.type === 'foreignHost')
		return failed('o endereço do arquivo não é da Meta, e o token não foi enviado a ele');
	if (answer.type === 'failed') return failed(`o arquivo não chegou (${answer.cause})`);
	if (answer.status !== 200) {
		answer.body.destroy();
		if (answer.status === 404) return { type: 'noAddress' };
		return failed(`o endereço do arquivo respondeu com HTTP ${answer.status}`);
	}
	const body = await readBody(answer.body, size);
	if (!body) return failed('o arquivo chegou incompleto');
	if (sha256 !== null && sha256 !== body.sha256) return failed('o arquivo chegou alterado (sha256 diferente)');
	return {
		type: 'ok',
		bytes: body.bytes,
		mimeType: bareMimeType(mimeType) || null,
		fileName: null,
		sha256: body.sha256,
	};
}

/** Straight into one buffer of the announced size, so that a file is in memory once; null when it is not of that size. */
async function readBody(stream: Readable, size: number): Promise<{ bytes: Buffer; sha256: string } | null> {
	const bytes = Buffer.allocUnsafe(size);
	const hash = createHash('sha256');
	let length = 0;
	const timer = setTimeout(() => stream.destroy(new Error('ETIMEDOUT')), BODY_TIMEOUT_MS);
	try {
		for await (const part of stream as AsyncIterable<Buffer>) {
			if (length + part.length > size) return null;
			part.copy(bytes, length);
			length += part.length;
			hash.update(part);
		}
	} catch {
		return null;
	} finally {
		clearTimeout(timer);
		stream.destroy();
	}
	return length === size ? { bytes, sha256: hash.digest('hex') } : null;
}

/** Webhooks write the digest in base64, Graph in hexadecimal. Null when it is neither. */
export function hexDigest(digest: string | null | undefined): string | null {
	if (!digest) return null;
	if (/^[0-9a-f]{64}$/i.test(digest)) return digest.toLowerCase();
	const bytes = Buffer.from(digest, 'base64');
	return bytes.length === 32 ? bytes.toString('hex') : null;
}

function tooLarge(most: number): FetchedMedia {
	return { type: 'gone', reason: `o arquivo passa de ${megabytes(most)}` };
}

function failed(reason: string): FetchedMedia {
	return { type: 'failed', reason };
}

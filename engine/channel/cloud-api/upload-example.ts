/**
 * Brings the sample file of a template's header to Meta and answers with its handle. A media id will not do: Meta reviews
 * samples sent through the app's Resumable Upload API, in two calls. Source: Graph API "Resumable Upload".
 */
import { z } from 'zod/v4';
import type { TemplateMediaType } from '../../model-template';
import type { Answer, StoredMedia } from '../port';
import type { CloudApiCredentials } from './credentials';
import type { Graph } from './graph';
import { settleFile } from '../outgoing-file';
import { templateFailure } from './template-errors';
import type { Refusal } from '../refusal';
import { validateFile } from './validate';

export async function uploadExample(
	credentials: CloudApiCredentials,
	graph: Graph,
	mediaType: TemplateMediaType,
	stored: StoredMedia,
): Promise<Answer<string>> {
	if (!credentials.appId) return noApp;
	const file = settleFile(mediaType, stored);
	if (file.type === 'refused') return refusedFile(file);
	const refusal = validateFile(mediaType, file);
	if (refusal) return refusedFile(refusal);

	const query = new URLSearchParams({
		file_length: String(file.bytes.length),
		file_type: file.mimeType,
		file_name: file.fileName,
	});
	const session = await graph.post(`/${encodeURIComponent(credentials.appId)}/uploads?${query.toString()}`, {});
	const opened = session.type === 'answered' && session.status < 300 ? sessionSchema.safeParse(session.body) : null;
	if (!opened?.success) return templateFailure(session, graph.host, false);
	const answer = await graph.postBytes(`/${opened.data.id}`, file.bytes);
	const handle = answer.type === 'answered' && answer.status < 300 ? handleSchema.safeParse(answer.body) : null;
	return handle?.success ? { type: 'ok', value: handle.data.h } : templateFailure(answer, graph.host, false);
}

/** It becomes a path, so it may lead nowhere else. */
const sessionSchema = z.object({ id: z.string().regex(/^upload:[\w\-.~%:?=&+]+$/) });
const handleSchema = z.object({ h: z.string().min(1) });

const noApp: Answer<never> = {
	type: 'refused',
	error: { code: 'noAppId', title: 'Recusada antes do envio', details: '' },
	explanation:
		'Para enviar o arquivo de exemplo do cabeçalho falta o App ID na credencial. Copie-o do painel do aplicativo (Configurações > Básico), ou crie este modelo no Gerenciador do WhatsApp.',
	retry: false,
};

function refusedFile({ error, explanation }: Refusal): Answer<never> {
	return { type: 'refused', error, explanation, retry: false };
}

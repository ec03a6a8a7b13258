/** The templates of a WhatsApp Business Account through Graph: every answer is a result, nothing is repeated by itself. */
import { z } from 'zod/v4';
import type { Template, TemplateDraft } from '../../model-template';
import type { Answer, TemplateCatalog } from '../port';
import type { CloudApiCredentials } from './credentials';
import type { Graph } from './graph';
import { readCategory, readStatus, readTemplate } from './template-definition';
import { templateFailure } from './template-errors';
import { createRequest, editRequest } from './template-request';
import { uploadExample } from './upload-example';

const FIELDS = [
	'id',
	'name',
	'language',
	'status',
	'category',
	'quality_score',
	'rejected_reason',
	'parameter_format',
	'components',
].join(',');
const PAGE_SIZE = 100;
/** More than the 6,000 templates the largest account may have. */
const MOST_PAGES = 80;

export function createTemplateCatalog(credentials: CloudApiCredentials, graph: Graph): TemplateCatalog {
	const path = `/${encodeURIComponent(credentials.wabaId)}/message_templates`;
	const known = async <T>(work: () => Promise<Answer<T>>): Promise<Answer<T>> =>
		credentials.wabaId === '' ? noAccount : await work();
	return {
		list: () => known(() => listAll(graph, path)),
		create: (draft) => known(() => create(graph, path, draft)),
		edit: async (id, draft) => {
			const answer = await graph.post(`/${encodeURIComponent(id)}`, editRequest(draft));
			return done(answer, graph.host);
		},
		uploadExample: (mediaType, file) => uploadExample(credentials, graph, mediaType, file),
		delete: (name, id) =>
			known(async () => {
				const query = new URLSearchParams({ name, ...(id === null ? {} : { hsm_id: id }) });
				return done(await graph.delete(`${path}?${query.toString()}`), graph.host);
			}),
	};
}

const noAccount: Answer<never> = {
	type: 'refused',
	error: { code: 'noWabaId', title: 'Recusada antes do envio', details: '' },
	explanation:
		'A credencial não tem o WhatsApp Business Account ID, e os modelos pertencem à conta. Copie-o do painel do aplicativo (WhatsApp > API Setup).',
	retry: false,
};

const pageSchema = z.object({
	data: z.array(z.unknown()),
	paging: z
		.object({ next: z.string().optional(), cursors: z.object({ after: z.string().optional() }).optional() })
		.optional()
		.catch(undefined),
});

/** All pages or none: half a list would look as if templates had been deleted. */
async function listAll(graph: Graph, path: string): Promise<Answer<Template[]>> {
	const templates = new Map<string, Template>();
	let after: string | undefined;
	for (let page = 0; page < MOST_PAGES; page++) {
		const query = `fields=${FIELDS}&limit=${PAGE_SIZE}${after ? `&after=${encodeURIComponent(after)}` : ''}`;
		const answer = await graph.get(`${path}?${query}`);
		const parsed = answer.type === 'answered' && answer.status < 300 ? pageSchema.safeParse(answer.body) : null;
		if (!parsed?.success) return templateFailure(answer, graph.host, false);
		for (const one of parsed.data.data) {
			const template = readTemplate(one);
			if (template) templates.set(`${template.name} ${template.language}`, template);
		}
		const next = parsed.data.paging?.next ? parsed.data.paging.cursors?.after : undefined;
		if (next === undefined || next === after) return { type: 'ok', value: [...templates.values()] };
		after = next;
	}
	return { type: 'failed', reason: `A lista de modelos passa de ${MOST_PAGES} páginas e não foi lida.` };
}

const createdSchema = z.object({
	id: z.union([z.string(), z.number()]).transform(String),
	status: z.string().optional(),
	category: z.string().optional(),
});

async function create(
	graph: Graph,
	path: string,
	draft: TemplateDraft,
): Promise<Answer<Pick<Template, 'id' | 'status' | 'category'>>> {
	const answer = await graph.post(path, createRequest(draft));
	const parsed = answer.type === 'answered' && answer.status < 300 ? createdSchema.safeParse(answer.body) : null;
	if (!parsed?.success) return templateFailure(answer, graph.host, true);
	const { id, status, category } = parsed.data;
	return {
		type: 'ok',
		value: {
			id,
			status: status === undefined ? 'pending' : readStatus(status),
			category: category === undefined ? draft.category : readCategory(category),
		},
	};
}

const successSchema = z.object({ success: z.literal(true) });

function done(answer: Awaited<ReturnType<Graph['post']>>, host: string): Answer<null> {
	const ok = answer.type === 'answered' && answer.status < 300 && successSchema.safeParse(answer.body).success;
	return ok ? { type: 'ok', value: null } : templateFailure(answer, host, true);
}

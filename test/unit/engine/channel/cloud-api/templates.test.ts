import type { Graph, GraphAnswer } from '../../../../../engine/channel/cloud-api/graph';
import { tidyCredentials } from '../../../../../engine/channel/cloud-api/credentials';
import { createTemplateCatalog } from '../../../../../engine/channel/cloud-api/templates';
import type { TemplateDraft } from '../../../../../engine/model-template';

/** A Graph that answers one call after the other. */
function aGraph(...answers: Array<{ status?: number; body: unknown } | { left: boolean }>) {
	const calls: string[] = [];
	const bodies: unknown[] = [];
	const answer = (call: string, body?: unknown): Promise<GraphAnswer> => {
		calls.push(call);
		bodies.push(body);
		const next = answers.shift();
		if (!next) throw new Error(`One call too many: ${call}`);
		return Promise.resolve(
			'left' in next
				? { type: 'failed', left: next.left, cause: 'ECONNRESET' }
				: { type: 'answered', status: next.status ?? 200, body: next.body },
		);
	};
	const graph = {
		host: 'graph.test',
		get: (path: string) => answer(`GET ${path}`),
		post: (path: string, body: unknown) => answer(`POST ${path}`, body),
		delete: (path: string) => answer(`DELETE ${path}`),
	} as unknown as Graph;
	const catalog = createTemplateCatalog(tidyCredentials({ wabaId: '200' }), graph);
	return { catalog, calls, bodies };
}

const row = (name: string, language = 'pt_BR') => ({
	id: name,
	name,
	language,
	status: 'APPROVED',
	category: 'UTILITY',
	components: [],
});
const page = (names: string[], after?: string) => ({
	body: {
		data: names.map((name) => row(name)),
		paging: { cursors: { after }, ...(after ? { next: 'https://…' } : {}) },
	},
});
const graphError = (code: number, more: Record<string, unknown> = {}) => ({
	status: 400,
	body: { error: { code, message: `(#${code}) …`, ...more } },
});
const draft: TemplateDraft = {
	name: 'aviso',
	language: 'pt_BR',
	category: 'utility',
	parameterFormat: 'positional',
	header: null,
	body: { text: 'Bom dia.', variables: [] },
	footer: null,
	buttons: [],
};

describe('listing templates through Graph', () => {
	it('reads every page', async () => {
		const { catalog, calls } = aGraph(page(['a', 'b'], 'c1'), page(['c'], 'c 2'), page(['d']));
		const answer = await catalog.list();
		expect(answer.type === 'ok' && answer.value.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
		expect(calls[0]).toMatch(/^GET \/200\/message_templates\?fields=id,name,.*&limit=100$/);
		expect(calls[2]).toMatch(/&after=c%202$/);
	});

	it('gives all or nothing: half a list would look like deletions', async () => {
		const { catalog } = aGraph(page(['a'], 'c1'), graphError(131059));
		expect(await catalog.list()).toMatchObject({ type: 'refused', error: { code: 131059 }, retry: false });
	});

	it('stops at a cursor that leads nowhere new, and after very many pages', async () => {
		const { catalog } = aGraph(page(['a'], 'same'), page(['a'], 'same'));
		expect(await catalog.list()).toMatchObject({ type: 'ok', value: [{ name: 'a' }] });
		const endless = aGraph(...Array.from({ length: 80 }, (_, i) => page([`t${i}`], `c${i}`)));
		expect(await endless.catalog.list()).toMatchObject({
			type: 'failed',
			reason: expect.stringContaining('80 páginas'),
		});
	});

	it('leaves out what is no template', async () => {
		const { catalog } = aGraph({ body: { data: [row('a'), null, { name: 5 }] } });
		expect(await catalog.list()).toMatchObject({ type: 'ok', value: [{ name: 'a' }] });
	});

	it.each([
		[graphError(190), { type: 'refused', explanation: expect.stringContaining('O token expirou'), retry: false }],
		[graphError(200), { type: 'refused', explanation: expect.stringContaining('permissão'), retry: false }],
		[graphError(80008), { type: 'refused', explanation: expect.stringContaining('limite de chamadas'), retry: true }],
		[graphError(4), { type: 'refused', retry: true }],
		[{ status: 502, body: undefined }, { type: 'failed' }],
		[{ status: 200, body: { html: true } }, { type: 'failed' }],
		[{ left: true }, { type: 'failed', reason: 'graph.test não respondeu (ECONNRESET).' }],
	])('tells why not: %j', async (given, expected) => {
		const { catalog } = aGraph(given as never);
		expect(await catalog.list()).toMatchObject(expected);
	});

	it('names the missing account', async () => {
		const catalog = createTemplateCatalog(tidyCredentials({}), {} as Graph);
		expect(await catalog.list()).toMatchObject({
			type: 'refused',
			explanation: expect.stringContaining('WhatsApp Business Account ID'),
		});
	});
});

describe('creating, editing and deleting through Graph', () => {
	it('answers with the category Meta chose (C-30)', async () => {
		const { catalog, calls, bodies } = aGraph({ body: { id: 5, status: 'PENDING', category: 'MARKETING' } });
		expect(await catalog.create(draft)).toEqual({
			type: 'ok',
			value: { id: '5', status: 'pending', category: 'marketing' },
		});
		expect(calls).toEqual(['POST /200/message_templates']);
		expect(bodies[0]).toMatchObject({ name: 'aviso', category: 'UTILITY' });
	});

	it('is pending and as asked for when Meta says nothing', async () => {
		const { catalog } = aGraph({ body: { id: '5' } });
		expect(await catalog.create(draft)).toMatchObject({ value: { status: 'pending', category: 'utility' } });
	});

	it.each([
		[2388019, 'limite de modelos'],
		[2388023, 'está sendo excluído'],
		[2388024, 'Já existe um modelo'],
		[2388040, 'passa do limite'],
		[2388043, 'exemplo'],
		[2388047, 'cabeçalho'],
		[2388072, 'corpo'],
		[2388073, 'rodapé'],
		[2388293, 'variáveis demais'],
		[2388299, 'começa ou termina'],
	])('explains sub-code %i: …%s…', async (subcode, words) => {
		const { catalog } = aGraph(
			graphError(100, { error_subcode: subcode, error_user_msg: 'Detalhe.' }),
			graphError(subcode),
		);
		expect(await catalog.create(draft)).toMatchObject({
			type: 'refused',
			error: { code: subcode },
			explanation: expect.stringMatching(new RegExp(`${words}.* Detalhe da Meta: Detalhe\\.$`)),
			retry: false,
		});
		expect(await catalog.create(draft)).toMatchObject({ explanation: expect.stringContaining(words) });
	});

	it('passes on what Meta says of an unknown rule', async () => {
		const { catalog } = aGraph(graphError(100, { error_user_msg: 'The button is odd.' }), graphError(368));
		expect(await catalog.create(draft)).toMatchObject({
			explanation: 'A Meta recusou o pedido sobre o modelo. Detalhe da Meta: The button is odd.',
		});
		expect(await catalog.create(draft)).toMatchObject({ explanation: expect.stringContaining('bloqueada') });
	});

	it('says when it may have been done although no answer came', async () => {
		const { catalog } = aGraph({ left: true }, { left: false });
		expect(await catalog.create(draft)).toEqual({
			type: 'failed',
			reason: 'graph.test não respondeu (ECONNRESET). O pedido pode ter sido feito: confira a lista antes de repetir.',
		});
		expect(await catalog.create(draft)).toEqual({ type: 'failed', reason: 'graph.test não respondeu (ECONNRESET).' });
	});

	it('edits one by its id', async () => {
		const { catalog, calls } = aGraph({ body: { success: true } }, { body: { success: false } });
		expect(await catalog.edit('77', draft)).toEqual({ type: 'ok', value: null });
		expect(calls).toEqual(['POST /77']);
		expect(await catalog.edit('77', draft)).toMatchObject({ type: 'failed' });
	});

	it('deletes one language, or all of them when told so', async () => {
		const { catalog, calls } = aGraph({ body: { success: true } }, { body: { success: true } });
		await catalog.delete('aviso', '77');
		await catalog.delete('aviso', null);
		expect(calls).toEqual([
			'DELETE /200/message_templates?name=aviso&hsm_id=77',
			'DELETE /200/message_templates?name=aviso',
		]);
	});
});

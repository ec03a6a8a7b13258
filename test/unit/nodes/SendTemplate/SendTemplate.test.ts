import type { IDataObject, ILoadOptionsFunctions, INodeExecutionData } from 'n8n-workflow';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { SendTemplate } from '../../../../nodes/SendTemplate/SendTemplate.node';
import { startSimulator } from '../../../../simulator/server';
import { startRig } from '../../../support/desk-rig';
import type { DeskRig } from '../../../support/desk-rig';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';
import { TEMPLATES } from './templates';

const ANA = '5511987654321';
const REMINDER = 'lembrete_de_vencimento';

let store: TestStore;
let rig: DeskRig;
const sendTemplate = new SendTemplate();

beforeAll(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	const simulator = await startSimulator({ templates: TEMPLATES });
	rig = await startRig(store.settings, { simulator, listen: false });
	await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
	// From here on the node's own desk is the only one that sends.
	await rig.desk.close();
});

afterAll(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await rig.simulator.close();
	await store.drop();
});

const seen = async () => await rig.simulator.admin.messages(ANA, { from: 'business' });
const delivery = (items: INodeExecutionData[] | undefined) => items?.map(({ json }) => json.delivery as IDataObject);
const listed = (name: string) => ({ __rl: true, mode: 'list', value: `${name}|pt_BR` });
const named = (value: string) => ({ __rl: true, mode: 'name', value });
const filled = (value: IDataObject) => ({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] });
const AUTO = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };
const VALUES = filled({ 'body.1': 'Ana', 'body.2': '10/03', 'button.1': 'b/1' });
/** Every call is another node, so that no test repeats the sends of an earlier one. */
let nodesSoFar = 0;
const send = (parameters: IDataObject, items: Array<IDataObject | INodeExecutionData> = [{}], more = {}) =>
	runNode({
		node: sendTemplate,
		name: `Template ${++nodesSoFar}`,
		parameters: { sendTo: 'phone', phone: ANA, purpose: 'reply', ...parameters } as never,
		items: items as never,
		credentials: { whatsAppCloudApi: { ...rig.credentials } },
		...more,
	});

describe('Send Template', () => {
	it('sends the chosen template with the values of the form and tells the final text (C-24, C-31, C-33, D-20)', async () => {
		const [sent, notSent] = await send({ template: listed(REMINDER), templateValues: VALUES }, [{ invoice: 4711 }]);
		expect(notSent).toEqual([]);
		expect(sent![0]).toMatchObject({
			json: {
				invoice: 4711,
				delivery: {
					status: 'sent',
					providerMessageId: expect.stringMatching(/^wamid/),
					code: null,
					reason: null,
					hint: null,
					repeated: false,
					scheduledFor: null,
					contactId: expect.stringMatching(/^cnt_/),
					template: { name: REMINDER, language: 'pt_BR', category: 'utility', status: 'approved' },
					text: 'Olá Ana, sua fatura vence em 10/03. Qualquer dúvida, responda aqui.\n\nVer boleto: https://example.com/b/1',
				},
			},
			pairedItem: { item: 0 },
		});
		expect((await seen()).at(-1)!.text).toContain('Olá Ana, sua fatura vence em 10/03.');
	});

	it('evaluates the form for every item, and one without a value leaves alone (V-17)', async () => {
		const before = (await seen()).length;
		const items = [
			{ nome: 'Ana', vence: '10/03' },
			{ nome: '', vence: '11/03' },
			{ nome: 'Bruno', vence: '12/03' },
		];
		const values = filled({ 'body.1': '={{ $json.nome }}', 'body.2': '={{ $json.vence }}', 'button.1': 'b/1' });
		const [sent, notSent] = await send({ template: listed(REMINDER), templateValues: values }, items);
		expect(delivery(sent)!.map(({ text }) => String(text).split('.')[0])).toEqual([
			'Olá Ana, sua fatura vence em 10/03',
			'Olá Bruno, sua fatura vence em 12/03',
		]);
		expect(sent!.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(delivery(notSent)).toEqual([
			expect.objectContaining({
				status: 'refused',
				id: null,
				code: 'templateVariablesMissing',
				reason: expect.stringContaining('{{1}} do corpo'),
				text: null,
			}),
		]);
		expect(notSent![0]!.pairedItem).toEqual({ item: 1 });
		expect((await seen()).length).toBe(before + 2);
	});

	it('maps the wildcards of an imported list by their names (C-31, C-33)', async () => {
		const items = [
			{ '1': 'Ana', '2': '10/03', 'Ver boleto': 'b/1' },
			{ '1': 'Bia', body: { '2': 11 }, 'button.1': 'b/2' },
		];
		const [sent] = await send({ template: listed(REMINDER), templateValues: AUTO }, items);
		expect(delivery(sent)!.map(({ text }) => text)).toEqual([
			'Olá Ana, sua fatura vence em 10/03. Qualquer dúvida, responda aqui.\n\nVer boleto: https://example.com/b/1',
			'Olá Bia, sua fatura vence em 11. Qualquer dúvida, responda aqui.\n\nVer boleto: https://example.com/b/2',
		]);
	});

	it('writes what was not sent on the timeline, with the contact (X-09)', async () => {
		await send({ template: listed(REMINDER), templateValues: filled({ 'body.1': 'Ana' }), options: { label: 'Nov' } });
		const { store: deskStore } = await getDesk();
		const line = await deskStore.db.selectFrom('timeline').selectAll().orderBy('seq', 'desc').executeTakeFirstOrThrow();
		expect(line).toMatchObject({ event: 'messageRefused', contact_id: expect.stringMatching(/^cnt_/) });
		expect(line.text).toMatch(/^Mensagem não enviada: Faltam os valores de/);
		expect(JSON.parse(line.data)).toEqual({
			code: 'templateVariablesMissing',
			label: 'Nov',
			to: { name: null, phone: '5511987654321' },
		});
	});

	it.each([
		['lembrete_novo', 'em análise pela Meta'],
		['promocao_proibida', 'rejeitado'],
	])('does not send %s, which is not approved, and says its state (C-26)', async (name, state) => {
		const before = (await seen()).length;
		const [, notSent] = await send({ template: listed(name) });
		expect(delivery(notSent)).toEqual([
			expect.objectContaining({ code: 'templateNotApproved', reason: expect.stringContaining(state) }),
		]);
		expect((await seen()).length).toBe(before);
	});

	it('stops when the template does not exist, naming similar ones', async () => {
		const wrong = { template: named('lembrete_vencimento'), templateValues: AUTO };
		await expect(send(wrong, [{}, {}])).rejects.toMatchObject({
			message: '"Template": this number has no template "lembrete_vencimento" in pt_BR.',
			description: expect.stringContaining('Similar ones: lembrete_de_vencimento (pt_BR)'),
		});
		const otherLanguage = { template: named(REMINDER), templateLanguage: 'es', templateValues: AUTO };
		await expect(send(otherLanguage)).rejects.toMatchObject({
			description: expect.stringContaining('lembrete_de_vencimento (pt_BR)'),
		});
	});

	it('with On Error: Continue a template that does not exist leaves through Not Sent as an error', async () => {
		const [sent, notSent] = await send({ template: named('nada'), templateValues: AUTO }, [{}, {}], {
			onError: 'continueRegularOutput',
		});
		expect(sent).toEqual([]);
		expect(notSent!.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			['"Template": this number has no template "nada" in pt_BR.', { item: 0 }],
			['"Template": this number has no template "nada" in pt_BR.', { item: 1 }],
		]);
	});

	it('one item that names a template there is none of leaves alone', async () => {
		const items = [{ template: 'visita' }, { template: REMINDER, '1': 'Ana', '2': 'hoje', 'button.1': 'x' }];
		const [sent, notSent] = await send({ template: named('={{ $json.template }}'), templateValues: AUTO }, items);
		expect(sent).toHaveLength(1);
		expect(delivery(notSent)).toEqual([
			expect.objectContaining({
				code: 'templateMissing',
				reason: 'O modelo "visita" (pt_BR) não existe neste número. Parecidos: visita_agendada (pt_BR).',
				template: { name: 'visita', language: 'pt_BR', category: null, status: null },
			}),
		]);
	});

	it('asks for a template', async () => {
		await expect(send({ template: named('={{ $json.nothing }}') })).rejects.toMatchObject({
			message: '"Template" is empty.',
		});
	});

	it('takes the image of a header from the item or from a link; an item without it leaves alone', async () => {
		const png = {
			data: Buffer.from('89504e470d0a1a0a', 'hex').toString('base64'),
			mimeType: 'image/png',
			fileName: 'a.png',
		};
		const template = listed('oferta_com_imagem');
		const values = filled({ 'header.file': 'data', 'body.nome': 'Ana' });
		const items = [{ json: {}, binary: { data: png } }, { json: {} }, { json: {}, binary: { data: png } }];
		const [sent, notSent] = await send({ template, templateValues: values }, items);
		expect(delivery(sent)!.map(({ status, text }) => [status, text])).toEqual([
			['sent', 'Oi Ana, veja a oferta da semana.'],
			['sent', 'Oi Ana, veja a oferta da semana.'],
		]);
		expect(sent![0]!.binary).toEqual({ data: png });
		expect(delivery(notSent)).toEqual([
			expect.objectContaining({
				code: 'templateHeaderMissing',
				reason:
					'O cabeçalho do modelo "oferta_com_imagem" precisa de um arquivo, e o item não tem nenhum no campo "data". Nenhum nó anterior deu um arquivo a este item.',
			}),
		]);
		const { store: deskStore } = await getDesk();
		expect(await deskStore.db.selectFrom('blob').select('id').execute()).toHaveLength(1);

		const link = filled({ 'header.file': 'https://example.com/a.png', 'body.nome': 'Bia' });
		const { content } = await queuedRow({ template, templateValues: link });
		expect(content.header).toMatchObject({ type: 'media', source: { link: 'https://example.com/a.png' } });
	});

	it('takes the place of a header, also with a decimal comma, and refuses one that is none', async () => {
		const place = (latitude: string) =>
			filled({ 'header.latitude': latitude, 'header.longitude': -46.655881, 'header.placeName': 'Loja' });
		const template = listed('visita_agendada');
		const { content } = await queuedRow({ template, templateValues: place('-23,561414') });
		expect(content.header).toEqual({ type: 'location', latitude: -23.561414, longitude: -46.655881, name: 'Loja' });
		const [, notSent] = await send({ template, templateValues: place('centro') });
		expect(delivery(notSent)).toEqual([expect.objectContaining({ code: 'templateVariableInvalid' })]);
		const [, none] = await send({ template, templateValues: filled({}) });
		expect(delivery(none)).toEqual([expect.objectContaining({ code: 'templateHeaderMissing' })]);
	});

	/** What one send left in the outbox, planned for tomorrow so that nothing goes out. */
	async function queuedRow(parameters: IDataObject) {
		const sendAt = new Date(Date.now() + 86_400_000).toISOString();
		const options = { ...(parameters.options as IDataObject), sendAt };
		const [queued] = await send({ ...parameters, options });
		const { store: deskStore } = await getDesk();
		const row = await deskStore.db
			.selectFrom('outbox')
			.selectAll()
			.where('id', '=', delivery(queued)![0]!.id as string)
			.executeTakeFirstOrThrow();
		return { row, content: JSON.parse(row.content), sendAt, told: delivery(queued)![0]! };
	}

	it('plans a message, labels it and says what it is for (C-12)', async () => {
		const { row, sendAt, told } = await queuedRow({
			template: listed(REMINDER),
			templateValues: VALUES,
			purpose: 'campaign',
			options: { label: 'Novembro', dedupeKey: 'nov-1', validMinutes: 30 },
		});
		expect(row).toMatchObject({
			status: 'queued',
			priority: 2,
			label: 'Novembro',
			category: 'utility',
			dedupe_key: 'nov-1',
		});
		expect([row.not_before, row.valid_until]).toEqual([Date.parse(sendAt), Date.parse(sendAt) + 30 * 60_000]);
		expect(told).toMatchObject({ status: 'queued', scheduledFor: sendAt, repeated: false });
	});

	it.each([
		[undefined, 2],
		['notification', 1],
		['reply', 0],
	])('purpose %s has the priority %d', async (purpose, priority) => {
		const { row } = await queuedRow({ template: listed(REMINDER), templateValues: VALUES, purpose });
		expect(row.priority).toBe(priority);
	});

	it('the same key never sends twice (V-13, D-34)', async () => {
		const before = (await seen()).length;
		const parameters = { template: listed(REMINDER), templateValues: VALUES, options: { dedupeKey: 'uma-vez' } };
		const [sent] = await send(parameters, [{}, {}]);
		expect(delivery(sent)!.map(({ repeated, status }) => [repeated, status])).toEqual([
			[false, 'sent'],
			[true, 'sent'],
		]);
		expect((await seen()).length).toBe(before + 1);
	});

	it('a missing phone leaves through Not Sent with the exact words (V-09, V-11)', async () => {
		const [, notSent] = await send({ phone: '', template: listed(REMINDER), templateValues: VALUES });
		expect(delivery(notSent)).toEqual([
			expect.objectContaining({ code: 'noPhone', reason: 'Não possui telefone para envio de mensagem' }),
		]);
	});

	it('says which values the template has no place for any more', async () => {
		const values = filled({ 'body.1': 'Ana', 'body.2': 'x', 'button.1': 'y', 'body.3': 'z' });
		const [sent] = await send({ template: listed(REMINDER), templateValues: values });
		expect(delivery(sent)![0]!.hint).toBe('O modelo não tem lugar para: body.3. Abra o nó e confira.');
	});
});

describe('choosing a template in the editor', () => {
	const { listSearch, resourceMapping } = sendTemplate.methods;
	const editor = (parameters: IDataObject = {}) =>
		({
			getCredentials: async () => rig.credentials,
			getNode: () => ({ name: 'Send Template' }),
			getCurrentNodeParameter: (name: string) => parameters[name],
		}) as unknown as ILoadOptionsFunctions;

	it('lists name, language, category and state, approved ones first (C-26)', async () => {
		const { results } = await listSearch.searchTemplates.call(editor());
		expect(results.map(({ name }) => name)).toEqual([
			'lembrete_de_vencimento · Approved · pt_BR · Utility',
			'oferta_com_imagem · Approved · pt_BR · Marketing',
			'visita_agendada · Approved · pt_BR · Utility',
			'lembrete_novo · Pending · pt_BR · Utility',
			'promocao_proibida · Rejected · pt_BR · Marketing',
		]);
		expect(results[0]!.value).toBe('lembrete_de_vencimento|pt_BR');
	});

	it.each([
		['LEMBRETE utility', ['lembrete_de_vencimento', 'lembrete_novo']],
		['rejected', ['promocao_proibida']],
		['xyz', []],
	])('finds by any part: %s', async (filter, names) => {
		const { results } = await listSearch.searchTemplates.call(editor(), filter);
		expect(results.map(({ value }) => String(value).split('|')[0])).toEqual(names);
	});

	it('makes the form of the chosen template', async () => {
		const { fields } = await resourceMapping.getTemplateValues.call(editor({ template: `${REMINDER}|pt_BR` }));
		expect(fields.map(({ id }) => id)).toEqual(['body.1', 'body.2', 'button.0', 'button.1']);
		const byName = editor({ template: 'visita_agendada', templateLanguage: 'pt-BR' });
		expect((await resourceMapping.getTemplateValues.call(byName)).fields).toHaveLength(4);
	});

	it('says what is missing where there is no form', async () => {
		expect(await resourceMapping.getTemplateValues.call(editor())).toEqual({
			fields: [],
			emptyFieldsNotice: 'Choose a template first.',
		});
		await expect(resourceMapping.getTemplateValues.call(editor({ template: 'nada' }))).rejects.toMatchObject({
			message: 'This number has no template "nada" in pt_BR.',
		});
	});
});

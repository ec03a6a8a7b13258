import type { IDataObject } from 'n8n-workflow';
import { checkDraft, makeDraft } from '../../../../engine';
import { closeDesk } from '../../../../nodes/shared/desk';
import { EXAMPLE_BODIES } from '../../../../nodes/WhatsAppDesk/template/example-texts';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { startRig } from '../../../support/desk-rig';
import type { DeskRig } from '../../../support/desk-rig';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';

let store: TestStore;
let rig: DeskRig;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	rig = await startRig(store.settings, { listen: false });
});

afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await store.drop();
});

interface Input {
	credentials?: Partial<DeskRig['credentials']>;
	binary?: Record<string, { data: string; mimeType: string; fileName?: string }>;
}

const run = async (operation: string, parameters: IDataObject = {}, { credentials, binary }: Input = {}) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'template', operation, ...parameters } as never,
		credentials: { whatsAppCloudApi: { ...rig.credentials, ...credentials } },
		items: [binary ? { json: {}, binary } : {}] as never,
		mode: 'manual',
	});
	return out!.map(({ json }) => json);
};

const OWN = {
	name: 'pedido_saiu',
	category: 'utility',
	bodyFrom: 'own',
	body: 'Olá, {{1}}! O seu pedido {{2}} saiu para entrega e chega hoje.',
	examples: {
		example: [
			{ variable: '{{1}}', text: 'Ana' },
			{ variable: '2', text: '1042' },
		],
	},
};
const named = (value: string) => ({ template: { __rl: true, mode: 'name', value }, templateLanguage: 'pt_BR' });

describe('WhatsApp Desk: Template: Create', () => {
	it('sends an own text for approval, with everything around it (C-25, C-29, C-31)', async () => {
		const [created] = await run('create', {
			...OWN,
			headerType: 'text',
			headerText: 'Pedido {{1}}',
			headerExample: '1042',
			footer: 'Oficina Aurora',
			buttons: {
				button: [
					{ type: 'quickReply', text: 'Falar com atendente' },
					{ type: 'url', text: 'Rastrear', url: 'https://loja.example/{{1}}', example: '1042' },
				],
			},
		});
		expect(created).toMatchObject({
			name: 'pedido_saiu',
			language: 'pt_BR',
			status: 'pending',
			category: 'utility',
			notes: [],
			fields: [
				{ key: 'header.1' },
				{ key: 'body.1', example: 'Ana' },
				{ key: 'body.2' },
				{ key: 'button.0' },
				{ key: 'button.1' },
			],
		});
		const [atMeta] = await rig.simulator.admin.templates({ name: 'pedido_saiu' });
		expect(atMeta!.components.map(({ type }) => type)).toEqual(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']);
	});

	it('begins with a shipped example (C-32)', async () => {
		const [created] = await run('create', { name: 'lembrete_escola', bodyFrom: 'schoolFees' });
		expect(created).toMatchObject({ status: 'pending', body: { text: EXAMPLE_BODIES.schoolFees.body } });
	});

	it.each(Object.entries(EXAMPLE_BODIES))('ships an example that keeps all rules: %s', (_name, { body, examples }) => {
		const texts = { name: 'exemplo', language: 'pt_BR', header: null, body, examples, footer: null, buttons: [] };
		expect(checkDraft(makeDraft({ ...texts, category: 'utility' }))).toEqual([]);
	});

	it('tells every problem at once, before anything is sent', async () => {
		const wrong = run('create', { ...OWN, name: 'Pedido Saiu', body: '{{1}} saiu {{3}}', footer: 'x'.repeat(61) });
		await expect(wrong).rejects.toMatchObject({
			message: 'The template has 5 problems; nothing was sent to Meta.',
			description: expect.stringMatching(/^name: .*"pedido_saiu".*\nbody: .*\{\{2\}\}/),
		});
		expect(await rig.simulator.admin.templates({ name: 'pedido_saiu' })).toEqual([]);
	});

	it('passes on advice that forbids nothing (C-30)', async () => {
		const [created] = await run('create', {
			...OWN,
			body: 'Olá, {{1}}! Hoje temos desconto no pedido {{2}} para você.',
		});
		expect(created!.notes).toEqual([
			expect.stringContaining('A Meta classificou o modelo como marketing'),
			expect.stringContaining('"desconto" soa como propaganda'),
		]);
	});

	it('explains what Meta refuses', async () => {
		await run('create', OWN);
		await expect(run('create', OWN)).rejects.toMatchObject({
			message: 'The template was not created.',
			description: expect.stringContaining('Já existe um modelo "pedido_saiu" (pt_BR)'),
		});
	});

	describe('with a file in its header', () => {
		const PDF = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
		const binary = { data: { data: PDF.toString('base64'), mimeType: 'application/pdf', fileName: 'boleto.pdf' } };
		const withFile = { ...OWN, headerType: 'document', headerFile: 'data' };

		it('hands in the sample through the app', async () => {
			const [created] = await run('create', withFile, { binary, credentials: { appId: DEMO_NUMBER.appId } });
			expect(created).toMatchObject({ status: 'pending', header: { type: 'document' } });
			const [atMeta] = await rig.simulator.admin.templates({ name: 'pedido_saiu' });
			expect(atMeta!.components[0]).toMatchObject({
				format: 'DOCUMENT',
				example: { header_handle: [expect.stringMatching(/^4::/)] },
			});
		});

		it('says what is missing without an App ID', async () => {
			await expect(run('create', withFile, { binary, credentials: { appId: '' } })).rejects.toMatchObject({
				message: 'The sample file was not accepted.',
				description: expect.stringContaining('falta o App ID na credencial'),
			});
		});

		it('names the file that the item does not have', async () => {
			await expect(run('create', withFile)).rejects.toMatchObject({
				message: 'The item has no file in the field "data".',
			});
		});
	});
});

describe('WhatsApp Desk: Template: Get and Get Many', () => {
	beforeEach(async () => {
		await rig.simulator.admin.addTemplate({
			name: 'aviso',
			components: [{ type: 'BODY', text: 'Bom dia, tudo certo.' }],
		});
		await rig.simulator.admin.addTemplate({
			name: 'oferta',
			category: 'MARKETING',
			status: 'REJECTED',
			components: [{ type: 'BODY', text: 'Bom dia, temos novidades.' }],
		});
	});

	it('list all with their states (M-25, C-34)', async () => {
		const all = await run('getMany', { returnAll: true });
		expect(all.map(({ name, status, readAt, notRefreshed }) => [name, status, typeof readAt, notRefreshed])).toEqual([
			['aviso', 'approved', 'string', null],
			['oferta', 'rejected', 'string', null],
		]);
	});

	it.each<[IDataObject, string[]]>([
		[{ states: ['approved'] }, ['aviso']],
		[{ categories: ['marketing'] }, ['oferta']],
		[{ search: 'OFER' }, ['oferta']],
		[{ language: 'en-US' }, []],
	])('filter by %j', async (filters, names) => {
		expect((await run('getMany', { filters })).map(({ name }) => name)).toEqual(names);
	});

	it('get one as it is now', async () => {
		expect(await run('get', named('aviso'))).toEqual([
			expect.objectContaining({ name: 'aviso', status: 'approved', fields: [] }),
		]);
	});

	it('name what comes close to one that is not there', async () => {
		await expect(run('get', named('avisos'))).rejects.toMatchObject({
			message: 'This number has no template "avisos" in pt_BR.',
			description: 'Similar ones: aviso.',
		});
	});

	it('say why nothing can be read', async () => {
		await expect(run('getMany', {}, { credentials: { accessToken: 'velho' } })).rejects.toMatchObject({
			message: 'The templates of this number could not be read.',
			description: expect.stringContaining('O token expirou'),
		});
	});
});

describe('WhatsApp Desk: Template: Edit and Delete', () => {
	it('changes what is given and resubmits a rejected one (C-34)', async () => {
		await run('create', { ...OWN, footer: 'Oficina Aurora' });
		await rig.simulator.admin.rejectTemplate('pedido_saiu');
		const body = 'Olá, {{1}}! O pedido {{2}} já saiu da loja e chega ainda hoje.';
		const [edited] = await run('edit', { ...named('pedido_saiu'), updateFields: { body } });
		expect(edited).toMatchObject({
			status: 'pending',
			footer: 'Oficina Aurora',
			body: {
				text: body,
				variables: [
					{ name: '1', example: 'Ana' },
					{ name: '2', example: '1042' },
				],
			},
		});
	});

	it('asks for a change, and explains a state that forbids it', async () => {
		await run('create', OWN);
		await expect(run('edit', { ...named('pedido_saiu'), updateFields: {} })).rejects.toMatchObject({
			message: 'There is nothing to change.',
		});
		await expect(run('edit', { ...named('pedido_saiu'), updateFields: { footer: 'Oi' } })).rejects.toMatchObject({
			message: 'The template was not edited.',
			description: expect.stringContaining('está em análise pela Meta'),
		});
	});

	it('deletes one language, never all by accident', async () => {
		await run('create', OWN);
		await run('create', { ...OWN, language: 'pt_PT' });
		expect(await run('delete', named('pedido_saiu'))).toEqual([
			{ name: 'pedido_saiu', languages: ['pt_BR'], deleted: true },
		]);
		await run('create', { ...OWN, language: 'es' });
		expect(await run('delete', { ...named('pedido_saiu'), allLanguages: true })).toEqual([
			{ name: 'pedido_saiu', languages: ['es', 'pt_PT'], deleted: true },
		]);
	});
});

import {
	createTemplate,
	deleteTemplate,
	editTemplate,
	fillTemplate,
	listTemplates,
	openDesk,
	templateFields,
} from '../../../../engine';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';
import { draft, HOUR, MINUTE, templatesOf, type DraftChanges } from './support';

describe.each(STORES)('the templates of a number on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;
	let list: ReturnType<typeof templatesOf>['list'];
	let find: ReturnType<typeof templatesOf>['find'];
	let ask: ReturnType<typeof templatesOf>['ask'];
	let told: ReturnType<typeof templatesOf>['told'];
	let eventTold: ReturnType<typeof templatesOf>['eventTold'];
	let unplug: ReturnType<typeof templatesOf>['unplug'];

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, { listen: false, clock });
		({ list, find, ask, told, eventTold, unplug } = templatesOf(rig));
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	it('are listed with all their states, and each fills its own form (M-25, D-20)', async () => {
		await rig.simulator.admin.addTemplate({
			name: 'antigo',
			language: 'en_US',
			status: 'REJECTED',
			components: [{ type: 'BODY', text: 'Good morning, here is your report.' }],
		});
		const body = { type: 'BODY', text: 'Olá {{nome}}, a sua ordem {{numero}} ficou pronta hoje.' };
		await rig.simulator.admin.addTemplate({ name: 'aviso_os', parameterFormat: 'NAMED', components: [body] });
		const { templates, fetchedAt, notRefreshed } = await list();
		expect(templates.map(({ name, language, status }) => `${name} ${language} ${status}`)).toContain(
			'antigo en_US rejected',
		);
		expect(notRefreshed).toBeNull();
		expect(Math.abs(clock.now() - fetchedAt!)).toBeLessThan(60_000);

		const named = templates.find(({ name }) => name === 'aviso_os')!;
		const variables = Object.fromEntries(templateFields(named).map(({ key, example }) => [key, example ?? 'x']));
		expect(fillTemplate(named, { variables })).toMatchObject({ ok: true, ignored: [] });
	});

	it('are read again only when older than asked for', async () => {
		await list();
		await rig.simulator.admin.addTemplate({
			name: 'novo',
			components: [{ type: 'BODY', text: 'Bom dia, tudo certo.' }],
		});
		const names = async (maxAgeMs?: number) => (await list(maxAgeMs)).templates.map(({ name }) => name);
		expect(await names()).not.toContain('novo');
		clock.advance(9 * MINUTE);
		expect(await names()).not.toContain('novo');
		expect(await names(5 * MINUTE)).toContain('novo');
	});

	it('are the stored ones, with the reason, while Meta cannot be reached', async () => {
		const before = await list();
		await unplug();
		clock.advance(HOUR);
		const after = await list();
		expect(after.templates).toEqual(before.templates);
		expect(after.fetchedAt).toBe(before.fetchedAt);
		expect(after.notRefreshed).toBe('127.0.0.1:9 não respondeu (ECONNREFUSED).');
	});

	it('are none, with the reason, where nothing was ever read', async () => {
		await rig.desk.useCloudApi({ ...rig.credentials, accessToken: 'expirado' });
		expect(await list()).toEqual({
			templates: [],
			fetchedAt: null,
			notRefreshed: expect.stringContaining('O token expirou ou foi revogado.'),
		});
	});

	it('are asked for once by a thousand items while Meta is away, and at once with a mended credential', async () => {
		await rig.desk.useCloudApi({ ...rig.credentials, accessToken: 'expirado' });
		const refusals = async () => (await rig.simulator.admin.metrics()).refused;
		await list();
		const before = await refusals();
		await Promise.all(Array.from({ length: 20 }, () => list()));
		expect(await refusals()).toEqual(before);
		clock.advance(16_000);
		expect((await list()).notRefreshed).toContain('O token expirou');
		await rig.desk.useCloudApi(rig.credentials);
		expect(await list()).toMatchObject({ notRefreshed: null });
	});

	it('are shared by everybody who waits for the list', async () => {
		const lists = await Promise.all(Array.from({ length: 10 }, () => list()));
		expect(new Set(lists.map(({ fetchedAt }) => fetchedAt)).size).toBe(1);
	});

	it('are asked for, approved by Meta, and told (C-25, C-34)', async () => {
		const template = await ask();
		expect(template).toMatchObject({ status: 'pending', category: 'utility', quality: 'unknown' });
		expect((await find()).template).toMatchObject({ id: template.id, status: 'pending' });
		await rig.simulator.admin.approveTemplate('lembrete_mensalidade');
		await eventTold('templateApproved');
		expect((await find()).template!.status).toBe('approved');
		expect(await told()).toEqual([
			'templateSubmitted: O modelo "lembrete_mensalidade" (pt_BR) foi criado e enviado para aprovação; está em análise pela Meta.',
			'templateApproved: O modelo "lembrete_mensalidade" (pt_BR) foi aprovado e já pode ser enviado.',
		]);
	});

	it('that Meta rejects say why, and can be corrected and sent again (C-34)', async () => {
		await ask();
		await rig.simulator.admin.decideTemplate('lembrete_mensalidade', {
			decision: 'reject',
			reason: 'INVALID_FORMAT',
			explanation: 'Floating variable.',
			recommendation: 'Add text after it.',
		});
		await eventTold('templateRejected');
		const { template } = await find();
		expect(template).toMatchObject({ status: 'rejected', reason: expect.stringContaining('o formato não foi aceito') });
		expect((await told()).at(-1)).toBe(
			'templateRejected: O modelo "lembrete_mensalidade" (pt_BR) foi rejeitado: o formato não foi aceito; ' +
				'confira variáveis, exemplos e pontuação; Floating variable. Recomendação da Meta: Add text after it.',
		);

		const text = 'Olá {{1}}, lembramos que a sua mensalidade vence em {{2}}, no portal do aluno.';
		const edited = await editTemplate(rig.desk, rig.channelId, draft({ text }));
		expect(edited).toMatchObject({ type: 'done', template: { status: 'pending', body: { text } } });
		await rig.simulator.admin.approveTemplate('lembrete_mensalidade');
		await eventTold('templateApproved');
		expect((await list(0)).templates.find(({ name }) => name === 'lembrete_mensalidade')).toMatchObject({
			status: 'approved',
			reason: null,
			body: { text },
		});
		expect((await told()).filter((line) => line.startsWith('templateEdited'))).toHaveLength(1);
	});

	it('with wrong drafts cost no call and tell all problems at once', async () => {
		await unplug();
		expect(
			await createTemplate(rig.desk, rig.channelId, draft({ name: 'Mensalidade', text: 'Olá {{1}}' })),
		).toMatchObject({
			type: 'refused',
			code: 'templateDraftInvalid',
			problems: [{ code: 'nameInvalid' }, { code: 'variableAtEdge' }, { code: 'variableRatio', severity: 'warning' }],
		});
	});

	it('that Meta refuses at once are explained', async () => {
		const result = await createTemplate(rig.desk, rig.channelId, draft({ text: 'Oi {{1}} e {{2}} tchau' }));
		expect(result).toMatchObject({
			type: 'refused',
			code: 'meta2388293',
			explanation: expect.stringContaining('Há variáveis demais para o tamanho do texto.'),
			retry: false,
		});
		expect((await list()).templates.map(({ name }) => name)).not.toContain('lembrete_mensalidade');
	});

	it('exist once per name and language', async () => {
		await ask();
		expect(await createTemplate(rig.desk, rig.channelId, draft())).toMatchObject({ code: 'templateExists' });
		await ask({ language: 'en_US', text: 'Hello {{1}}, your fee is due on {{2}} and we are here to help you.' });
	});

	it('that are approved may be edited once a day, and keep their category', async () => {
		await ask();
		await rig.simulator.admin.approveTemplate('lembrete_mensalidade');
		await eventTold('templateApproved');
		const edit = (changes: DraftChanges = {}) => editTemplate(rig.desk, rig.channelId, draft(changes));
		expect(await edit({ category: 'marketing' })).toMatchObject({ code: 'templateCategoryFixed' });
		expect(await edit()).toMatchObject({ type: 'done' });
		expect(await edit()).toMatchObject({ code: 'templateNotEditable' });
		await rig.simulator.admin.approveTemplate('lembrete_mensalidade');
		await eventually(async () => (await find()).template?.status === 'approved');
		expect(await edit()).toMatchObject({ code: 'templateEditedToday' });
		expect(await editTemplate(rig.desk, rig.channelId, draft({ name: 'nenhum' }))).toMatchObject({
			code: 'templateNotFound',
		});
	});

	it('are deleted in one language, or in all when that is said', async () => {
		await ask();
		await ask({ language: 'en_US', text: 'Hello {{1}}, your fee is due on {{2}} and we are here to help you.' });
		const languages = async () =>
			(await list(0)).templates.filter(({ name }) => name === 'lembrete_mensalidade').map(({ language }) => language);
		const one = await deleteTemplate(rig.desk, rig.channelId, 'lembrete_mensalidade', { language: 'en-US' });
		expect(one).toMatchObject({ type: 'done', deleted: [{ language: 'en_US' }] });
		expect(await languages()).toEqual(['pt_BR']);

		await ask({ language: 'es', text: 'Hola {{1}}, su cuota vence el {{2}} y estamos para ayudarle hoy.' });
		await deleteTemplate(rig.desk, rig.channelId, 'lembrete_mensalidade', { allLanguages: true });
		expect(await languages()).toEqual([]);
		const lines = (await told()).filter((line) => /^template(Deleted|Status)/.test(line));
		expect(lines).toEqual([
			'templateDeleted: O modelo "lembrete_mensalidade" foi excluído (en_US).',
			'templateDeleted: O modelo "lembrete_mensalidade" foi excluído (es, pt_BR).',
		]);
		expect(await deleteTemplate(rig.desk, rig.channelId, 'lembrete_mensalidade', { language: 'pt_BR' })).toMatchObject({
			code: 'templateNotFound',
		});
	});

	it('are told apart from a number whose credential was never shown', async () => {
		const other = await openDesk({ store: store.settings, clock });
		try {
			expect(await listTemplates(other, rig.channelId)).toMatchObject({
				notRefreshed: expect.stringContaining('credencial deste número ainda não foi usada'),
			});
			expect(await createTemplate(other, rig.channelId, draft())).toMatchObject({ code: 'channelNotReachable' });
		} finally {
			await other.close();
		}
	});
});

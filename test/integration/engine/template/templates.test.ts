import {
	createTemplate,
	deleteTemplate,
	editTemplate,
	fillTemplate,
	findTemplate,
	listTemplates,
	openDesk,
	templateFields,
} from '../../../../engine';
import type { TemplateCatalog } from '../../../../engine/channel/port';
import type { TemplateDraft } from '../../../../engine/model-template';
import { deleteTemplate as deleteWith } from '../../../../engine/template/manage';
import { placeholdersOf } from '../../../../engine/text';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(STORES)('the templates of a number on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, { listen: false, clock });
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	const draft = (changes: Partial<TemplateDraft> & { text?: string } = {}): TemplateDraft => {
		const { text = 'Olá {{1}}, a sua mensalidade vence em {{2}} e o boleto está no portal do aluno.', ...rest } =
			changes;
		return {
			name: 'lembrete_mensalidade',
			language: 'pt_BR',
			category: 'utility',
			parameterFormat: 'positional',
			header: null,
			body: { text, variables: placeholdersOf(text).map((name) => ({ name, example: `exemplo ${name}` })) },
			footer: null,
			buttons: [],
			...rest,
		};
	};
	const list = (maxAgeMs?: number) => listTemplates(rig.desk, rig.channelId, { maxAgeMs });
	const find = (maxAgeMs?: number) =>
		findTemplate(rig.desk, rig.channelId, 'lembrete_mensalidade', 'pt_BR', { maxAgeMs });
	const ask = async (changes: Parameters<typeof draft>[0] = {}) => {
		const result = await createTemplate(rig.desk, rig.channelId, draft(changes));
		if (result.type !== 'done') throw new Error(result.explanation);
		return result.template;
	};
	const told = async () =>
		(await rig.desk.store.db.selectFrom('timeline').selectAll().orderBy('seq').execute())
			.filter(({ event }) => event.startsWith('template') || event === 'account')
			.map(({ event, text }) => `${event}: ${text}`);
	const eventTold = (event: string) =>
		eventually(async () => (await told()).some((line) => line.startsWith(`${event}:`)));
	/** Meta cannot be reached: the credential now points to a closed port. */
	const unplug = () => rig.desk.useCloudApi({ ...rig.credentials, baseUrl: 'http://127.0.0.1:9' });

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
		const edit = (changes: Parameters<typeof draft>[0] = {}) => editTemplate(rig.desk, rig.channelId, draft(changes));
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

	it('that Meta moves to another category, pauses or disables are told with what it means', async () => {
		await ask();
		const decide = (decision: Parameters<typeof rig.simulator.admin.decideTemplate>[1]) =>
			rig.simulator.admin.decideTemplate('lembrete_mensalidade', decision);
		await decide({ decision: 'approve' });
		await eventTold('templateApproved');
		await decide({ decision: 'quality', score: 'RED' });
		await eventTold('templateQualityChanged');
		await decide({ decision: 'recategorize', category: 'MARKETING' });
		await eventTold('templateRecategorised');
		await decide({ decision: 'pause' });
		await eventTold('templatePaused');
		expect((await find()).template).toMatchObject({ status: 'paused', category: 'marketing', quality: 'red' });
		await decide({ decision: 'unpause' });
		await eventTold('templateReinstated');
		expect((await find()).template!.status).toBe('approved');
		await decide({ decision: 'disable' });
		await eventTold('templateDisabled');
		expect(await deleteTemplate(rig.desk, rig.channelId, 'lembrete_mensalidade', { language: 'pt_BR' })).toMatchObject({
			code: 'templateDisabled',
		});
		const lines = await told();
		expect(lines.filter((line) => line.startsWith('account:'))).toEqual([]);
		expect(lines.find((line) => line.startsWith('templateRecategorised'))).toBe(
			'templateRecategorised: A Meta mudou o modelo "lembrete_mensalidade" (pt_BR) de utilidade para marketing. Cada envio passa a custar o preço de marketing.',
		);
	});

	describe('news that comes by webhook', () => {
		const news = (
			event: string,
			at: number,
			more: Record<string, unknown> = {},
			field = 'message_template_status_update',
		) => ({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: rig.credentials.wabaId,
					time: Math.floor(at / 1000),
					changes: [
						{
							field,
							value: {
								event,
								message_template_id: 77,
								message_template_name: 'de_fora',
								message_template_language: 'pt-BR',
								reason: 'NONE',
								...more,
							},
						},
					],
				},
			],
		});
		const receive = (body: unknown) => rig.desk.receiveCloudApi(body, rig.credentials);

		it('is told once, however often it comes (D-02)', async () => {
			const body = news('APPROVED', clock.now());
			await receive(body);
			await receive(body);
			await receive(body);
			expect(await told()).toEqual([
				'templateApproved: O modelo "de_fora" (pt_BR) foi aprovado e já pode ser enviado.',
			]);
		});

		it('without a time of its own does not turn back what came after it, when it is repeated', async () => {
			await rig.simulator.admin.addTemplate({
				name: 'de_fora',
				components: [{ type: 'BODY', text: 'Bom dia, aqui está o seu resumo.' }],
			});
			await list();
			clock.advance(5_000);
			const timeless = (event: string) => {
				const { entry, ...rest } = news(event, 0);
				return { ...rest, entry: entry.map(({ id, changes }) => ({ id, changes })) };
			};
			await receive(timeless('PAUSED'));
			await receive(timeless('APPROVED'));
			await receive(timeless('PAUSED'));
			const rows = await rig.desk.store.db
				.selectFrom('template')
				.select('status')
				.where('name', '=', 'de_fora')
				.execute();
			expect(rows).toEqual([{ status: 'approved' }]);
			expect((await told()).map((line) => line.split(':')[0])).toEqual(['templatePaused', 'templateReinstated']);
		});

		it('of our own deletion is not told as somebody else’s, even when it is here before the answer', async () => {
			await rig.simulator.admin.addTemplate({
				name: 'de_fora',
				components: [{ type: 'BODY', text: 'Bom dia, aqui está o seu resumo.' }],
			});
			const { channels, store: opened } = rig.desk;
			const real = channels.get(rig.channelId)!;
			const templates: TemplateCatalog = {
				...real.templates!,
				delete: async (name, id) => {
					await receive(news('DELETED', clock.now() + 5_000));
					return await real.templates!.delete(name, id);
				},
			};
			const channel = { ...real, templates };
			const desk = { store: opened, channelId: rig.channelId, channel, now: clock.now() };
			await deleteWith(desk, 'de_fora', { language: 'pt_BR' });
			expect((await told()).filter((line) => line.startsWith('template'))).toEqual([
				'templateDeleted: O modelo "de_fora" foi excluído (pt_BR).',
			]);
		});

		it('asks for a new reading of the list when it is about a template we do not know', async () => {
			await list();
			const components = [{ type: 'BODY', text: 'Bom dia, aqui está o seu resumo.' }];
			await rig.simulator.admin.addTemplate({ name: 'de_fora', components });
			await receive(news('APPROVED', clock.now()));
			expect((await list()).templates.map(({ name }) => name)).toContain('de_fora');
		});

		it('that is older than what we know changes nothing and stays a general line', async () => {
			await rig.simulator.admin.addTemplate({
				name: 'de_fora',
				components: [{ type: 'BODY', text: 'Bom dia, aqui está o seu resumo.' }],
			});
			await list();
			await receive(news('PENDING', clock.now() - HOUR));
			expect(await told()).toEqual(['account: O modelo "de_fora" (pt_BR) está em análise.']);
			expect((await findTemplate(rig.desk, rig.channelId, 'de_fora', 'pt_BR')).template!.status).toBe('approved');
		});

		it('that warns changes nothing but is told', async () => {
			await rig.simulator.admin.addTemplate({
				name: 'de_fora',
				components: [{ type: 'BODY', text: 'Bom dia, aqui está o seu resumo.' }],
			});
			await list();
			await receive(news('FLAGGED', clock.now() + 2_000));
			const announced = { correct_category: 'MARKETING', new_category: 'UTILITY', event: undefined };
			await receive(news('', clock.now() + 2_000, announced, 'template_category_update'));
			expect(await told()).toEqual([
				'templateStatusChanged: O modelo "de_fora" (pt_BR) foi sinalizado pela Meta e pode ser pausado. Ele ainda pode ser enviado.',
				'templateRecategorised: A Meta vai mudar o modelo "de_fora" (pt_BR) de utilidade para marketing. Peça revisão no Gerenciador do WhatsApp se não concordar.',
			]);
			expect((await findTemplate(rig.desk, rig.channelId, 'de_fora', 'pt_BR')).template).toMatchObject({
				status: 'approved',
				category: 'utility',
			});
		});
	});

	it('that changed while no webhook told are noticed when the list is read', async () => {
		await ask();
		await list();
		await rig.simulator.admin.setNumber({ phoneNumberId: rig.credentials.phoneNumberId, callbackUrl: null });
		await rig.simulator.admin.approveTemplate('lembrete_mensalidade');
		expect((await find()).template!.status).toBe('pending');
		clock.advance(2 * MINUTE);
		// What is not approved is looked for again after a minute.
		expect((await find()).template!.status).toBe('approved');
		await find();
		expect((await told()).filter((line) => line.startsWith('templateApproved'))).toHaveLength(1);
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

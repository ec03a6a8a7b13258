import { deleteTemplate, findTemplate } from '../../../../engine';
import type { TemplateCatalog } from '../../../../engine/channel/port';
import { deleteTemplate as deleteWith } from '../../../../engine/template/manage';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { MovingClock } from '../../../support/moving-clock';
import { HOUR, MINUTE, templatesOf } from './support';

describe.each(STORES)('news about templates on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;
	let list: ReturnType<typeof templatesOf>['list'];
	let find: ReturnType<typeof templatesOf>['find'];
	let ask: ReturnType<typeof templatesOf>['ask'];
	let told: ReturnType<typeof templatesOf>['told'];
	let eventTold: ReturnType<typeof templatesOf>['eventTold'];

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, { listen: false, clock });
		({ list, find, ask, told, eventTold } = templatesOf(rig));
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
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
});

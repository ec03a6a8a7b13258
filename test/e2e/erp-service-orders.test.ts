import type { Browser, Page } from 'playwright-core';
import central from '../../workflows/00-central.json';
import ordens from '../../workflows/20-erp-ordem-de-servico.json';
import { ERP_CREDENTIAL } from '../../scripts/lib/demo.mjs';
import { DEMO_TEMPLATES } from '../../simulator/templates/seeds';
import { openBrowser, screenshot } from '../support/chromium';
import { ended, itemsOf, republish, seenInExecutions, until, useDesk } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { editorUrl, fillLogin, openWorkflow } from '../support/editor';
import { erpSample } from '../support/erp';
import { aboutOrder, configured, deliver, sample } from '../support/erp-senders';

type Json = Record<string, any>;

const ANA = '5511988880001';
const BRUNO = '5511988880002';
const TEAM = ['5511900000001', '5511900000002'] as const;
const OMIE_ID = '6289226831';
const SAMPLES = {
	'erp-omie-os': ['omie-ordemservico-incluida', 'omie-ordemservico-etapaalterada', 'omie-ordemservico-faturada'],
	'erp-bling-pedidos': ['bling-order-created'],
	'erp-tiny-pedidos': ['tiny-situacao-pedido'],
} as const;

const bodyOf = (template: string) =>
	DEMO_TEMPLATES.find(({ name }) => name === template)!.components.find(({ type }) => type === 'BODY')!.text;

describe('the shipped workflow 20, told by ERPs what becomes of orders', () => {
	let rig: E2eRig;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		rig = await startE2eRig({
			workflows: [central, configured(ordens, { equipe: '(11) 90000-0001, (11) 90000-0002' })],
			credentials: [ERP_CREDENTIAL],
			templates: DEMO_TEMPLATES,
		});
		browser = await openBrowser();
		page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('lets a supervisor say whose the code of an ERP is, on a page (V-09, D7)', async () => {
		await open('cadastrar-cliente');
		const fields = page.locator('input[type="text"]');
		for (const [i, text] of ['Ana Souza', '(11) 98888-0001', OMIE_ID].entries()) await fields.nth(i).fill(text);
		await page.locator('select').selectOption({ label: 'Omie' });
		await page.getByRole('button', { name: 'Guardar' }).click();
		await page.getByRole('heading', { name: 'Cliente guardado' }).waitFor();
		await page.getByText('Ana Souza: +5511988880001.').waitFor();
		await useDesk(rig, {
			resource: 'contact',
			operation: 'upsert',
			phone: '(11) 98888-0002',
			name: 'Bruno Lima',
			options: { erpIds: 'bling:12345678' },
		});
	});

	it('greets with the tracking link, tells the stage, closes with the survey (V-01…V-08, V-13, V-15, V-19)', async () => {
		const [opened, stage, closed] = SAMPLES['erp-omie-os'].map(sample);
		expect(await post('erp-omie-os', opened!)).toBe(200);
		await heard(ANA, [
			'Olá, Ana Souza! Registramos a ordem de serviço 55 em 18/02/2023: serviço solicitado.\n\nAcompanhe em empresa.example/os/55 ou responda esta mensagem para falar com a gente.',
		]);
		const notice =
			'Aviso para a equipe: OS 55: Aberta\n\nCliente: Ana Souza (+5511988880001)\nDetalhes: veja o chamado no ERP\n\nConfira no painel de atendimento.';
		for (const phone of TEAM) await heard(phone, [notice]);
		expect(await ticket('omie/os-6301382458')).toMatchObject({
			number: '55',
			issuedAt: '2023-02-18T17:17:20.000Z',
			status: 'Aberta',
			state: 'open',
			contact: { name: 'Ana Souza' },
		});

		expect(await post('erp-omie-os', stage!)).toBe(200);
		await heard(ANA, [
			'Olá, Ana Souza! A ordem de serviço 55 passou para a etapa *Em execução*.\n\nPrevisão: 18/02/2023. Se precisar de algo, responda esta mensagem.',
		]);
		expect(await ticket('omie/os-6301382458')).toMatchObject({ status: 'Em execução', state: 'open' });

		expect(await post('erp-omie-os', closed!)).toBe(200);
		await heard(ANA, [
			'Boa notícia, Ana Souza: a ordem de serviço 53 foi concluída em 17/02/2023.\n\nConte em um minuto como foi: empresa.example/pesquisa/53\n\nObrigado por contar com a gente!',
		]);
		expect(await ticket('omie/os-6301351446')).toMatchObject({ status: 'Concluída', state: 'closed' });
		for (const phone of TEAM) {
			await heard(phone, [
				expect.stringContaining('OS 53: Concluída\n\nCliente: Ana Souza (+5511988880001)\nDetalhes: R$ 10,50'),
			]);
		}
		expect(await post('erp-omie-os', { ...aboutOrder('6301382458').closed })).toBe(200);
		await heard(ANA, [expect.stringContaining('a ordem de serviço 6301382458 foi concluída em 20/02/2023')]);
		expect(await ticket('omie/os-6301382458')).toMatchObject({ status: 'Concluída', state: 'closed' });
		for (const phone of TEAM) await heard(phone, [expect.stringContaining('Concluída')]);
	});

	it('tells of orders of a shop, and of who has no phone, in the words agreed (V-05, V-11, V-12)', async () => {
		expect(await post('erp-bling-pedidos', sample('bling-order-created'))).toBe(200);
		await heard(BRUNO, [
			'Olá, Bruno Lima! O seu pedido 123 agora está assim: *Recebido*.\n\nAcompanhe em empresa.example/os/123 ou responda esta mensagem para falar com a gente.',
		]);
		for (const phone of TEAM) await heard(phone, [expect.stringContaining('Pedido 123: Recebido')]);

		expect(await post('erp-tiny-pedidos', sample('tiny-situacao-pedido'))).toBe(200);
		const { item } = await seenInExecutions(
			rig,
			ordens.id,
			'Avisar por e-mail (ligue aqui)',
			({ envio }) => envio?.sistema === 'tiny',
		);
		expect(item.delivery).toMatchObject({
			status: 'refused',
			code: 'noPhone',
			reason: 'Não possui telefone para envio de mensagem',
		});
		expect(await story('tiny/pedido-987654')).toEqual([
			'Chamado 987654 aberto.',
			'Não possui telefone para envio de mensagem',
		]);
		expect(await ticket('tiny/pedido-987654')).toMatchObject({ status: 'Aprovado', contact: null });
	});

	it('mirrors what an ERP of any kind says, and brings critical news to the team at once (V-03, V-14, V-16)', async () => {
		const carla = '5521988880003';
		const body = {
			kind: 'service_order.opened',
			sourceId: 'CH-1',
			number: '1001',
			description: 'Não gela',
			customer: { id: 'C3', name: 'Carla Dias', phone: '(21) 98888-0003' },
			produto: 'Geladeira Frost Free 400 L',
			prioridade: 'crítica',
		};
		expect(await post('erp-outro-os', body)).toBe(200);
		await heard(carla, [expect.stringContaining('Olá, Carla Dias! Registramos a ordem de serviço 1001')]);
		for (const phone of TEAM) {
			await heard(phone, [
				'Aviso para a equipe: 🔴 CRÍTICO · OS 1001: Aberta\n\nCliente: Carla Dias (+5521988880003)\nDetalhes: Não gela · prioridade crítica\n\nConfira no painel de atendimento.',
			]);
		}
		expect(await ticket('generic/os-CH-1')).toMatchObject({
			product: 'Geladeira Frost Free 400 L',
			problem: 'Não gela',
			priority: 'critical',
			contact: { name: 'Carla Dias', phone: '+5521988880003' },
		});
		// The next notice names her by the code alone; an order with the code of a service order is another process.
		const cancelled = { kind: 'order.cancelled', sourceId: 'CH-1', customer: { id: 'C3' } };
		expect(await post('erp-outro-os', cancelled)).toBe(200);
		for (const phone of TEAM) {
			await heard(phone, [expect.stringContaining('Pedido CH-1: Cancelado\n\nCliente: Carla Dias (+5521988880003)')]);
		}
		expect(await ticket('generic/pedido-CH-1')).toMatchObject({ number: 'CH-1', status: 'Cancelado', state: 'closed' });
		expect(await ticket('generic/os-CH-1')).toMatchObject({ number: '1001', status: 'Aberta', state: 'open' });
		await heard(carla, []);
	});

	it('names the statuses of Bling to the customer, and keeps to itself what is only a code (V-08)', async () => {
		const before = outbox();
		const changed = (id: number) => {
			const { data, ...body } = sample('bling-order-created');
			return { ...body, eventId: `mudou-${id}`, event: 'order.updated', data: { ...data, situacao: { id, valor: 1 } } };
		};
		for (const id of [6, 716906]) expect(await post('erp-bling-pedidos', changed(id))).toBe(200);
		const why = ['A linha deste passo não avisa', 'A etapa 716906 não tem nomeEtapa'];
		const untold = ({ motivo }: Json, begins: string) => String(motivo).startsWith(begins);
		for (const each of why) await seenInExecutions(rig, ordens.id, 'Sem aviso', (item) => untold(item, each));
		expect(outbox()).toBe(before);
		expect(await post('erp-bling-pedidos', changed(9))).toBe(200);
		await heard(BRUNO, [expect.stringContaining('O seu pedido 123 agora está assim: *Atendido*')]);
		const code = `bling/pedido-${changed(9).data.id}`;
		expect(await ticket(code)).toMatchObject({ number: '123', status: 'Atendido', state: 'open' });
	});

	it('messages nobody for what is no step of the table, or no news (V-08)', async () => {
		const before = outbox();
		const order = aboutOrder('7000');
		for (const body of [
			order.stage('99'),
			{ ping: 'omie' },
			sample('omie-contareceber-incluido'),
			{ ...sample('omie-ordemservico-incluida'), messageId: 'outra-entrega' },
		]) {
			expect(await post('erp-omie-os', body)).toBe(200);
		}
		expect(await post('erp-mercado-livre', { resource: '/orders/1', topic: 'orders_v2', user_id: 1 })).toBe(200);
		const { item } = await seenInExecutions(
			rig,
			ordens.id,
			'Sem aviso',
			({ envio }) => envio.chamado && envio.sistema === 'omie',
		);
		expect(item.motivo).toBe('Este passo não está na tabela: o chamado foi espelhado, ninguém recebe.');
		await seenInExecutions(rig, ordens.id, 'Sem aviso', ({ envio }) => envio.sistema === 'mercadoLivre');
		expect(await ticket('omie/os-7000')).toMatchObject({ status: '99', state: 'open' });
		const ignored = await Promise.all(
			['ping', 'charge.created', 'service_order.opened'].map(async (kind) => {
				const seen = await seenInExecutions(rig, ordens.id, 'Ignorados', (each) => each.kind === kind);
				return [seen.item.outcome, seen.item.reason];
			}),
		);
		expect(ignored).toEqual([
			['ignored', 'Teste de endereço da Omie: chegou bem.'],
			['ignored', 'charge.created não está entre os eventos escolhidos neste nó.'],
			['duplicate', 'O mesmo fato já chegou em outro aviso deste ERP.'],
		]);
		expect(outbox()).toBe(before);
	});

	it('tells each step once, delivered twice, at once and out of order (V-13, V-18)', async () => {
		const count = 12;
		const orders = Array.from({ length: count }, (_, n) => aboutOrder(String(8000 + n)));
		const before = outbox();
		// Every second order ends before it is told of as opened.
		const answers = await Promise.all(
			orders
				.flatMap(({ opened, closed }, n) => (n % 2 === 0 ? [opened, opened] : [closed, closed]))
				.map((body) => post('erp-omie-os', body)),
		);
		expect(new Set(answers)).toEqual(new Set([200]));
		const late = orders.filter((_, n) => n % 2 === 1);
		await Promise.all(late.map(({ opened }) => post('erp-omie-os', opened)));
		const last = aboutOrder('8999');
		await post('erp-omie-os', last.closed);
		// Customer and two of the team, for each order and the last one.
		const sent = before + (count + 1) * 3;
		await until('the last order', async () => (heardOf('8999').length === 1 && outbox() >= sent ? true : undefined));

		const told = orders.map((_, n) => heardOf(String(8000 + n)));
		expect(told).toEqual(
			orders.map((_, n) => [expect.stringContaining(n % 2 === 0 ? 'Registramos a ordem' : 'foi concluída em')]),
		);
		expect(outbox()).toBe(sent);
		const states = rig.rows("select state from ticket where code between 'os-8000' and 'os-8011' order by code");
		expect(states.map(({ state }) => state)).toEqual(orders.map((_, n) => (n % 2 === 0 ? 'open' : 'closed')));
		const stale = rig.rows("select reason from erp_event where outcome = 'stale'");
		expect(stale.map(({ reason }) => reason)).toEqual(late.map(() => expect.stringContaining('fora de ordem')));
		for (const phone of [ANA, ...TEAM]) await rest(phone, count + 1);
	});

	it.each(Object.entries(SAMPLES).flatMap(([id, names]) => names.map((name) => [name, id])))(
		'refuses %s cut short or wrongly signed, and sends nothing',
		async (name, webhookId) => {
			const before = outbox();
			const body = erpSample(name);
			// n8n itself answers what is no JSON at all.
			expect(await post(webhookId, body.subarray(0, body.length - 20))).toBe(422);
			expect(await post(webhookId, body, 'some-other-secret')).toBe(401);
			expect(await post(webhookId, {})).toBe(400);
			expect(outbox()).toBe(before);
		},
	);

	it('does what the table says once a supervisor has changed it, and names a step that does not exist (V-08)', async () => {
		const passos = [
			{
				evento: 'service_order.opened',
				modeloCliente: '',
				avisarEquipe: 'sim',
				assuntoEquipe: 'chegou a OS [os] de [nome]',
			},
			{
				evento: 'service_order.stage_changed',
				etapa: 'X',
				nomeEtapa: 'Em teste',
				modeloCliente: 'aviso_os',
				variaveis: { numero: 'nº [os]' },
			},
		];
		const stored = rig.n8n.workflows[1]!;
		await republish(rig, configured(stored as never, { equipe: '(11) 90000-0001', passos }) as Json, {});
		const order = aboutOrder('9001');
		await post('erp-omie-os', order.opened);
		await post('erp-omie-os', order.stage('x'));
		const [told] = await rest(ANA, 1);
		expect(told).toContain('Olá Ana Souza, a sua ordem de serviço nº 9001 mudou para: *Em teste*');
		await heard(TEAM[0], [expect.stringContaining('Aviso para a equipe: chegou a OS 9001 de Ana Souza')]);

		await republish(rig, configured(stored as never, { passos: [{ evento: 'os.aberta' }] }) as Json, {});
		await post('erp-omie-os', aboutOrder('9002').opened);
		const failed = await until('the failed run', async () => rig.timeline('erpRunFailed')[0]);
		expect(failed.text).toContain('O fluxo "20 · ERP: ordens de serviço e pedidos" falhou');
		const runs = await rig.n8n.rest.executions.list({ workflowId: ordens.id });
		const { data } = await rig.n8n.rest.executions.get(runs.find(({ status }: Json) => status === 'error')!.id);
		expect(data.resultData.error.message).toContain('"os.aberta" não é um acontecimento. Use um destes:');
	});

	it('shows the story of a ticket on a page, and its parts in the editor (V-12, V-18)', async () => {
		await open('historia-do-chamado');
		await page.locator('input[type="text"]').fill('1001');
		await page.getByRole('button', { name: 'Ver' }).click();
		await page.getByRole('heading', { name: 'Chamado 1001' }).waitFor();
		expect(await page.locator('tbody tr').allInnerTexts()).toEqual(
			expect.arrayContaining([
				'Descrição do produto\tGeladeira Frost Free 400 L',
				'Problema\tNão gela',
				'Prioridade\tcrítica',
			]),
		);
		const lines = await page.locator('li').allInnerTexts();
		expect(lines[0]).toMatch(/ · Chamado 1001 aberto: Geladeira Frost Free 400 L · Não gela\.$/);
		expect(lines.filter((line) => line.includes('Enviada: o WhatsApp aceitou'))).toHaveLength(3);
		await screenshot(page, 'ticket-story', { fullPage: true });

		await open('historia-do-chamado');
		await page.locator('input[type="text"]').fill('nunca visto');
		await page.getByRole('button', { name: 'Ver' }).click();
		await page.getByRole('heading', { name: 'Chamado não encontrado' }).waitFor();

		await page.setViewportSize({ width: 1900, height: 1100 });
		await openWorkflow(page, rig.n8n, ordens.id);
		await screenshot(page, 'workflow-20');
	});

	it('creates the templates it needs, and leaves those that exist as they are (V-17)', async () => {
		const names = ['os_aberta', 'os_etapa', 'os_concluida', 'pedido_situacao', 'equipe_aviso'];
		const own = ordens.nodes.filter(({ parameters }: Json) => parameters.operation === 'create');
		expect(own.map(({ parameters }: Json) => [parameters.name, parameters.body])).toEqual(
			names.map((name) => [name, bodyOf(name)]),
		);
		const { executionId } = await rig.n8n.rest.workflows.run(ordens.id, 'Ao clicar em Execute');
		const { data } = await ended(rig, executionId!);
		for (const name of names) {
			expect(itemsOf(data, `Criar ${name}`)).toMatchObject([{ error: expect.stringContaining('was not created') }]);
		}
	});

	// ---------------------------------------------------------------- what ERPs do, and what is seen

	const seen = new Map<string, number>();

	function post(webhookId: string, body: Json | string | Buffer, secret?: string): Promise<number> {
		return deliver(rig.n8n.webhookUrl, webhookId, body, secret);
	}

	/** What a phone got since it was looked at last: these, and nothing else. */
	async function heard(phone: string, expected: unknown[]): Promise<void> {
		expect(await rest(phone, expected.length)).toEqual(expected);
	}

	async function rest(phone: string, atLeast: number): Promise<string[]> {
		const before = seen.get(phone) ?? 0;
		if (atLeast > 0) await rig.simulator.admin.waitForReplies(phone, before + atLeast, { timeoutMs: 30_000 });
		const all = await rig.simulator.admin.messages(phone, { from: 'business' });
		seen.set(phone, all.length);
		return all.slice(before).map(({ text }) => text);
	}

	/** What the customer was told of an order, as it left. */
	function heardOf(order: string): string[] {
		return rig
			.rows("select content from outbox where status = 'sent' and address = ? order by created_at", ANA)
			.map(({ content }) => String(JSON.parse(String(content)).text))
			.filter((text) => text.includes(`ordem de serviço ${order} `));
	}

	function outbox(): number {
		return Number(rig.rows('select count(*) as n from outbox')[0]!.n);
	}

	async function ticket(ref: string): Promise<Json> {
		return await until(`the ticket ${ref}`, async () => {
			const [found] = await useDesk(rig, { resource: 'ticket', operation: 'get', ticket: ref }).catch(() => []);
			return found;
		});
	}

	async function story(ref: string): Promise<string[]> {
		const about = { resource: 'message', operation: 'getTimeline', about: 'ticket', ticket: ref, returnAll: true };
		return (await useDesk(rig, about)).map(({ text }) => text);
	}

	async function open(path: string): Promise<void> {
		await page.goto(`${editorUrl(rig.n8n)}/form/${path}`);
		const form = page.locator('form#n8n-form');
		const login = page.locator('input[type="password"]');
		const allow = page.getByText('Allow access');
		await form.or(login).or(allow).first().waitFor();
		if (await login.isVisible()) {
			await fillLogin(page, rig.n8n);
			await allow.or(form).first().waitFor();
		}
		if (await allow.isVisible()) await allow.click();
		await form.waitFor();
	}
});

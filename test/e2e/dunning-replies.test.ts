import { DateTime } from 'luxon';
import type { Browser, Page } from 'playwright-core';
import central from '../../workflows/00-central.json';
import triagem from '../../workflows/01-triagem.json';
import regua from '../../workflows/30-regua-de-cobranca.json';
import relatorio from '../../workflows/31-relatorio-de-cobranca.json';
import { addBankDays, isBankDay } from '../../engine/business-hours/bank-days';
import { openAllDay } from '../../scripts/lib/demo.mjs';
import { DUNNING_TEMPLATES } from '../../simulator/templates/seeds-dunning';
import { openBrowser, screenshot } from '../support/chromium';
import { Customers } from '../support/customers';
import { ended, itemsOf, republish, until, useDesk } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { openWorkflow } from '../support/editor';
import { heading, openForm, tableRows } from '../support/form-page';
import { ladderWorkflow, withSetting, type ExtraTitle } from '../support/ladder-workflow';

type Json = Record<string, any>;

const today = DateTime.now().setZone('America/Sao_Paulo').startOf('day');
const day = (days: number) => today.plus({ days }).toFormat('dd/MM/yyyy');
const CREDITOR = '11222333000181';

const TEAM = '5511900009999';
const ANA = '5511900000001';
const BRUNO = '5521900000002';
const CARLA = '5531900000003';
const DAVI = '5541900000004';
const ELISA = '5551900000006';
const FABIO = '5561900000007';
const TIAGO = '5511900000023';
const VERA = '5511900000024';
const MORE: ExtraTitle[] = [
	['2003', -6, 'Tiago Luz', '(11) 90000-0023'],
	['2004', -8, 'Vera Cruz', '(11) 90000-0024'],
];
const REMINDED = [ANA, BRUNO, CARLA, DAVI, ELISA, FABIO, TIAGO, VERA];

const isSettings = ({ name }: { name: string }) => name === 'Configuração';

describe('answers to the shipped payment ladder in a real n8n, beside the triage', () => {
	let rig: E2eRig;
	let browser: Browser;
	let page: Page;
	let customers: Customers;
	/** What the ERP gave. */
	let titles: Json[];

	beforeAll(async () => {
		// Whoever lives in Acre has to wait, at whatever hour this runs.
		const acreOpens = DateTime.now().setZone('America/Rio_Branco').startOf('hour').plus({ hours: 2 });
		const ladder = ladderWorkflow({ phone: TEAM, acreOpens, titles: MORE });
		const nodes = relatorio.nodes.map((node: Json) =>
			isSettings(node as { name: string })
				? { ...node, parameters: withSetting(node.parameters, 'config.telefoneDoGestor', TEAM) }
				: node,
		);
		const workflows = [central, openAllDay(triagem), ladder, { ...relatorio, nodes }];
		rig = await startE2eRig({ workflows, templates: DUNNING_TEMPLATES });
		browser = await openBrowser();
		customers = new Customers(rig, browser);
		page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
		const { executionId } = await rig.n8n.rest.workflows.run(regua.id, 'Rodar agora');
		const { data } = await ended(rig, executionId!);
		titles = itemsOf(data, 'Títulos em aberto');
		for (const waId of REMINDED) await rig.simulator.admin.waitForReplies(waId, 1);
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('puts who wants to talk into a queue that no menu has shown yet, and only then says so (B-43, B-62)', async () => {
		expect(await queues()).toEqual([]);
		expect(await customers.tap(TIAGO, 'Falar com a equipe')).toEqual([await handedOn(TIAGO)]);
		expect(await customers.tap(ELISA, 'Ver condições')).toEqual([await handedOn(ELISA)]);
		for (const waId of [TIAGO, ELISA]) {
			expect(await customers.conversation(waId)).toMatchObject({ state: 'queued', queue: 'financeiro' });
		}
		expect(await queues()).toEqual(['1 financeiro Financeiro']);
		expect(rig.timeline('queueCreated').map(({ text }) => text)).toEqual([
			'Fila "Financeiro" criada com o número 1: nenhum menu a tinha mostrado ainda.',
		]);
	});

	it('a dispute rests the reminders and waits in the queue, with a protocol for the customer (B-62)', async () => {
		const answers = await customers.tap(FABIO, 'Não reconheço');
		const { protocolNumber, state, queue } = await customers.conversation(FABIO);
		expect(answers).toEqual([
			`Entendido. Suspendemos os lembretes desta fatura e nossa equipe vai analisar. Protocolo ${protocolNumber}.`,
		]);
		expect({ state, queue }).toEqual({ state: 'queued', queue: 'financeiro' });
		expect(await receivable('get', '1007')).toMatchObject({ state: 'disputed' });
		expect(await rig.n8n.rest.executions.list({ workflowId: triagem.id })).toEqual([]);
	});

	it('tells the team what was held for it, and lets the triage number the queue (B-43, B-48)', async () => {
		// The team writes for the first time: the triage answers, and what was held for it arrives.
		const heard = await customers.say(TEAM, 'Oi', 2);
		expect(heard).toContainEqual(
			expect.stringMatching(/^💬 \*Fábio Nunes\* \(\+5561900000007\) não reconhece NF 1007 \(.+\)\. Protocolo \S+\.$/),
		);
		expect(await queues()).toEqual(['1 comercial Comercial', '2 suporte Suporte', '3 financeiro Financeiro']);
	});

	it('"já paguei" rests the reminders until somebody has checked', async () => {
		expect(await customers.tap(CARLA, 'Já paguei')).toEqual([
			'Obrigado! Pausamos os avisos enquanto conferimos. O banco pode levar até 2 dias úteis para informar o pagamento.',
		]);
		expect(await receivable('get', '1003')).toMatchObject({ state: 'claimedPaid' });
		expect(await noticeOf('1003')).toMatch(
			/^💬 \*Carla Dias\* \(\+5531900000003\) diz que já pagou NF 1003 \(.+\)\. Protocolo \S+\.$/,
		);
	});

	it('"2ª via" brings the codes as messages of their own, and the QR (B-07)', async () => {
		const title = titles.find(({ titulo }) => titulo === '1001')!;
		const answers = await customers.say(ANA, '2ª via', 4);
		expect(answers).toEqual([
			`Segunda via da fatura NF 1001, com vencimento em ${day(3)} e valor de R$ 459,90. Os códigos vão nas próximas mensagens, prontos para copiar.`,
			title.boleto,
			title.pix,
			'QR do Pix da fatura NF 1001',
		]);
		const qr = (await rig.simulator.admin.messages(ANA, { from: 'business' })).at(-1)!;
		expect(qr.type).toBe('image');
		await customers.photograph(ANA, 'dunning-second-copy');
	});

	it('offers the next bank days, and writes the chosen one down as a promise', async () => {
		expect(await customers.tap(DAVI, 'Combinar data')).toEqual(['Em que dia fica bom para você?']);
		const menu = (await rig.simulator.admin.messages(DAVI, { from: 'business' })).at(-1)!;
		const days = [1, 2, 3, 4, 5]
			.map((n) => addBankDays(today.toISODate()!, n))
			.filter((date) => date <= today.plus({ days: 10 }).toISODate()!);
		// Each date names the reminder it is for.
		const ids = days.map((date) => expect.stringMatching(new RegExp(`^regua:data:${date}:out_\\w+$`)) as string);
		expect(menu.options.map(({ id }) => id)).toEqual(ids);
		expect(menu.options[0]!.title).toBe(DateTime.fromISO(days[0]!).setLocale('pt-BR').toFormat('cccc, dd/MM'));
		const written = days[1]!.split('-').reverse().join('/');
		expect(await customers.tap(DAVI, menu.options[1]!.id)).toEqual([
			`Combinado: pagamento previsto para ${written}. Não enviaremos avisos até lá.`,
		]);
		for (const invoice of ['1004', '1005']) {
			expect(await receivable('get', invoice)).toMatchObject({ state: 'promised', promiseDate: days[1] });
		}
		await customers.photograph(DAVI, 'dunning-promise');
	});

	it('explains a date that is too far ahead and hands the conversation to the team', async () => {
		await customers.tap(VERA, 'Combinar data');
		const protocol = (await customers.conversation(VERA)).protocolNumber;
		expect(await customers.say(VERA, today.plus({ days: 30 }).toFormat('dd/MM/yyyy'))).toEqual([
			`Por aqui consigo anotar datas até ${today.plus({ days: 10 }).toFormat('dd/MM')}. Para uma data depois disso, encaminhei sua conversa para Financeiro. Protocolo ${protocol}.`,
		]);
		await untilQueued(VERA);
		expect(await receivable('get', '2004')).toMatchObject({ state: 'open', promises: 0 });
	});

	it('apologises to the wrong person and never writes there about this payer again', async () => {
		expect(await customers.say(BRUNO, 'Número errado')).toEqual([
			'Obrigado por avisar e desculpe o incômodo. Retiramos este número do cadastro.',
		]);
		expect(await receivable('get', '1002')).toMatchObject({ state: 'wrongPerson' });
	});

	it('has answered each of them once, and kept the triage out of it (D-07)', async () => {
		await rig.simulator.admin.waitForIdleWebhooks();
		const counts = await Promise.all(REMINDED.map(async (waId) => (await customers.heard(waId)).length));
		// The reminder and what came after it: Ana's four codes, Davi's and Vera's dates.
		expect(counts).toEqual([5, 2, 2, 3, 2, 2, 2, 3]);
		expect(await rig.n8n.rest.executions.list({ workflowId: triagem.id })).toHaveLength(1);
	});

	it('tells the story of an invoice on a page (V-12)', async () => {
		await openForm(page, rig.n8n, 'historia-da-fatura');
		await page.locator('input[type="text"]').fill('nf 1003');
		await page.getByRole('button', { name: 'Ver' }).click();
		await heading(page, 'NF 1003');
		await page.getByText('Situação: em conferência: o cliente diz que pagou').waitFor();
		const lines = (await tableRows(page)).map(([, text]) => text);
		expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^Para Carla Dias, .+: Enviada/)]));
		expect(lines).toContain('O pagador respondeu "Já paguei" ao lembrete da fatura NF 1003.');
		await screenshot(page, 'dunning-story', { fullPage: true });

		await openForm(page, rig.n8n, 'historia-da-fatura');
		await page.locator('input[type="text"]').fill('9999');
		await page.getByRole('button', { name: 'Ver' }).click();
		await heading(page, 'Nada encontrado');
	});

	it('reports what each step brought, on a page and to the manager (X-09)', async () => {
		await receivable('settle', '1003', { paidCents: 32_000 });
		await openForm(page, rig.n8n, 'relatorio-de-cobranca');
		for (const i of [0, 1]) await page.locator('input[type="date"]').nth(i).fill(today.toISODate()!);
		await page.locator('select').selectOption('Sim');
		await page.getByRole('button', { name: 'Ver' }).click();
		await heading(page, `Cobrança em ${day(0)}`);
		await page.getByText('O resumo vai também ao gestor por WhatsApp.').waitFor();
		await screenshot(page, 'dunning-report', { fullPage: true });
		const none = 'R$ 0,00';
		const steps = [
			...(isBankDay(today.toISODate()!)
				? [row('3 dias antes do vencimento', 1, 1), row('no vencimento', 1, 1)]
				: [row('3 dias antes do vencimento', 2, 2)]),
			// Davi's two invoices were told by one message, each with its own step.
			row('2º dia útil após o vencimento', 3, 3, ['1 de 3', 'R$ 320,00']),
			row('7 dias após o vencimento', 2, 2),
			row('15 dias após o vencimento', 1, 1),
			row('30 dias após o vencimento', 1, 1),
			row('Total', 8, 8, ['1 de 9', 'R$ 320,00']),
		];
		expect(await tableRows(page)).toEqual(steps);
		function row(step: string, count: number, replied: number, paid = [`0 de ${count}`, none]) {
			const [reminders, answered] = [String(count), String(replied)];
			return [step, reminders, reminders, reminders, answered, '0', ...paid, expect.stringMatching(/^US\$ 0,\d+$/)];
		}
		const text = await until('the report for the manager', async () => {
			const last = await customers.lastHeard(TEAM);
			return last.startsWith('*Cobrança') ? last : undefined;
		});
		expect(text).toContain('Recuperado: R$ 320,00 em 1 fatura de 9 lembradas');
	});

	it('says on the page that no manager can be told without a phone, and where to write it', async () => {
		await republish(rig, rig.n8n.workflows[3]!, { Configuração: relatorio.nodes.find(isSettings)!.parameters as Json });
		await openForm(page, rig.n8n, 'relatorio-de-cobranca');
		for (const i of [0, 1]) await page.locator('input[type="date"]').nth(i).fill(today.toISODate()!);
		await page.locator('select').selectOption('Sim');
		await page.getByRole('button', { name: 'Ver' }).click();
		await heading(page, `Cobrança em ${day(0)}`);
		await page.getByText('⚠️ Nada foi enviado ao gestor: falta o telefone.').waitFor();
		await screenshot(page, 'dunning-report-no-phone', { fullPage: true });
	});

	it('promises no queue when the transfer fails, and tells the team (B-62)', async () => {
		const stored = rig.n8n.workflows[2]!;
		const settings = withSetting(stored.nodes.find(isSettings).parameters, 'config.fila', 'Financeíro');
		await republish(rig, stored, { Configuração: settings });
		const answers = await customers.say(CARLA, 'Falar com a equipe');
		const { protocolNumber, state, queue } = await customers.conversation(CARLA);
		expect(answers).toEqual([
			`Obrigado! Recebemos sua resposta e nossa equipe vai dar sequência. Protocolo ${protocolNumber}.`,
		]);
		expect({ state, queue }).toEqual({ state: 'triage', queue: null });
		expect(await noticeOf('1003')).toContain('*Carla Dias* (+5531900000003) quer falar com a equipe sobre NF 1003');
		expect(await queues()).toHaveLength(3);
	});

	it('shows the report workflow in the editor', async () => {
		await page.setViewportSize({ width: 1900, height: 900 });
		await openWorkflow(page, rig.n8n, relatorio.id);
		await screenshot(page, 'workflow-31');
	});

	// ---------------------------------------------------------------- what happens, and what is seen

	async function noticeOf(invoice: string): Promise<string> {
		return until(`the team's notice of ${invoice}`, async () => {
			const last = await customers.lastHeard(TEAM);
			return last.includes(`NF ${invoice}`) ? last : undefined;
		});
	}

	async function receivable(operation: string, invoice: string, options: Json = {}): Promise<Json> {
		const [found] = await useDesk(rig, { resource: 'receivable', operation, creditor: CREDITOR, invoice, options });
		return found!;
	}

	/** "number name display name", in the order of the menu. */
	async function queues(): Promise<string[]> {
		const found = await useDesk(rig, { resource: 'queue', operation: 'getMany', returnAll: true });
		return found.filter(({ name }) => name).map(({ number, name, displayName }) => `${number} ${name} ${displayName}`);
	}

	async function handedOn(waId: string): Promise<string> {
		const { protocolNumber } = await customers.conversation(waId);
		return `Obrigado! Encaminhei sua conversa para Financeiro. Protocolo ${protocolNumber}. Responderemos em seguida.`;
	}

	async function untilQueued(waId: string): Promise<void> {
		await until(`${waId} in the queue`, async () => {
			const { state, queue } = await customers.conversation(waId);
			return state === 'queued' && queue === 'financeiro' ? true : undefined;
		});
	}
});

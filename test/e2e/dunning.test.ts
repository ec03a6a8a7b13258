import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DateTime } from 'luxon';
import type { Browser, Page } from 'playwright-core';
import central from '../../workflows/00-central.json';
import triagem from '../../workflows/01-triagem.json';
import regua from '../../workflows/30-regua-de-cobranca.json';
import { isBankDay } from '../../engine/business-hours/bank-days';
import { openAllDay } from '../../scripts/lib/demo.mjs';
import { DUNNING_TEMPLATES } from '../../simulator/templates/seeds-dunning';
import { openBrowser, screenshot } from '../support/chromium';
import { Customers } from '../support/customers';
import { demoCredentials } from '../support/demo-credentials';
import { ended, itemsOf, republish, until, useDesk } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { openWorkflow } from '../support/editor';
import { heading, openForm, tableRows } from '../support/form-page';
import {
	filledTemplate,
	ladderWorkflow,
	startErp,
	withSetting,
	wordsOf,
	type ExtraTitle,
} from '../support/ladder-workflow';
import { readPdf } from '../support/read-pdf';

type Json = Record<string, any>;

const SAO_PAULO = 'America/Sao_Paulo';
const now = DateTime.now();
const today = now.setZone(SAO_PAULO).startOf('day');
const day = (days: number) => today.plus({ days }).toFormat('dd/MM/yyyy');
const opening = now.setZone('America/Rio_Branco').startOf('hour').plus({ hours: 2 });
const CREDITOR = '11222333000181';
const FOOTER = 'Empresa Demonstração · CNPJ 11.222.333/0001-81 · Rua das Flores, 10, São Paulo/SP';

const TEAM = '5511900009999';
const ANA = '5511900000001';
const BRUNO = '5521900000002';
const CARLA = '5531900000003';
const DAVI = '5541900000004';
const ELISA = '5551900000006';
const FABIO = '5561900000007';
const RITA = '5568900000012';
/** Pays while the ladder runs: as the ERP tells when it is asked again, and as the desk hears meanwhile. */
const NILO = '5511900000021';
const OLGA = '5511900000022';
const TIAGO = '5511900000023';
const VERA = '5511900000024';
/** Did not pay on the day that was promised. */
const ZECA = '5511900000025';
const MORE: ExtraTitle[] = [
	['2001', -6, 'Nilo Braga', '(11) 90000-0021'],
	['2002', -6, 'Olga Pires', '(11) 90000-0022'],
	['2003', -6, 'Tiago Luz', '(11) 90000-0023'],
	['2004', -8, 'Vera Cruz', '(11) 90000-0024'],
	['2005', -16, 'Zeca Moura', '(11) 90000-0025'],
	// Not promised, and not due yet.
	['2006', 3, 'Zeca Moura', '(11) 90000-0025'],
];
const REMINDED = [ANA, BRUNO, CARLA, DAVI, ELISA, FABIO, TIAGO, VERA, ZECA];

describe('the shipped payment ladder in a real n8n', () => {
	let rig: E2eRig;
	let browser: Browser;
	let page: Page;
	let customers: Customers;
	let erp: Awaited<ReturnType<typeof startErp>>;
	/** What the planner and the nodes behind it made of the first run. */
	let run: Json;

	beforeAll(async () => {
		erp = await startErp(situationOf);
		const ladder = ladderWorkflow({ phone: TEAM, acreOpens: opening, erp: erp.url, titles: MORE });
		rig = await startE2eRig({ workflows: [central, openAllDay(triagem), ladder] });
		browser = await openBrowser();
		customers = new Customers(rig, browser);
		page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
		erp?.close();
	});

	/** Between planning and sending one invoice is paid at the ERP, and the desk hears of the payment of another. */
	async function situationOf(invoice: string): Promise<string> {
		if (invoice === '2002') await receivable('settle', invoice);
		return invoice === '2001' ? 'pago' : 'aberto';
	}

	it('rehearses although the templates cannot be listed, and says what to choose (X-04)', async () => {
		const stored = rig.n8n.workflows[2]!;
		const data = { ...demoCredentials(rig.simulator.url), accessToken: 'revoked' };
		const { id, name } = await rig.n8n.rest.credentials.put({ name: 'Sem acesso', type: 'whatsAppCloudApi', data });
		const nodes = stored.nodes.map((node: Json) =>
			node.name === 'Modelos do número' ? { ...node, credentials: { whatsAppCloudApi: { id, name } } } : node,
		);
		await republish(rig, { ...stored, nodes }, {});
		await rehearse();
		await page.getByText('⚠️ Os modelos não puderam ser conferidos. Escolha a credencial WhatsApp Cloud API').waitFor();
		expect((await templateRow('Lembrete')).slice(2)).toEqual(['regua_lembrete (pt_BR)', 'não conferido']);
		await screenshot(page, 'dunning-rehearsal-no-access', { fullPage: true });
		await republish(rig, stored, {});
	});

	it('shows in the rehearsal which template each step lacks (X-04, C-26)', async () => {
		await rehearse();
		await page.getByText('⚠️ 7 modelos precisam de atenção antes de enviar: veja a tabela Modelos.').waitFor();
		expect(await templateRow('Lembrete')).toEqual([
			'Lembrete',
			'3 dias antes',
			'regua_lembrete (pt_BR)',
			'⚠️ não existe: crie-o (Criar os modelos) ou corrija o nome em Configuração',
		]);
		expect(await templateRow('Com uma pessoa')).toEqual(['Com uma pessoa', '45 dias depois', '–', 'uma pessoa cuida']);
		await page.getByText('⚠️ O horário de contato não é o padrão (seg a sex, das 09:00 às 18:00).').waitFor();
		expect(await page.getByText('Falta o telefone da equipe').count()).toBe(0);
		await screenshot(page, 'dunning-rehearsal-no-templates', { fullPage: true });
	});

	it('creates its templates with the words of the demonstration (B-09)', async () => {
		const data = await runBy('Criar os modelos');
		expect(
			Object.keys(data.resultData.runData)
				.flatMap((name) => itemsOf(data, name))
				.filter(({ error }) => error),
		).toEqual([]);
		const { admin } = rig.simulator;
		await rehearse();
		expect((await templateRow('Vence hoje'))[3]).toBe('⚠️ em análise pela Meta: só modelos aprovados saem');
		for (const { name, category, components } of DUNNING_TEMPLATES) {
			const [made] = await admin.templates({ name });
			expect(made).toMatchObject({ status: 'PENDING', category });
			expect(wordsOf(made!.components)).toEqual(wordsOf(components));
			await admin.approveTemplate(name);
		}
		const approved = async () =>
			rig.timeline('templateApproved').length === DUNNING_TEMPLATES.length ? true : undefined;
		await until('the approvals', approved);
	});

	it('rehearses a day on a page and sends nothing (X-04)', async () => {
		await rehearse();
		await screenshot(page, 'dunning-rehearsal', { fullPage: true });
		const rows = await tableRows(page);
		expect(await page.locator('li').allTextContents()).toEqual([
			'📤 Enviar agora: 11',
			'🕒 Depois: 1',
			'– Não enviar: 3',
			'👤 Uma pessoa: 1',
		]);
		const row = (name: string) => rows.find((cells) => cells[1] === name);
		const states = rows.slice(-8).map(([step, , template, state]) => [step, template, state]);
		expect(states).toEqual([
			['Lembrete', 'regua_lembrete (pt_BR)', '✅ aprovado'],
			['Vence hoje', 'regua_vence_hoje (pt_BR)', '✅ aprovado'],
			['Em aberto', 'regua_em_aberto (pt_BR)', '✅ aprovado'],
			['Combinar data', 'regua_combinar_data (pt_BR)', '✅ aprovado'],
			['Condições', 'regua_condicoes (pt_BR)', '✅ aprovado'],
			['Demonstrativo', 'regua_demonstrativo (pt_BR)', '✅ aprovado'],
			['Com uma pessoa', '–', 'uma pessoa cuida'],
			['Promessa vencida', 'regua_promessa_vencida (pt_BR)', '✅ aprovado'],
		]);
		expect(row('Davi Rocha')).toEqual([
			'📤 Enviar agora Combinar data',
			'Davi Rocha',
			`NF 1004 ${day(-8)} NF 1005 ${day(-6)}`,
			'2 faturas em aberto (NF 1004, NF 1005), passo D+7; total R$ 300,40.',
		]);
		expect(row('Rita Gomes')![3]).toMatch(
			/^Adiado para .+ às \d\d:00 \(hora do Acre\): fora do horário permitido \(.+\)\.$/,
		);
		expect(row('Hugo Melo')![3]).toBe('Não possui telefone para envio de mensagem.');
		expect(row('Ivo Reis')![3]).toBe('A fatura NF 1010 está paga.');
		expect(row('Gisele Castro')![3]).toContain('Passo D+45 da fatura NF 1008');
		for (const waId of [...REMINDED, RITA]) expect(await customers.heard(waId)).toEqual([]);
		expect(rig.rows('select invoice from receivable')).toEqual([]);
	});

	it('sends each customer one message, worded by the step (B-09, X-04, C-25)', async () => {
		// The team writes first: what it is told later reaches it.
		await customers.say(TEAM, 'Oi');

		await promisedLastWeek('2005');
		run = await runBy('Rodar agora');
		const owed = new Map(itemsOf(run, 'Títulos em aberto').map((title) => [title.titulo, title]));
		const about = (...invoices: string[]) => {
			const titles = invoices.map((invoice) => owed.get(invoice)!);
			const total = titles.reduce((sum, { valor }) => sum + valor, 0);
			return {
				nome: titles[0]!.cliente.nome,
				fatura: titles.map(({ numero }) => numero).join(', '),
				vencimento: titles.map(({ vencimento }) => vencimento.split('-').reverse().join('/')).join(', '),
				valor: reais(total),
				pagamento: titles[0]!.pix,
				data_base: day(0),
				rodape: FOOTER,
			};
		};
		const dueToday = isBankDay(today.toISODate()!) ? 'regua_vence_hoje' : 'regua_lembrete';
		const expected: Array<[string, string, Json]> = [
			[ANA, 'regua_lembrete', about('1001')],
			[BRUNO, dueToday, about('1002')],
			[CARLA, 'regua_em_aberto', about('1003')],
			[DAVI, 'regua_combinar_data', about('1004', '1005')],
			[ELISA, 'regua_condicoes', about('1006')],
			[FABIO, 'regua_demonstrativo', about('1007')],
			[TIAGO, 'regua_em_aberto', about('2003')],
			[VERA, 'regua_combinar_data', about('2004')],
			[ZECA, 'regua_promessa_vencida', { ...about('2005'), data_promessa: day(-7) }],
		];
		for (const [waId, template, values] of expected) {
			const messages = await rig.simulator.admin.waitForReplies(waId, 1);
			expect(messages.map((message) => [message.template?.name, message.text])).toEqual([
				[template, filledTemplate(template, values)],
			]);
		}
		for (const waId of [RITA, NILO, OLGA]) expect(await customers.heard(waId)).toEqual([]);
		await customers.photograph(DAVI, 'dunning-phone');
	});

	it('sends the statement as a PDF that names the creditor and every title (C-01)', async () => {
		const [message] = await rig.simulator.admin.messages(FABIO);
		const header = (message!.content as Json).components.find(({ type }: Json) => type === 'header');
		const { id, filename } = header.parameters[0].document;
		expect(filename).toMatch(/\.pdf$/);
		const file = await fetch(`${rig.simulator.url}/admin/media/${id}`);
		const { pages } = await readPdf(Buffer.from(await file.arrayBuffer()));
		const text = pages.map((each) => each.text).join('\n');
		for (const part of [
			'NF 1007',
			'R$ 1.250,00',
			'Fábio Nunes',
			'***.001.006-**',
			'11.222.333/0001-81',
			'Rua das Flores, 10',
		]) {
			expect(text).toContain(part);
		}
		expect(text).not.toContain('900.001.006-33');
	});

	it('does not charge who paid between planning and sending (X-04, D-34)', async () => {
		const stopped = itemsOf(run, 'Não cobrar');
		expect(stopped.map(({ name, open, reason, erp: asked }) => [name, open, reason, asked])).toEqual([
			['Nilo Braga', true, expect.anything(), { aberto: false, motivo: 'No ERP, NF 2001: pago.' }],
			['Olga Pires', false, 'Não lembrar: a fatura 2002 já foi paga.', { aberto: true, motivo: '' }],
		]);
	});

	it('explains who is told later, not at all, or by a person (X-03, V-11)', async () => {
		const explained = (node: string) =>
			itemsOf(run, node).map(({ name, code, explanation }) => [name, code, explanation]);
		const [later] = itemsOf(run, 'Depois');
		expect([later!.name, later!.at]).toEqual(['Rita Gomes', opening.toUTC().toISO()]);
		expect(later!.explanation).toMatch(
			new RegExp(
				`^Adiado para ${opening.toFormat('dd/MM/yyyy')} às ${opening.toFormat('HH:mm')} \\(hora do Acre\\): fora do horário`,
			),
		);
		expect(explained('Nada a enviar')).toEqual([
			['Hugo Melo', 'noPhone', 'Não possui telefone para envio de mensagem.'],
			['Ivo Reis', 'paid', 'Ignorado: a fatura NF 1010 está paga.'],
			['Joana Alves', 'notDue', expect.stringMatching(/^Ignorado: nada a enviar hoje; próximo passo D-3 em /)],
		]);
		expect(itemsOf(run, 'Passar a uma pessoa')).toMatchObject([{ invoice: '1008', state: 'human', result: 'changed' }]);
		expect(await customers.lastHeard(TEAM)).toBe(
			`👤 *Régua de cobrança*\n• Gisele Castro: Para uma pessoa: passo D+45 da fatura NF 1008, vencimento ${day(-46)}, R$ 640,00.`,
		);
	});

	it('sends nothing again when it runs again (D-34)', async () => {
		const again = await runBy('Rodar agora');
		expect(Object.keys(again.resultData.runData)).not.toContain('Enviar o aviso');
		const reasons = itemsOf(again, 'Nada a enviar').map(({ name, code }) => `${name} ${code}`);
		expect(reasons).toEqual(
			expect.arrayContaining(['Ana Souza alreadySent', 'Fábio Nunes alreadySent', 'Olga Pires paid']),
		);
		expect(itemsOf(again, 'Passar a uma pessoa')).toMatchObject([{ invoice: '1008', result: 'unchanged' }]);
		for (const waId of REMINDED) expect(await customers.heard(waId)).toHaveLength(1);
		expect(await customers.heard(TEAM)).toHaveLength(2);
	});

	it('says on the page and in the run where a broken ladder is to be mended', async () => {
		const stored = rig.n8n.workflows[2]!;
		const { parameters } = stored.nodes.find(({ name }: Json) => name === 'Configuração');
		const [, ladder] = /"config\.regua","value":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(parameters))!;
		const broken = (JSON.parse(ladder!) as string).replace('},\n  { "passo": "d+7"', '}\n  { "passo": "d+7"');
		await republish(rig, stored, { Configuração: withSetting(parameters, 'config.regua', broken) });
		await fillRehearsal();
		await heading(page, 'A régua não pôde ser ensaiada');
		await page.getByText('Confira config.regua no nó Configuração').waitFor();
		await page.getByText(/"Ladder \(JSON\)" is not valid JSON: .+ \(line 5, column 3/).waitFor();
		await screenshot(page, 'dunning-rehearsal-broken', { fullPage: true });
		const { executionId } = await rig.n8n.rest.workflows.run(regua.id, 'Rodar agora');
		const { data, status } = await ended(rig, executionId!);
		expect([status, data.resultData.error.message, data.resultData.lastNodeExecuted]).toEqual([
			'error',
			expect.stringMatching(/^"Ladder \(JSON\)" is not valid JSON: .+ \(line 5, column 3/),
			'Régua',
		]);
	});

	it('shows its zones side by side in the editor', async () => {
		await page.setViewportSize({ width: 1900, height: 1100 });
		await openWorkflow(page, rig.n8n, regua.id);
		await screenshot(page, 'workflow-30');
	});

	// ---------------------------------------------------------------- what happens, and what is seen

	/** Of this very minute. */
	async function rehearse(): Promise<void> {
		await heading(page, `${day(0)}, ${await fillRehearsal()}`);
	}

	/** @returns the hour that was asked for */
	async function fillRehearsal(): Promise<string> {
		await openForm(page, rig.n8n, 'ensaiar-regua');
		const time = now.setZone(SAO_PAULO).toFormat('HH:mm');
		await page.locator('input[type="date"]').fill(today.toISODate()!);
		await page.locator('input[type="text"]').fill(time);
		await page.getByRole('button', { name: 'Ensaiar' }).click();
		return time;
	}

	async function templateRow(step: string): Promise<string[]> {
		return (await tableRows(page)).find((cells) => cells[0] === step && cells.length === 4)!;
	}

	async function runBy(trigger: string): Promise<Json> {
		const { executionId } = await rig.n8n.rest.workflows.run(regua.id, trigger);
		const { data, status } = await ended(rig, executionId!);
		expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
		return data;
	}

	async function receivable(operation: string, invoice: string, options: Json = {}): Promise<Json> {
		const [found] = await useDesk(rig, { resource: 'receivable', operation, creditor: CREDITOR, invoice, options });
		return found!;
	}

	/** The customer named a day that has passed since: nobody can wait a week here, so it is written where the desk keeps it. */
	async function promisedLastWeek(invoice: string): Promise<void> {
		await useDesk(rig, {
			...{ resource: 'receivable', operation: 'recordPromise', creditor: CREDITOR, invoice },
			date: today.toISODate()!,
		});
		const database = new DatabaseSync(join(rig.n8n.userFolder, '.n8n', 'whatsapp-desk.sqlite'));
		const date = today.minus({ days: 7 }).toISODate()!;
		database.prepare('update receivable set promise_date = ? where invoice = ?').run(date, invoice);
		database.close();
	}
});

function reais(value: number): string {
	return value.toLocaleString('pt-BR', { style: 'currency', currency: 'BRL' }).replace(/\s/g, ' ');
}

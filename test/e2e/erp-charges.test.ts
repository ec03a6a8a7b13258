import type { Browser } from 'playwright-core';
import central from '../../workflows/00-central.json';
import cobrancas from '../../workflows/21-erp-cobranca-eventos.json';
import { ERP_CREDENTIAL } from '../../scripts/lib/demo.mjs';
import { DEMO_TEMPLATES } from '../../simulator/templates/seeds';
import { openBrowser, screenshot } from '../support/chromium';
import { ended, itemsOf, seenInExecutions, until, useDesk } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { logIn, openWorkflow } from '../support/editor';
import { erpSample } from '../support/erp';
import { configured, deliver } from '../support/erp-senders';
import { waitingReminder } from '../support/waiting-reminder';
import { PIX_CODES } from '../unit/engine/brazil/pix-vectors';

type Json = Record<string, any>;

const CREDITOR = '11222333000181';
const TEAM = '5511900000001';
/** Whom the samples are about, as ERPs and the company know them. */
const CUSTOMERS = {
	ana: { phone: '5511988880001', name: 'Ana Souza', erpIds: 'omie:6289226831' },
	carla: { phone: '5511988880003', name: 'Carla Dias', erpIds: 'asaas:cus_000000000001' },
	davi: { phone: '5511988880004', name: 'Davi Reis', erpIds: 'asaas:cus_000000000002' },
	kobana: { phone: '5511988880005', name: 'Boleto Simples', document: '05.813.794/0001-26' },
	elisa: { phone: '5511988880006', name: 'Elisa Prado', erpIds: 'odoo:14' },
	woovi: { phone: '5511988880007', name: 'Conta Pix', document: '74.866.698/0001-69' },
	fabio: { phone: '5511988880008', name: 'Fábio Nunes', erpIds: 'generic:F8' },
	gil: { phone: '5511988880009', name: 'Gil Torres', erpIds: 'generic:G9' },
};
type Customer = keyof typeof CUSTOMERS;

const REMINDER = waitingReminder(CREDITOR, CUSTOMERS.ana.phone);

const SAMPLES = {
	'erp-omie-cobranca': ['omie-contareceber-incluido', 'omie-contareceber-baixarealizada'],
	'erp-asaas': ['asaas-payment-overdue', 'asaas-payment-received'],
	'erp-kobana': ['kobana-bank-billet-paid'],
	'erp-bacen-pix': ['bacen-pix-recebido-lote'],
	'erp-woovi': ['woovi-charge-completed'],
	'erp-odoo': ['odoo-account-move-posted'],
} as const;

const sample = (name: string): Json => JSON.parse(erpSample(name).toString('utf8'));

/** What Asaas tells of a charge of Davi, made of the sample. */
const charge = (id: string, event: string, status: string, more: Json = {}): Json => {
	const { payment } = sample('asaas-payment-received');
	return { id: `evt_${id}_${event}`, event, payment: { ...payment, id, invoiceNumber: id, status, ...more } };
};

const thanks = (name: string, invoice: string, amount: string) =>
	`Olá, ${name}! Confirmamos o pagamento da fatura ${invoice}, no valor de ${amount}. Muito obrigado!`;
const bill = (name: string, invoice: string, due: string, amount: string, payment: string) =>
	`Olá, ${name}! Sua nova fatura já está disponível.\n\nFatura: ${invoice}\nVencimento: ${due}\nValor: ${amount}\n\nPara pagar: ${payment}\n\nQualquer divergência, responda esta mensagem.\n\nEmpresa Demonstração · CNPJ 11.222.333/0001-81 · Rua das Flores, 10, São Paulo/SP — Para não receber avisos por aqui, responda SAIR.`;
const ASK = 'responda esta mensagem e enviamos o boleto ou o Pix';

describe('the shipped workflow 21, told of charges and payments', () => {
	let rig: E2eRig;
	let browser: Browser;

	beforeAll(async () => {
		rig = await startE2eRig({
			workflows: [central, configured(cobrancas, { equipe: '(11) 90000-0001' }), REMINDER],
			credentials: [ERP_CREDENTIAL],
			templates: DEMO_TEMPLATES,
		});
		browser = await openBrowser();
		for (const { phone, name, ...options } of Object.values(CUSTOMERS)) {
			await useDesk(rig, { resource: 'contact', operation: 'upsert', phone, name, options });
		}
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('tells of a new charge, takes its reminder back when it is paid, and gives thanks once (B-08, B-09, D-34)', async () => {
		const { executionId } = await rig.n8n.rest.workflows.run(REMINDER.id, 'Ao clicar');
		const { data } = await ended(rig, executionId!);
		const [reminder] = itemsOf(data, 'Lembrar');
		expect(reminder!.delivery).toMatchObject({ status: 'queued' });

		expect(await post('erp-omie-cobranca', sample('omie-contareceber-incluido'))).toBe(200);
		await heard('ana', [bill('Ana Souza', 'RPS 9, parcela 001/002', '05/04/2023', 'R$ 1,75', ASK)]);
		expect(await post('erp-omie-cobranca', sample('omie-contareceber-baixarealizada'))).toBe(200);
		await heard('ana', [thanks('Ana Souza', 'RPS 9, parcela 001/002', 'R$ 1,75')]);
		expect(await receivable('6301384346')).toMatchObject({ state: 'paid', paidCents: 175, number: 'RPS 9' });
		const [taken] = rig.rows('select status, error_code, explanation from outbox where id = ?', reminder!.delivery.id);
		expect(taken).toMatchObject({ status: 'refused', error_code: 'cancelled' });
		expect(taken!.explanation).toBe('Cancelada: a fatura RPS 9 já foi paga.');

		const told = await story('6301384346');
		expect(told.filter((line) => line.includes('Enviada: o WhatsApp aceitou'))).toEqual([
			expect.stringContaining('"Olá, Ana Souza! Sua nova fatura'),
			expect.stringContaining('"Olá, Ana Souza! Confirmamos o pagamento'),
		]);
		expect(told).toContainEqual(expect.stringMatching(/^A fatura RPS 9 foi paga em .*: R\$ 1,75 \(aviso de Omie; /));
	});

	it('gives thanks once for what is confirmed first and received later, and leaves the overdue to the ladder (V-13)', async () => {
		expect(await post('erp-asaas', sample('asaas-payment-overdue'))).toBe(200);
		const { item } = await seenInExecutions(rig, cobrancas.id, 'Vencida: a régua fala', () => true);
		expect(item).toMatchObject({ kind: 'charge.overdue', amount: 'R$ 280,00' });

		const { payment } = sample('asaas-payment-received');
		const confirmed = { event: 'PAYMENT_CONFIRMED', payment: { ...payment, status: 'CONFIRMED' } };
		expect(await post('erp-asaas', confirmed)).toBe(200);
		await heard('davi', [thanks('Davi Reis', '00004721', 'R$ 360,00')]);
		expect(await post('erp-asaas', sample('asaas-payment-received'))).toBe(200);
		const again = await seenInExecutions(rig, cobrancas.id, 'Ignorados', ({ kind }) => kind === 'payment.received');
		expect(again.item).toMatchObject({ outcome: 'duplicate', sourceId: payment.id });
		await heard('davi', []);
		await heard('carla', []);
		expect(await receivable(payment.id)).toMatchObject({ state: 'paid', paidCents: 36_000 });
	});

	it('knows payers by their document, and says of whom it knows nobody that there is no phone (V-11, V-12)', async () => {
		expect(await post('erp-kobana', sample('kobana-bank-billet-paid'))).toBe(200);
		await heard('kobana', [thanks('Boleto Simples', '00002957', 'R$ 217,60')]);
		expect(await post('erp-woovi', sample('woovi-charge-completed'))).toBe(200);
		await heard('woovi', [thanks('Conta Pix', 'fatura-1042', 'R$ 16,00')]);
		expect(await post('erp-odoo', sample('odoo-account-move-posted'))).toBe(200);
		await heard('elisa', [bill('Elisa Prado', 'FAT/2026/00087', '20/11/2026', 'R$ 1.030,50', ASK)]);

		expect(await post('erp-bacen-pix', sample('bacen-pix-recebido-lote'))).toBe(200);
		const txid = '971122d8f37211eaadc10242ac120002';
		const { item } = await seenInExecutions(rig, cobrancas.id, 'Avisar por e-mail (ligue aqui)', ({ envio }) =>
			envio.fatura.endsWith(txid),
		);
		expect(item.delivery).toMatchObject({ code: 'noPhone', reason: 'Não possui telefone para envio de mensagem' });
		expect(await story(txid)).toEqual([
			expect.stringContaining('foi paga em 09/09/2020: R$ 110,00'),
			'Não possui telefone para envio de mensagem',
		]);
		const refund = await seenInExecutions(rig, cobrancas.id, 'Ignorados', ({ kind }) => kind === 'pix.devolucao');
		expect(refund.item.reason).toContain('o cliente não recebe mensagem');
	});

	it('sends the QR code and the code to copy only to who has just written, else the template alone (B-08)', async () => {
		const issued = (id: string, customer: string) => ({
			...{ kind: 'charge.issued', sourceId: id, number: id, customer: { id: customer } },
			...{ amount: '123,45', dueDate: '2027-01-20', pix: PIX_CODES.X5 },
		});
		expect(await post('erp-outro-cobranca', issued('P-1', 'F8'))).toBe(200);
		await heard('fabio', [bill('Fábio Nunes', 'P-1', '20/01/2027', 'R$ 123,45', PIX_CODES.X5)]);
		await seenInExecutions(rig, cobrancas.id, 'Só o modelo', ({ envio }) => envio.fatura.endsWith('/P-1'));

		await rig.simulator.admin.say(CUSTOMERS.gil.phone, 'Oi, manda o Pix?');
		await until('the message', async () => (rig.rows('select id from inbound').length === 1 ? true : undefined));
		expect(await post('erp-outro-cobranca', issued('P-2', 'G9'))).toBe(200);
		await heard('gil', [
			bill('Gil Torres', 'P-2', '20/01/2027', 'R$ 123,45', PIX_CODES.X5),
			expect.stringContaining('Pix da fatura P-2: aponte a câmera do aplicativo do banco'),
			PIX_CODES.X5,
		]);
		const [, picture] = await rig.simulator.admin.messages(CUSTOMERS.gil.phone, { from: 'business' });
		expect(picture).toMatchObject({ type: 'image' });
		await heard('fabio', []);

		const line = '10492006506100010004200997263900989810000021403';
		await post('erp-outro-cobranca', { ...issued('B-1', 'F8'), pix: undefined, boleto: line });
		await heard('fabio', [
			bill('Fábio Nunes', 'B-1', '20/01/2027', 'R$ 123,45', '10492.00650 61000.100042 00997.263900 9 89810000021403'),
		]);
		const note = { kind: 'invoice.issued', sourceId: 'N-1', number: '8899', customer: { id: 'F8' } };
		await post('erp-outro-cobranca', note);
		await heard('fabio', [
			'Olá, Fábio Nunes! A nota fiscal 8899 da Empresa Demonstração foi emitida.\n\nConsulte e baixe em empresa.example/notas/8899 quando quiser. Se algum dado não confere, responda esta mensagem.',
		]);
	});

	it('ends a cancelled charge, and hands a reversed one to a person and the team (V-14, V-19)', async () => {
		await post('erp-asaas', charge('pay_c', 'PAYMENT_CREATED', 'PENDING', { bankSlipUrl: null, invoiceUrl: null }));
		await heard('davi', [bill('Davi Reis', 'pay_c', '15/06/2021', 'R$ 360,00', ASK)]);
		await post('erp-asaas', charge('pay_c', 'PAYMENT_DELETED', 'PENDING'));
		expect(await receivable('pay_c', 'cancelled')).toMatchObject({ state: 'cancelled' });

		await post('erp-asaas', charge('pay_r', 'PAYMENT_RECEIVED', 'RECEIVED_IN_CASH'));
		await heard('davi', [thanks('Davi Reis', 'pay_r', 'R$ 360,00')]);
		await post('erp-asaas', charge('pay_r', 'PAYMENT_RECEIVED_IN_CASH_UNDONE', 'PENDING'));
		expect(await team(1)).toEqual([
			'Aviso para a equipe: 🔴 CRÍTICO · pagamento da fatura pay_r estornado\n\nCliente: Davi Reis (+5511988880004)\nDetalhes: R$ 360,00 · vencimento 15/06/2021\n\nConfira no painel de atendimento.',
		]);
		expect(await receivable('pay_r', 'human')).toMatchObject({
			reason: expect.stringContaining('pagamento estornado: confira antes de cobrar'),
		});
		await heard('davi', []);
	});

	it('thanks for a part, leaves the rest to the ladder, and tells the team (D-34)', async () => {
		const body = sample('omie-contareceber-baixarealizada');
		const [settled] = body.event;
		const title = {
			...settled.conta_a_receber[0],
			codigo_lancamento_omie: 77,
			numero_parcela: '',
			valor_documento: 3000,
		};
		const part = { ...settled, codigo_baixa: 1, valor: 1000, conta_a_receber: [title] };
		expect(await post('erp-omie-cobranca', { ...body, messageId: 'part-1', event: [{}, part] })).toBe(200);
		await heard('ana', [
			'Olá, Ana Souza! Recebemos R$ 1.000,00 da fatura RPS 9. Muito obrigado! Se tiver alguma dúvida, responda esta mensagem.',
		]);
		expect((await team(1))[0]).toContain('entrou uma parte da fatura RPS 9; confira o que falta');
		expect(await receivable('77', 'open')).toMatchObject({ paidCents: null });
		expect(await story('77')).toContainEqual(
			expect.stringMatching(/^Entrou uma parte da fatura RPS 9 .*R\$ 1\.000,00/),
		);
	});

	it('goes on with a charge that was restored, and with an invoice whose payment was undone (D-34)', async () => {
		const asaas = (event: string, hour: string) =>
			post('erp-asaas', { ...charge('pay_back', event, 'PENDING'), dateCreated: `2026-03-10 ${hour}` });
		await asaas('PAYMENT_DELETED', '09:00:00');
		await receivable('pay_back', 'cancelled');
		await asaas('PAYMENT_RESTORED', '10:00:00');
		expect(await receivable('pay_back', 'open')).toMatchObject({
			reason: expect.stringContaining('cobrança restaurada, aviso de Asaas'),
		});
		await heard('davi', []);

		const odoo = (payment_state: string, day: number) =>
			post('erp-odoo', {
				...{ ...sample('odoo-account-move-posted'), _id: 88, name: 'FAT/88' },
				...{ payment_state, write_date: `2026-11-${day} 12:00:00` },
			});
		await odoo('not_paid', 10);
		await odoo('paid', 11);
		await heard('elisa', [expect.stringContaining('FAT/88'), thanks('Elisa Prado', 'FAT/88', 'R$ 1.030,50')]);
		await odoo('not_paid', 12);
		await receivable('88', 'human');
		expect((await team(1))[0]).toContain('pagamento da fatura FAT/88 estornado');
		await heard('elisa', []);
	});

	it('tells of the instalments of one sale once, and thanks once for those confirmed together', async () => {
		const sale = (event: string, status: string) =>
			Promise.all(
				Array.from({ length: 12 }, (_, n) =>
					post('erp-asaas', charge(`pay_i${n}`, event, status, { installment: 'ins_1', invoiceUrl: null })),
				),
			);
		const before = outbox();
		await sale('PAYMENT_CREATED', 'PENDING');
		await heard('davi', [expect.stringMatching(/Fatura: pay_i\d+ \(parcelada\)/)]);
		await sale('PAYMENT_CONFIRMED', 'CONFIRMED');
		await heard('davi', [expect.stringMatching(/pagamento da fatura pay_i\d+ \(parcelada\)/)]);
		await until('all to be paid', async () =>
			rig.rows("select invoice from receivable where state = 'paid' and invoice like 'pay_i%'").length === 12
				? true
				: undefined,
		);
		expect(outbox() - before).toBe(2);
	});

	it('calls an invoice as its reminder did when the system tells only its id', async () => {
		await useDesk(rig, {
			...{ resource: 'receivable', operation: 'recordAlreadyPaid', selectBy: 'invoice' },
			...{ creditor: CREDITOR, invoice: 'K-77', options: { number: 'NF 77', contact: '' } },
		});
		const paid = { kind: 'payment.received', sourceId: 'K-77', amount: '459,90', customer: { id: 'F8' } };
		expect(await post('erp-outro-cobranca', paid)).toBe(200);
		await heard('fabio', [thanks('Fábio Nunes', 'NF 77', 'R$ 459,90')]);
	});

	it('gives each payment one thank-you, delivered twice and at once, and none for what comes late (D-34)', async () => {
		const ids = Array.from({ length: 15 }, (_, n) => `pay_m${n}`);
		const before = outbox();
		const paid = ids.map((id) => charge(id, 'PAYMENT_RECEIVED', 'RECEIVED'));
		const answers = await Promise.all([...paid, ...paid].map((body) => post('erp-asaas', body)));
		expect(new Set(answers)).toEqual(new Set([200]));
		// Late: they were paid already.
		const late = ids
			.slice(0, 5)
			.flatMap((id) => [charge(id, 'PAYMENT_OVERDUE', 'OVERDUE'), charge(id, 'PAYMENT_CREATED', 'PENDING')]);
		await Promise.all(late.map((body) => post('erp-asaas', body)));
		await post('erp-asaas', charge('pay_last', 'PAYMENT_RECEIVED', 'RECEIVED'));
		const all = await until('the last thanks', async () => {
			const texts = await textsOf('davi');
			return texts.some((text) => text.includes('fatura pay_last,')) ? texts : undefined;
		});
		const mass = all.filter((text) => text.includes('fatura pay_m')).sort();
		expect(mass).toEqual(ids.map((id) => thanks('Davi Reis', id, 'R$ 360,00')).sort());
		expect(outbox() - before).toBe(ids.length + 1);
		const settled = rig.rows("select invoice from receivable where state = 'paid' and invoice like 'pay_m%'");
		expect(settled.map(({ invoice }) => invoice).sort()).toEqual([...ids].sort());
		expect(rig.rows("select id from erp_event where outcome = 'stale'")).toHaveLength(late.length);
		seen.set(CUSTOMERS.davi.phone, all.length);
	});

	it.each(Object.entries(SAMPLES).flatMap(([id, names]) => names.map((name) => [name, id])))(
		'sends nothing for %s again, cut short or wrongly signed',
		async (name, webhookId) => {
			const before = outbox();
			const body = erpSample(name);
			expect(await post(webhookId, body)).toBe(200);
			expect(await post(webhookId, body)).toBe(200);
			// n8n itself answers what is no JSON at all.
			expect(await post(webhookId, body.subarray(0, body.length - 20))).toBe(422);
			expect(await post(webhookId, {})).toBe(400);
			expect(await post(webhookId, body, 'some-other-secret')).toBe(401);
			// In turn: whatever ran for those has run when this has.
			const last = { kind: 'charge.changed', sourceId: `after-${name}` };
			await post('erp-outro-cobranca', last);
			await seenInExecutions(rig, cobrancas.id, 'Sem aviso', ({ envio }) => envio.fatura.endsWith(last.sourceId));
			expect(outbox()).toBe(before);
		},
	);

	it('shows its parts in the editor, with the templates of the demonstration', async () => {
		const own = cobrancas.nodes.filter(({ parameters }: Json) => parameters.operation === 'create');
		expect(own.map(({ parameters }: Json) => [parameters.name, parameters.body])).toEqual(
			['fatura_emitida', 'nota_emitida', 'pagamento_recebido', 'pagamento_parcial', 'equipe_aviso'].map((name) => [
				name,
				bodyOf(name),
			]),
		);
		const page = await browser.newPage({ viewport: { width: 1900, height: 1100 } });
		await logIn(page, rig.n8n);
		await openWorkflow(page, rig.n8n, cobrancas.id);
		await screenshot(page, 'workflow-21');
	});

	// ---------------------------------------------------------------- what senders do, and what is seen

	const seen = new Map<string, number>();

	function post(webhookId: string, body: Json | string | Buffer, secret?: string): Promise<number> {
		return deliver(rig.n8n.webhookUrl, webhookId, body, secret);
	}

	/** What a customer got since they were looked at last: these, and nothing else. */
	async function heard(customer: Customer, expected: unknown[]): Promise<void> {
		expect(await news(CUSTOMERS[customer].phone, expected.length)).toEqual(expected);
	}

	function team(count: number): Promise<string[]> {
		return news(TEAM, count);
	}

	async function news(phone: string, atLeast: number): Promise<string[]> {
		const before = seen.get(phone) ?? 0;
		await until(`${atLeast} messages to ${phone}`, async () =>
			(await textsOfPhone(phone)).length >= before + atLeast ? true : undefined,
		);
		const all = await textsOfPhone(phone);
		seen.set(phone, all.length);
		return all.slice(before);
	}

	function textsOf(customer: Customer): Promise<string[]> {
		return textsOfPhone(CUSTOMERS[customer].phone);
	}

	async function textsOfPhone(phone: string): Promise<string[]> {
		const messages = await rig.simulator.admin.messages(phone, { from: 'business' }).catch(() => []);
		return messages.map(({ text }) => text);
	}

	function outbox(): number {
		return Number(rig.rows('select count(*) as n from outbox')[0]!.n);
	}

	/** As the desk has it, once it stands like this. */
	async function receivable(invoice: string, state = 'paid'): Promise<Json> {
		await until(`${invoice} to be ${state}`, async () => {
			const [row] = rig.rows('select state from receivable where creditor = ? and invoice = ?', CREDITOR, invoice);
			return row?.state === state ? true : undefined;
		});
		const [found] = await useDesk(rig, { resource: 'receivable', operation: 'get', creditor: CREDITOR, invoice });
		return found!;
	}

	async function story(invoice: string): Promise<string[]> {
		const about = { resource: 'message', operation: 'getTimeline', about: 'invoice', returnAll: true };
		return (await useDesk(rig, { ...about, invoice: `${CREDITOR}/${invoice}` })).map(({ text }) => text);
	}
});

const bodyOf = (template: string) =>
	DEMO_TEMPLATES.find(({ name }) => name === template)!.components.find(({ type }) => type === 'BODY')!.text;

import { touchReceivables } from '../../../../engine/receivable/rows';
import { noteTold } from '../../../../engine/receivable/told-steps';
import { NodeRunFailed } from '../../../support/run-node';
import { CREDITOR, desk, jsonOf, owed, plan, startHere, type Json } from './support';

startHere();

const BRUNO = { nome: 'Bruno Lima', cpf: '111.444.777-35', telefone: '(68) 99876-5432' };

describe('Dunning Planner: outputs', () => {
	it('Send Now carries all a Send node needs, and the plan that makes it unrepeatable (X-04, D-34)', async () => {
		const { sendNow, later, skipped, human } = await plan([owed({ link: 'https://exemplo.com/f/1' })]);
		expect([later, skipped, human]).toEqual([[], [], []]);
		expect(sendNow).toHaveLength(1);
		const { values, plan: reminder, invoices, ...json } = sendNow[0]!.json as Json;
		expect(json).toEqual({
			payer: { name: 'Ana Souza', phone: '+5511987654321', document: '***.982.247-**', uf: null, segment: null },
			phone: '+5511987654321',
			name: 'Ana Souza',
			step: { key: 'd0', name: 'Vence hoje', action: 'template' },
			template: 'regua_vence_hoje',
			text: expect.stringContaining('Fatura: NF 100\nVencimento: 24/11/2026\nValor: R$ 459,90'),
			total: 'R$ 459,90',
			totalCents: 45_990,
			explanation: expect.stringContaining('NF 100'),
		});
		expect(values).toMatchObject({
			nome: 'Ana Souza',
			fatura: 'NF 100',
			valor: 'R$ 459,90',
			pagamento: 'https://exemplo.com/f/1',
			rodape: 'Oficina Aurora Ltda · CNPJ 11.222.333/0001-81 · Rua das Flores, 10, São Paulo/SP',
		});
		expect(invoices).toEqual([
			{
				creditor: '11222333000181',
				invoice: 'T1',
				number: 'NF 100',
				dueDate: '2026-11-24',
				amount: 'R$ 459,90',
				amountCents: 45_990,
				step: 'd0',
				daysLate: 0,
				fineCents: 0,
				interestCents: 0,
				updatedCents: 45_990,
				updated: 'R$ 459,90',
				boleto: null,
				pix: null,
				link: 'https://exemplo.com/f/1',
				receivable: owed({ link: 'https://exemplo.com/f/1' }),
			},
		]);
		expect(reminder).toMatchObject({
			creditor: '11222333000181',
			payer: '52998224725',
			day: '2026-11-24',
			steps: [{ invoice: 'T1', step: 'd0' }],
			afterDue: false,
			validUntil: Date.parse('2026-11-24T18:00:00-03:00'),
		});
	});

	it('Later says from when it is lawful, by the clocks of the debtor (X-03)', async () => {
		const { later } = await plan([owed({ cliente: BRUNO })]);
		expect(jsonOf(later)).toEqual([
			{
				// 10:00 in São Paulo is 08:00 in Acre.
				at: '2026-11-24T14:00:00.000Z',
				payer: { name: 'Bruno Lima', phone: '+5568998765432', document: '***.444.777-**', uf: null, segment: null },
				phone: '+5568998765432',
				name: 'Bruno Lima',
				step: { key: 'd0', name: 'Vence hoje', action: 'template' },
				invoices: [expect.objectContaining({ invoice: 'T1', receivable: owed({ cliente: BRUNO }) })],
				explanation: expect.stringMatching(/^Adiado para 24\/11\/2026 às 09:00/),
			},
		]);
	});

	it('Skipped says why, what comes next, and keeps the row of the ERP (V-18)', async () => {
		const row = owed({ vencimento: '10/12/2026' });
		const { skipped } = await plan([row]);
		expect(jsonOf(skipped)).toEqual([
			{
				code: 'notDue',
				explanation: 'Ignorado: nada a enviar hoje; próximo passo D-3 em 07/12/2026.',
				payer: expect.objectContaining({ document: '***.982.247-**' }),
				phone: '+5511987654321',
				name: 'Ana Souza',
				creditor: '11222333000181',
				invoice: 'T1',
				number: 'NF 100',
				dueDate: '2026-12-10',
				amount: 'R$ 459,90',
				amountCents: 45_990,
				receivable: row,
				next: { step: { key: 'd-3', name: 'Lembrete', action: 'template' }, date: '2026-12-07' },
			},
		]);
	});

	it('Human takes what only a person may deal with', async () => {
		const { human } = await plan([owed({ humanReason: 'falecimento' })]);
		expect(jsonOf(human)).toEqual([
			expect.objectContaining({ code: 'flagged', explanation: expect.stringContaining('falecimento'), invoice: 'T1' }),
		]);
	});

	it('a row that cannot be read is skipped with the reason, and its neighbours are planned', async () => {
		const broken = { titulo: 'T9', valor: 10 };
		const { sendNow, skipped } = await plan([broken, owed()]);
		expect(jsonOf(skipped)).toEqual([
			{ code: 'unreadable', explanation: expect.stringContaining('vencimento'), next: null, receivable: broken },
		]);
		expect(skipped[0]!.pairedItem).toEqual({ item: 0 });
		expect(jsonOf(sendNow)[0]!.invoices[0].invoice).toBe('T1');
	});

	it('one reminder for all that a payer owes, linked to every item of it', async () => {
		const items = [
			owed({ titulo: 'T1' }),
			owed({ titulo: 'B1', cliente: { ...BRUNO, telefone: '(21) 97654-3210' } }),
			owed({ titulo: 'T2', numero: 'NF 101', vencimento: '2026-11-27' }),
		];
		const { sendNow } = await plan(items);
		expect(
			sendNow.map(({ json, pairedItem }) => [(json.invoices as Json[]).map((i) => i.invoice), pairedItem]),
		).toEqual([
			[
				['T1', 'T2'],
				[{ item: 0 }, { item: 2 }],
			],
			[['B1'], [{ item: 1 }]],
		]);
		expect(jsonOf(sendNow)[0]).toMatchObject({ total: 'R$ 919,80', step: { key: 'd0' } });
	});

	it('plans many items at once, each in exactly one place', async () => {
		const items = Array.from({ length: 300 }, (_, i) =>
			owed({
				titulo: `T${i}`,
				vencimento: ['2026-11-24', '2026-12-20'][i % 2]!,
				cliente: {
					codigo: `C${i}`,
					nome: `Cliente ${i}`,
					telefone: i % 10 === 0 ? '' : `11 98${String(1_000_000 + i)}`,
				},
			}),
		);
		const { sendNow, later, skipped, human } = await plan(items);
		expect([sendNow.length, later.length, skipped.length, human.length]).toEqual([120, 0, 180, 0]);
		const seen = [...sendNow, ...skipped].flatMap(({ pairedItem }) => [pairedItem].flat() as Array<{ item: number }>);
		expect(seen.map(({ item }) => item).sort((a, b) => a - b)).toEqual(items.map((_, i) => i));
	});
});

describe('Dunning Planner: what was told', () => {
	it('skips a step that an earlier run told (D-34)', async () => {
		const [item] = (await plan([owed({ titulo: 'ONCE' })])).sendNow;
		const { steps, creditor } = item!.json.plan as Json;
		const { invoice, step } = steps[0];
		await desk.store.transaction(async (tx) => {
			await touchReceivables(tx, [{ creditor, invoice }], 1);
			await tx.insertInto('dunning_step').values({ creditor, invoice, step, outbox_id: 'out_1', at: 1 }).execute();
			await noteTold(tx, [{ creditor, invoice }]);
		});
		const { sendNow, skipped } = await plan([owed({ titulo: 'ONCE' })]);
		expect(sendNow).toEqual([]);
		expect(jsonOf(skipped)[0]!.code).toBe('alreadySent');
	});
});

describe('Dunning Planner: fields', () => {
	it('reads other names of an ERP by the mapping', async () => {
		const row = {
			cod: 77,
			parcelas: [{ venc: '24/11/2026', saldo: '1.234,50' }],
			sacado: { contato: { zap: '11 98765-4321' }, apelido: 'Ana' },
			'doc.numero': 'NF 7/1',
		};
		const field = [
			{ field: 'invoice', path: 'cod' },
			{ field: 'number', path: 'doc.numero' },
			{ field: 'dueDate', path: 'parcelas[0].venc' },
			{ field: 'amount', path: '$json.parcelas[0].saldo' },
			{ field: 'payer.name', path: 'sacado.apelido' },
			{ field: 'payer.phone', path: 'sacado.contato.zap' },
		];
		const { sendNow } = await plan([row], { fieldNames: { field } });
		expect(jsonOf(sendNow)[0]).toMatchObject({
			name: 'Ana',
			phone: '+5511987654321',
			total: 'R$ 1.234,50',
			invoices: [{ invoice: '77', number: 'NF 7/1', receivable: row }],
		});
	});

	it.each(['cliente', 'customer', 'pagador'])(
		'maps one field of "%s" and keeps the others: state, name, CPF (X-03)',
		async (name) => {
			const { cliente, ...row } = owed({ celular_cobranca: '(11) 98765-4321' });
			const payer = { ...(cliente as Json), telefone: '', uf: 'AC', segmento: 'novo' };
			// 09:30 in São Paulo is 07:30 in Acre.
			const { sendNow, later } = await plan([{ ...row, [name]: payer }], {
				fieldNames: { field: [{ field: 'payer.phone', path: 'celular_cobranca' }] },
				options: { referenceTime: '2026-11-24T09:30:00-03:00' },
			});
			expect(sendNow).toEqual([]);
			expect(jsonOf(later)).toEqual([
				expect.objectContaining({
					at: '2026-11-24T14:00:00.000Z',
					payer: {
						name: 'Ana Souza',
						phone: '+5511987654321',
						document: '***.982.247-**',
						uf: 'AC',
						segment: 'novo',
					},
				}),
			]);
		},
	);

	it('charges the balance that was mapped, also beside an amount in cents', async () => {
		const fieldNames = { field: [{ field: 'amount', path: 'saldo' }] };
		const { sendNow } = await plan([owed({ valorCentavos: 100_000, saldo: 400 })], { fieldNames });
		expect(jsonOf(sendNow)[0]!.total).toBe('R$ 400,00');
	});

	it('reminds a payer whose CPF is wrong, and says so', async () => {
		const wrong = { nome: 'Ana', cpf: '529.982.247-00', telefone: '(11) 98765-4321' };
		const [json] = jsonOf((await plan([owed({ cliente: wrong })])).sendNow);
		expect(json!.payer).toMatchObject({
			document: null,
			documentProblem: expect.stringMatching(/^Este CPF não existe/),
		});
		expect(json!.explanation).toMatch(/O CPF ou CNPJ do cadastro não é válido: corrija no ERP\.$/);
	});

	it('reads the ladder from JSON, as a list or as text, with what is left out as usual', async () => {
		const steps = [
			{ offset: 0, text: 'Olá, [primeiro_nome].\nA fatura [fatura] vence hoje. [rodape] — responda SAIR.' },
			{ offset: 3, unit: 'bankDays', action: 'human' },
		];
		const fromText = await plan([owed()], { ladderFrom: 'json', ladderJson: JSON.stringify(steps) });
		const fromList = await plan([owed({ regua: steps })], { ladderFrom: 'json', ladderJson: '={{ $json.regua }}' });
		for (const { sendNow } of [fromText, fromList]) {
			expect(jsonOf(sendNow)[0]).toMatchObject({
				step: { key: 'd0', name: 'D0', action: 'text' },
				template: null,
				text: expect.stringMatching(/^Olá, Ana\.\nA fatura NF 100 vence hoje\. Oficina Aurora Ltda · CNPJ/),
			});
		}
		const late = owed({ vencimento: '2026-11-18' });
		const { human } = await plan([late], { ladderFrom: 'json', ladderJson: JSON.stringify(steps) });
		expect(jsonOf(human)[0]).toMatchObject({ code: 'step' });
	});

	it('reads the names and words of a settings node in Portuguese too', async () => {
		const passos = [
			{ passo: 'd0', nome: 'Vence hoje', dias: '0', unidade: 'corridos', modelo: 'regua_vence_hoje', segmento: '' },
			{ passo: 'gente', dias: 2, unidade: 'Dias Úteis', ação: 'pessoa', documento: true },
		];
		const items = [owed(), owed({ titulo: 'T2', vencimento: '2026-11-18', cliente: BRUNO })];
		const { sendNow, human } = await plan(items, { ladderFrom: 'json', ladderJson: JSON.stringify(passos) });
		expect(jsonOf(sendNow)[0]).toMatchObject({
			step: { key: 'd0', name: 'Vence hoje', action: 'template' },
			template: 'regua_vence_hoje',
		});
		expect(jsonOf(human)[0]).toMatchObject({ code: 'step', explanation: expect.stringContaining('passo D+2 úteis') });
	});

	it('has custom hours, and others for some states (X-03)', async () => {
		const hours = (from: string, to: string) => ({ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from, to });
		const parameters = {
			contactHours: 'custom',
			defaultHours: { row: [hours('11:00', '17:00')] },
			stateHours: { row: [{ states: ['AC', 'RJ'], ...hours('08:00', '18:00') }] },
		};
		const items = [owed(), owed({ titulo: 'B1', cliente: BRUNO })];
		const { sendNow, later } = await plan(items, parameters);
		expect(jsonOf(sendNow).map(({ name }) => name)).toEqual(['Bruno Lima']);
		expect(jsonOf(later).map(({ name, at }) => [name, at])).toEqual([['Ana Souza', '2026-11-24T14:00:00.000Z']]);
	});

	it('writes on holidays only where custom hours say so (X-03)', async () => {
		const onHoliday = { contactHours: 'custom', options: { referenceTime: '2026-11-20T10:00:00-03:00' } };
		const soon = owed({ vencimento: '2026-11-23' });
		expect((await plan([soon], onHoliday)).sendNow).toEqual([]);
		expect((await plan([soon], { ...onHoliday, openOnHolidays: true })).sendNow).toHaveLength(1);
	});

	it('keeps to the law of the state when told to, wider than the default (X-03)', async () => {
		const early = { options: { referenceTime: '2026-11-24T08:30:00-03:00' } };
		expect((await plan([owed()], early)).sendNow).toEqual([]);
		expect((await plan([owed()], { ...early, contactHours: 'stateLaws' })).sendNow).toHaveLength(1);
	});

	it('closes the own dates', async () => {
		const { sendNow } = await plan([owed()], { ownDates: { date: [{ date: '24/11', name: 'Aniversário' }] } });
		expect(sendNow).toEqual([]);
	});

	it('adds fine and interest of the contract, by default none (CDC 52)', async () => {
		const late = owed({ vencimento: '2026-11-17', valor: 459.9 });
		expect(jsonOf((await plan([late])).sendNow)[0]!.total).toBe('R$ 459,90');
		const [charged] = jsonOf((await plan([late], { finePercent: 2, interestPercent: 1 })).sendNow);
		expect(charged).toMatchObject({
			total: 'R$ 470,17',
			invoices: [{ daysLate: 7, fineCents: 920, interestCents: 107 }],
		});
	});

	it('hands big invoices to a person, by the amount in reais', async () => {
		const { human } = await plan([owed({ valor: '10.000,00' })], { options: { humanFromAmount: 10_000 } });
		expect(jsonOf(human)[0]!.code).toBe('highValue');
		expect((await plan([owed({ valor: '9.999,99' })], { options: { humanFromAmount: 10_000 } })).sendNow).toHaveLength(
			1,
		);
	});

	it('passes every option on to the rules', async () => {
		const sixLate = owed({ vencimento: '2026-11-11' });
		expect((await plan([sixLate])).skipped).toHaveLength(1);
		expect((await plan([sixLate], { options: { catchUpDays: 10 } })).sendNow).toHaveLength(1);
		const old = owed({ vencimento: '2022-11-24' });
		expect(jsonOf((await plan([old], { options: { maxYears: 3 } })).skipped)[0]!.code).toBe('tooOld');
		const twoLate = owed({ vencimento: '2026-11-19' });
		expect((await plan([twoLate])).sendNow).toHaveLength(1);
		expect((await plan([twoLate], { options: { firstOverdueBankDay: 3 } })).sendNow).toHaveLength(0);
		const { sendNow } = await plan([twoLate], { options: { maxPerWeek: 1 } });
		expect(jsonOf(sendNow)[0]!.plan.maxPerWeek).toBe(1);
	});

	it('tells the creditors of the items apart, by document or by a key of their own', async () => {
		const items = [owed({ filial: 'Aurora Norte', chave: 'norte' }), owed({ filial: 'Aurora Sul', chave: 'sul' })];
		const { sendNow } = await plan(items, {
			creditorName: '={{ $json.filial }}',
			options: { creditorKey: '={{ $json.chave }}' },
		});
		expect(jsonOf(sendNow).map(({ plan: reminder, values }) => [reminder.creditor, values.credor])).toEqual([
			['norte', 'Aurora Norte'],
			['sul', 'Aurora Sul'],
		]);
	});

	it.each([
		[{ creditorName: ' ' }, '"Creditor Name" is empty.'],
		[{ creditorAddress: ' ' }, '"Creditor Address" is empty.'],
		[{ creditorDocument: '123' }, expect.stringContaining("The creditor's document is neither a CNPJ nor a CPF.")],
		[{ options: { referenceTime: 'amanhã' } }, '"Reference Time" is not a moment: "amanhã".'],
		[{ ladder: { step: [] } }, 'The ladder has no steps.'],
	])('refuses %j: nothing is planned without it (CDC 42-A)', async (parameters, message) => {
		const failed = await plan([owed()], parameters as never).catch((error: unknown) => error);
		expect(failed).toBeInstanceOf(NodeRunFailed);
		expect((failed as NodeRunFailed).message).toEqual(message);
	});

	it('with On Error: Continue, items without a creditor fail alone', async () => {
		const items = [owed({ nome_credor: '' }), owed({ nome_credor: 'Aurora', titulo: 'T2' })];
		const { sendNow, skipped } = await plan(
			items,
			{ creditorName: '={{ $json.nome_credor }}' },
			'continueRegularOutput',
		);
		expect(jsonOf(sendNow).map(({ invoices }) => invoices[0].invoice)).toEqual(['T2']);
		expect(jsonOf(skipped)).toEqual([{ error: '"Creditor Name" is empty.', details: expect.any(String) }]);
	});

	it('plans for now without a reference time', async () => {
		const { sendNow, later, skipped } = await plan([owed({ vencimento: '2020-01-01' })], {
			options: { referenceTime: '' },
			...CREDITOR,
		});
		expect([sendNow.length, later.length, jsonOf(skipped)[0]!.code]).toEqual([0, 0, 'tooOld']);
	});
});

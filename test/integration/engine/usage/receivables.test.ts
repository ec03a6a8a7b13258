import { CompiledQuery, sql } from 'kysely';
import {
	changeConsent,
	changeReceivables,
	openDesk,
	receivableReport,
	saveContacts,
	type Desk,
} from '../../../../engine';
import { newId } from '../../../../engine/ids';
import { insertMany } from '../../../../engine/store/sql';
import { loadEvents } from '../../../../engine/usage/receivables/load';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';
import { sentRow, storeOutbox, type OutboxRow } from '../../../support/outbox-rows';
import { text, webhook } from '../../../support/webhook-body';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday, 10:00 in São Paulo. */
const START = Date.parse('2026-11-09T13:00:00Z');
const [AURORA, OUTRA] = ['11222333000181', '00000000000191'];
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30', zone: 'America/Sao_Paulo' };

describe.each(STORES)('the report of receivables on $name', ({ name, create }) => {
	let store: TestStore;
	let desk: Desk;
	let clock: StandingClock;
	let contacts: Record<string, string>;

	beforeEach(async () => {
		store = await create();
		clock = new StandingClock(START);
		desk = await openDesk({ store: store.settings, clock });
		const people = { ana: '5511987654321', bia: '5521998765432', caio: '5531988887777' };
		const saved = await saveContacts(
			desk,
			Object.entries(people).map(([name, phone]) => ({ name, phone: `+${phone}` })),
		);
		contacts = Object.fromEntries(Object.keys(people).map((name, i) => [name, saved[i]!.contact!.id]));
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	/** As it stands after a reminder was taken, stored and sent. */
	const remind = async (
		who: string,
		steps: Array<[invoice: string, step: string]>,
		facts: Partial<OutboxRow> = {},
		creditor = AURORA,
	) => {
		const now = clock.now();
		const cost = { cost_micros: 6_800, currency: 'USD', price_category: 'utility', price_type: 'regular' };
		const row = sentRow(
			{
				id: newId('out', now),
				contact_id: contacts[who]!,
				purpose: 'reminder',
				delivery: 'delivered',
				...cost,
				...facts,
			},
			now,
		);
		await storeOutbox(desk.store, [row]);
		const rows = steps.map(([invoice, step]) => ({ creditor, invoice, step, outbox_id: row.id, at: now }));
		const day = new Date(now).toISOString().slice(0, 10);
		await desk.store.transaction(async (tx) => {
			await insertMany(tx, 'dunning_step', rows);
			await insertMany(tx, 'dunning_message', [
				{ outbox_id: row.id, creditor, payer: who, contact_id: contacts[who]!, day, after_due: 1, at: now },
			]);
		});
	};
	const news = (invoice: string, change: object, creditor = AURORA, who = 'ana') =>
		changeReceivables(desk, [
			{
				...{ creditor, invoice, change: change as never },
				known: { contactId: contacts[who]!, payer: who, dueDate: '2026-10-20', amountCents: 45_990 },
			},
		]);
	const report = (more: object = {}) => receivableReport(desk, { ...NOVEMBER, ...more });

	it('tells by step what was sent, answered, paid and spent, and what became known (brazil.md §7)', async () => {
		await remind('ana', [['1', 'd-3']], { delivery: 'read' });
		await remind('bia', [
			['2', 'd+7'],
			['3', 'd0'],
		]);
		await remind('caio', [['4', 'd+7']], {
			...{ status: 'refused', delivery: null, cost_micros: null, currency: null, provider_message_id: null },
			...{ error_code: '131026', explanation: 'Este número não tem WhatsApp.' },
		});
		clock.advance(HOUR);
		await desk.receiveCloudApi(
			webhook(text({ waId: '5521998765432' }, 'Vou pagar', { at: clock.now() })),
			demoCredentials(),
		);
		await news('2', { type: 'promise', date: '2026-11-12' }, AURORA, 'bia');
		clock.advance(2 * DAY);
		await news('2', { type: 'settle' }, AURORA, 'bia');
		await news('1', { type: 'settle', paidCents: 30_000 });
		await news('5', { type: 'dispute' });
		await news('6', { type: 'claimPaid' });
		await news('7', { type: 'wrongPerson' }, AURORA, 'caio');
		await news('8', { type: 'wrongPerson' }, AURORA, 'caio');
		await changeConsent(desk, contacts.ana!, { type: 'optOut', scope: 'all', at: clock.now() });

		const { steps, total, events, ageing, text: told } = await report();
		expect(
			steps.map(({ step, reminders, read, replied, optedOut, notReached, paidInvoices, recoveredCents }) => ({
				...{ step, reminders, read, replied, optedOut, notReached, paidInvoices, recoveredCents },
			})),
		).toEqual([
			{
				step: 'd-3',
				reminders: 1,
				read: 1,
				replied: 0,
				optedOut: 1,
				notReached: 0,
				paidInvoices: 1,
				recoveredCents: 30_000,
			},
			{ step: 'd0', reminders: 1, read: 0, replied: 1, optedOut: 0, notReached: 0, paidInvoices: 0, recoveredCents: 0 },
			{
				step: 'd+7',
				reminders: 2,
				read: 0,
				replied: 1,
				optedOut: 0,
				notReached: 1,
				paidInvoices: 1,
				recoveredCents: 45_990,
			},
		]);
		expect(total).toMatchObject({
			...{
				reminders: 3,
				invoices: 4,
				sent: 2,
				delivered: 2,
				read: 1,
				replied: 1,
				optedOut: 1,
				notReached: 1,
				waiting: 0,
			},
			...{ paidInvoices: 2, recoveredCents: 75_990, costs: { USD: 0.0136 }, costPerReal: { USD: 0.000017897 } },
			reasons: [{ outcome: 'refused', code: '131026', count: 1, explanation: 'Este número não tem WhatsApp.' }],
		});
		expect(events).toEqual({
			...{ promisesMade: 1, promisesKept: 1, promisesBroken: 0, claimedPaid: 1, disputed: 1, wrongPerson: 1 },
			...{ handedToPerson: 0, renegotiated: 0, paid: 2, paidCents: 75_990 },
		});
		// Open at the desk: 5, 6, 7 and 8, due on 20 October; nothing is known of 3 and 4 but that they were told.
		expect(ageing).toMatchObject({
			asOf: '2026-11-11',
			open: { count: 4, cents: 183_960 },
			buckets: { '1-30': { count: 4 } },
		});
		expect(told).toBe(
			[
				'*Cobrança de 01/11/2026 a 30/11/2026*',
				'Lembretes: 3 (enviados 2, entregues 2, lidos 1, respondidos em 72 h 1, não alcançados 1).',
				'• 1 × não enviadas (131026): Este número não tem WhatsApp.',
				'Recuperado: R$ 759,90 em 2 faturas de 4 lembradas, pagas até 7 dias depois de um lembrete.',
				'Por passo (um lembrete de vários passos conta em cada um):',
				'• 3 dias antes do vencimento: 1 lembrete, 1 entregue; 1 paga, R$ 300,00',
				'• no vencimento: 1 lembrete, 1 entregue; nenhuma paga',
				'• 7 dias após o vencimento: 2 lembretes, 1 entregue; 1 paga, R$ 459,90',
				'Promessas: 1 feita, 1 cumprida, 0 não cumpridas.',
				'Respostas: 1 já paguei, 1 não reconhecida, 1 pessoa errada, 1 saiu dos avisos.',
				'Custo: US$ 0,0136, US$ 0,0179 por R$ 1.000,00 recuperados.',
				'Vencido em 11/11/2026: R$ 1.839,60 de R$ 1.839,60 em aberto (100%).',
				'• 1 a 30 dias: R$ 1.839,60 (100%, 4 faturas)',
			].join('\n'),
		);
	});

	it('keeps to its days and its creditor', async () => {
		await remind('ana', [['1', 'd0']]);
		clock.advance(DAY);
		await remind('bia', [['9', 'd0']], {}, OUTRA);
		await news('1', { type: 'settle' });
		await news('9', { type: 'dispute' }, OUTRA, 'bia');
		const of = async (more: object) => {
			const { total, events, creditor } = await report(more);
			return [creditor, total.reminders, total.paidInvoices, events.paid, events.disputed];
		};
		expect(await of({})).toEqual([null, 2, 1, 1, 1]);
		expect(await of({ creditor: '11.222.333/0001-81' })).toEqual([AURORA, 1, 1, 1, 0]);
		expect(await of({ creditor: OUTRA })).toEqual([OUTRA, 1, 0, 0, 1]);
		expect(await of({ from: '2026-11-10', to: '2026-11-10' })).toEqual([null, 1, 0, 1, 1]);
		expect(await of({ from: '2026-11-09', to: '2026-11-09' })).toEqual([null, 1, 1, 0, 0]);
		expect(await of({ from: '2026-11-09', to: '2026-11-09', recoveryDays: 0 })).toEqual([null, 1, 0, 0, 0]);
		expect((await report({ from: '2026-10-01', to: '2026-10-31' })).text).toContain('Nenhum lembrete neste período.');
	});

	it('takes what is open from the ERP when it is given', async () => {
		const open = [
			{ dueDate: '2026-11-20', amountCents: 60_000 },
			{ dueDate: '2026-08-01', amountCents: 40_000 },
		];
		const { ageing, text: told } = await report({ open });
		expect(ageing).toMatchObject({ open: { count: 2, cents: 100_000 }, buckets: { '90+': { percent: 40 } } });
		expect(told).toContain('• mais de 90 dias: R$ 400,00 (40%, 1 fatura)');
	});

	it('looks at what became known by time, not at the whole timeline', async () => {
		const seen: CompiledQuery[] = [];
		const plans = await desk.store.transaction(async (tx) => {
			const executor = tx.getExecutor();
			const execute = executor.executeQuery.bind(executor);
			executor.executeQuery = (query) => {
				seen.push(query);
				return execute(query);
			};
			await loadEvents(tx, { since: START, until: START + DAY, creditor: null });
			executor.executeQuery = execute;
			// A table without rows is read from end to end whatever index there is.
			if (name === 'postgres') await sql`set local enable_seqscan = off`.execute(tx);
			const explain = name === 'postgres' ? 'explain ' : 'explain query plan ';
			const [query] = seen;
			return execute<Record<string, string>>(CompiledQuery.raw(explain + query!.sql, [...query!.parameters]));
		});
		expect(plans.rows.map((row) => row['QUERY PLAN'] ?? row.detail).join('\n')).toContain('timeline_receivable');
	});
});

import { ERP_PRESETS, openDesk, type Desk, type ErpKind } from '../../../../engine';
import { STORES, type TestStore } from '../../../support/each-store';
import { asaasBody, erpCall, SOURCE, type Charge } from '../../../support/erp-calls';
import { eventually } from '../../../support/eventually';
import { fragileStore, type FragileStore } from '../../../support/fragile-store';
import { StandingClock } from '../../../support/moving-clock';

const TUESDAY_10H = Date.parse('2026-03-10T13:00:00Z');
const TAKEN = { type: 'taken', status: 200, text: '' };

describe.each(STORES)('receiving what an ERP delivers, on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	let clock: StandingClock;
	const desks: Desk[] = [];

	const open = async () => {
		const opened = await openDesk({ store: store.settings, clock });
		desks.push(opened);
		return opened;
	};
	beforeEach(async () => {
		store = await create();
		clock = new StandingClock(TUESDAY_10H);
		desk = await open();
	});
	afterEach(async () => {
		await Promise.all(desks.splice(0).map((each) => each.close()));
		await store.drop();
	});

	const deliver = (charge: Charge = {}, changes = {}, at = desk) => at.receiveErp(erpCall(asaasBody(charge), changes));
	const rows = () => desk.store.db.selectFrom('erp_event').selectAll().orderBy('seq').execute();
	const outcomes = async () => (await rows()).map((row) => [row.kind, row.outcome]);
	const entity = () => desk.store.db.selectFrom('erp_entity').selectAll().executeTakeFirst();
	const told = async (event: string) =>
		(await desk.store.db.selectFrom('timeline').select(['text', 'data']).where('event', '=', event).execute()).map(
			({ text, data }) => ({ text, data: JSON.parse(data) }),
		);

	it('answers exactly what the sender wants once the event is stored (V-01)', async () => {
		expect(await deliver({ dateCreated: '2026-03-10 09:59:00' })).toEqual(TAKEN);
		const [row] = await rows();
		expect(row).toMatchObject({
			source: SOURCE,
			system: 'asaas',
			delivery_key: 'evt_1',
			entity: 'charge:pay_1',
			kind: 'payment.received',
			outcome: 'event',
			reason: null,
			repeats: 0,
			test: 0,
			received_at: TUESDAY_10H,
			raw: asaasBody({ dateCreated: '2026-03-10 09:59:00' }),
		});
		expect(JSON.parse(row!.event!)).toMatchObject({ sourceId: 'pay_1', amountCents: 123_450 });
		expect(await entity()).toMatchObject({ kind: 'payment.received', occurred_at: TUESDAY_10H - 60_000 });
	});

	it('stores a delivery once however often it comes, one after the other or all at once (V-13, D-02)', async () => {
		expect(await deliver()).toEqual(TAKEN);
		expect(await deliver()).toEqual(TAKEN);
		const charge = { id: 'evt_2', payment: 'pay_2' };
		const answers = await Promise.all(Array.from({ length: 12 }, () => deliver(charge)));
		expect(answers).toEqual(Array.from({ length: 12 }, () => TAKEN));
		expect((await rows()).map((row) => [row.delivery_key, row.repeats])).toEqual([
			['evt_1', 1],
			['evt_2', 11],
		]);
	});

	it('stores it once when two processes take it at the same time (D-02)', async () => {
		const second = await open();
		const charges = Array.from({ length: 20 }, (_, i) => ({ id: `evt_${i}`, payment: `pay_${i}` }));
		await Promise.all(charges.flatMap((charge) => [deliver(charge), deliver(charge, {}, second)]));
		const stored = await rows();
		expect(stored.map((row) => [row.outcome, row.repeats])).toEqual(charges.map(() => ['event', 1]));
	});

	it('tells the same fact of another delivery as a duplicate: thanks are said once (D-34)', async () => {
		await deliver({ id: 'evt_1', event: 'PAYMENT_CONFIRMED' });
		await deliver({ id: 'evt_2', event: 'PAYMENT_RECEIVED' });
		const [, second] = await rows();
		expect(second).toMatchObject({ outcome: 'duplicate', reason: 'O mesmo fato já chegou em outro aviso deste ERP.' });
		expect(await outcomes()).toEqual([
			['payment.received', 'event'],
			['payment.received', 'duplicate'],
		]);
	});

	it('never moves a charge back: what comes out of order is stale (D-34)', async () => {
		await deliver({ id: 'evt_2', event: 'PAYMENT_RECEIVED' });
		await deliver({ id: 'evt_1', event: 'PAYMENT_OVERDUE' });
		expect(await outcomes()).toEqual([
			['payment.received', 'event'],
			['charge.overdue', 'stale'],
		]);
		expect((await rows())[1]!.reason).toBe(
			'Aviso fora de ordem, sem efeito: já se sabe de algo mais adiantado (payment.received).',
		);
		expect(await entity()).toMatchObject({ kind: 'payment.received' });
	});

	it('follows a stage that is entered again, and tells each entry once (V-04)', async () => {
		const enter = (messageId: string, etapa: string) =>
			desk.receiveErp(
				erpCall(
					JSON.stringify({ messageId, topic: 'OrdemServico.EtapaAlterada', event: { idOrdemServico: 7, etapa } }),
					{ preset: ERP_PRESETS.omie, secrets: null },
				),
			);
		for (const [id, stage] of [
			['m-1', '10'],
			['m-2', '20'],
			['m-3', '10'],
			// The same news in another delivery, and a delivery again.
			['m-4', '10'],
			['m-3', '10'],
			['m-5', '20'],
		] as const) {
			await enter(id, stage);
		}
		const key = 'service_order:7/service_order.stage_changed';
		expect((await rows()).map((row) => [row.outcome, row.business_key])).toEqual([
			['event', `${key}/10`],
			['event', `${key}/20`],
			['event', `${key}/10@m-3`],
			['duplicate', `${key}/10`],
			['event', `${key}/20@m-5`],
		]);
	});

	it('takes every payment in cash, however often one before was undone', async () => {
		const tell = (id: string, event: string, status: string) =>
			desk.receiveErp(erpCall(JSON.stringify({ id, event, payment: { id: 'pay_1', value: 10, status } })));
		for (const round of [1, 2]) {
			await tell(`evt_${round}a`, 'PAYMENT_RECEIVED', 'RECEIVED_IN_CASH');
			await tell(`evt_${round}b`, 'PAYMENT_RECEIVED_IN_CASH_UNDONE', 'PENDING');
		}
		expect(await outcomes()).toEqual([
			['payment.received', 'event'],
			['payment.reversed', 'event'],
			['payment.received', 'event'],
			['payment.reversed', 'event'],
		]);
	});

	it('judges what comes in one breath in its order', async () => {
		await Promise.all([
			deliver({ id: 'evt_1', event: 'PAYMENT_CREATED' }),
			deliver({ id: 'evt_2', event: 'PAYMENT_CONFIRMED' }),
			deliver({ id: 'evt_3', event: 'PAYMENT_OVERDUE' }),
			deliver({ id: 'evt_4', event: 'PAYMENT_RECEIVED' }),
		]);
		expect((await outcomes()).map(([, outcome]) => outcome)).toEqual(['event', 'event', 'stale', 'duplicate']);
	});

	it('sets aside kinds nobody asked for, but remembers what they told', async () => {
		const kinds = new Set<ErpKind>(['charge.overdue']);
		await deliver({ id: 'evt_1', event: 'PAYMENT_RECEIVED' }, { kinds });
		await deliver({ id: 'evt_2', event: 'PAYMENT_OVERDUE' }, { kinds });
		expect((await rows()).map((row) => [row.outcome, row.reason])).toEqual([
			['ignored', 'payment.received não está entre os eventos escolhidos neste nó.'],
			['stale', expect.stringContaining('payment.received')],
		]);
		expect(await told('erpIgnored')).toEqual([]);
	});

	it('acknowledges topics that are no news for customers and tells each once a day', async () => {
		for (const id of ['evt_1', 'evt_2']) await deliver({ id, event: 'PAYMENT_REFUNDED' });
		expect((await rows()).map((row) => [row.kind, row.outcome, row.event])).toEqual([
			['PAYMENT_REFUNDED', 'ignored', null],
			['PAYMENT_REFUNDED', 'ignored', null],
		]);
		clock.advance(24 * 3_600_000);
		await deliver({ id: 'evt_3', event: 'PAYMENT_REFUNDED' });
		const lines = await told('erpIgnored');
		expect(lines.map((line) => line.data.topic)).toEqual(['PAYMENT_REFUNDED', 'PAYMENT_REFUNDED']);
		expect(lines[0]!.text).toMatch(/^Asaas avisa sobre "PAYMENT_REFUNDED", que não gera mensagem: .*estorno/);
	});

	it('keeps each fact of a batch, and its body once', async () => {
		const body = JSON.stringify({
			pix: [
				{ endToEndId: 'E1', txid: 'tx1', valor: '10.00', horario: '2026-03-10T12:00:00Z' },
				{ endToEndId: 'E2', txid: 'tx2', valor: '20.00', horario: '2026-03-10T12:00:00Z' },
			],
		});
		const call = erpCall(body, { preset: ERP_PRESETS.bacenPix, secrets: null });
		expect((await desk.receiveErp(call)).type).toBe('taken');
		expect((await desk.receiveErp(call)).type).toBe('taken');
		const stored = await rows();
		const [first] = stored;
		const base = first!.delivery_key.replace(/␟1$/, '');
		expect(stored.map((row) => [row.delivery_key, row.outcome, row.raw, row.repeats])).toEqual([
			[`${base}␟1`, 'event', body, 1],
			[`${base}␟2`, 'event', '', 1],
		]);
	});

	it('takes the good facts of a batch with a bad one, and refuses a batch without any', async () => {
		const pix = (...items: object[]) =>
			desk.receiveErp(erpCall(JSON.stringify({ pix: items }), { preset: ERP_PRESETS.bacenPix, secrets: null }));
		const good = (n: number) => ({ endToEndId: `E${n}`, txid: `tx${n}`, valor: '10.00' });
		const bad = { endToEndId: 'E2', txid: 'tx2' };
		expect(await pix(good(1), bad, good(3))).toEqual(TAKEN);
		expect((await rows()).map((row) => [row.outcome, row.entity])).toEqual([
			['event', 'charge:tx1'],
			['ignored', null],
			['event', 'charge:tx3'],
		]);
		expect((await told('erpIgnored')).map(({ data }) => data.reason)).toEqual([
			'Um item deste aviso não pôde ser lido e ficou de fora; os outros valem: pix[1].valor is missing or is not an amount.',
		]);
		// Mended, only its fact is new.
		expect(await pix(good(1), good(2), good(3))).toEqual(TAKEN);
		expect((await rows()).slice(3).map((row) => row.outcome)).toEqual(['duplicate', 'event', 'duplicate']);
		expect(await pix(bad)).toMatchObject({ type: 'unreadable', status: 400 });
	});

	it('opens an invoice again when Odoo says that it is not paid any more, and takes its payment again', async () => {
		const odoo = async (payment_state: string, day: number) => {
			const invoice = { _model: 'account.move', _id: 87, state: 'posted', payment_state };
			const body = JSON.stringify({ ...invoice, write_date: `2026-03-${day} 12:00:00` });
			expect(await desk.receiveErp(erpCall(body, { preset: ERP_PRESETS.odoo, secrets: null }))).toEqual(TAKEN);
		};
		await odoo('not_paid', 10);
		await odoo('paid', 11);
		await odoo('not_paid', 12);
		await odoo('paid', 11);
		await odoo('paid', 13);
		expect(await outcomes()).toEqual([
			['invoice.issued', 'event'],
			['payment.received', 'event'],
			['invoice.issued', 'duplicate'],
			['payment.reversed', 'event'],
			['payment.received', 'event'],
		]);
		expect(await entity()).toMatchObject({ kind: 'payment.received' });
	});

	it('keeps what cannot be read, answers 400 with the reason and tells it once a minute', async () => {
		const cut = asaasBody().slice(0, 40);
		const answer = await desk.receiveErp(erpCall(cut));
		expect(answer).toEqual({ type: 'unreadable', status: 400, text: 'the body is not valid JSON' });
		await desk.receiveErp(erpCall(cut));
		await desk.receiveErp(erpCall(`${cut}…`));
		expect((await rows()).map((row) => [row.outcome, row.raw, row.repeats])).toEqual([
			['unreadable', cut, 1],
			['unreadable', `${cut}…`, 0],
		]);
		expect(await told('erpUnreadable')).toEqual([
			{
				text: 'Um aviso de Asaas não pôde ser lido e nenhum fluxo rodou por ele. Confira se o sistema escolhido no nó é o que envia para este endereço.',
				data: { source: SOURCE, system: 'asaas', reason: 'the body is not valid JSON' },
			},
		]);
	});

	it('keeps at most 256 kB of a body, and no character a database refuses', async () => {
		await desk.receiveErp(erpCall(`\0${'x'.repeat(300_000)}`));
		const [row] = await rows();
		expect(row!.raw).toBe(`\uFFFD${'x'.repeat(256 * 1024 - 1)}`);
	});

	it('keeps a body on which its reader fails', async () => {
		const broken = {
			...ERP_PRESETS.asaas,
			read: () => {
				throw new Error('nobody thought of this');
			},
		};
		expect(await desk.receiveErp(erpCall('{}', { preset: broken }))).toMatchObject({ status: 400 });
		expect((await rows())[0]).toMatchObject({ outcome: 'unreadable', raw: '{}' });
	});

	it('refuses who does not prove to be the ERP, stores nothing and tells it once a minute', async () => {
		const request = { headers: { 'asaas-access-token': 'palpite' }, query: {}, body: Buffer.from(asaasBody()) };
		const answers = [await deliver({}, { request }), await deliver({}, { request: { ...request, headers: {} } })];
		expect(answers).toEqual([
			{ type: 'refused', status: 401, text: 'the header asaas-access-token is not the one agreed' },
			{ type: 'refused', status: 401, text: 'the header asaas-access-token is missing' },
		]);
		expect(await rows()).toEqual([]);
		expect(await told('erpRefused')).toEqual([
			{
				text: 'Aviso de Asaas recusado: quem enviou não provou ser o ERP. Confira o segredo na credencial ERP Webhook do n8n e no cadastro do webhook no ERP.',
				data: { source: SOURCE, system: 'asaas', reason: 'the header asaas-access-token is not the one agreed' },
			},
		]);
		clock.advance(60_000);
		await deliver({}, { request });
		expect(await told('erpRefused')).toHaveLength(2);
	});

	it('keeps sources apart: the same delivery to two workflows is an event for both', async () => {
		await deliver();
		await deliver({}, { source: 'outroFluxo/no' });
		expect(await outcomes()).toEqual([
			['payment.received', 'event'],
			['payment.received', 'event'],
		]);
	});

	it('lets a test take nothing from production: no key, no order', async () => {
		await deliver({}, { test: true });
		await deliver({}, { test: true });
		await deliver();
		await deliver({ id: 'evt_2', event: 'PAYMENT_OVERDUE' }, { test: true });
		expect((await rows()).map((row) => [row.test, row.outcome, row.repeats])).toEqual([
			[1, 'event', 0],
			[1, 'event', 0],
			[0, 'event', 0],
			[1, 'event', 0],
		]);
	});
});

describe.each(STORES)('an ERP that delivers while the database is away, on $name', ({ create }) => {
	let store: TestStore;
	let fragile: FragileStore;
	let desk: Desk;

	beforeEach(async () => {
		store = await create();
		fragile = await fragileStore(store.settings);
		desk = await openDesk({ store: fragile.settings });
	});
	afterEach(async () => {
		await fragile.comeBack();
		await desk.close();
		await fragile.close();
		await store.drop();
	});

	it('is answered 503 before it loses patience, and stored once when it delivers again', async () => {
		const { asaas } = ERP_PRESETS;
		// As impatient as Mercado Livre, which waits half a second.
		const call = erpCall(asaasBody(), { preset: { ...asaas, system: 'mercadoLivre' } });
		await fragile.goAway();
		const began = performance.now();
		const answer = await desk.receiveErp(call);
		const took = performance.now() - began;
		expect(answer).toEqual({ type: 'notStored', status: 503, text: 'Not stored yet; please deliver again.' });
		expect(took).toBeLessThan(500);
		await fragile.comeBack();
		await eventually(async () => (await desk.receiveErp(call)).type === 'taken');
		const rows = await desk.store.db.selectFrom('erp_event').select('outcome').execute();
		expect(rows).toEqual([{ outcome: 'event' }]);
	});
});

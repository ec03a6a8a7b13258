import { applyStatuses } from '../../../../engine/outbox/delivery';
import { mergeContacts } from '../../../../engine/contact/merge-contacts';
import {
	listReceivables,
	checkReceivable,
	getReceivable,
	receivablesOfContact,
} from '../../../../engine/receivable/views';
import { changeReceivables } from '../../../../engine/receivable/change';
import type { StatusEvent } from '../../../../engine/model';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { phoneOf, ReminderRig } from '../../../support/reminder-rig';
import { HOUR, someTemplate } from '../../../support/sending-facts';

const KEY = { creditor: 'acme', invoice: 'tit-1' };

describe.each(STORES)('what the desk is told of receivables on $name', ({ create }) => {
	let test: TestStore;
	let desk: ReminderRig;

	const open = async (channelId?: string) => {
		desk = await ReminderRig.open(test.settings, channelId);
	};
	beforeEach(async () => {
		test = await create();
	});
	afterEach(async () => {
		await desk.close();
		await test.drop();
	});
	const ids = async () => (await desk.rig.rows()).map(({ id }) => id);

	it('takes back every reminder that waits, whyever it waits, and tells it with what happened (X-04)', async () => {
		await open('cloudApi:1');
		const content = someTemplate();
		const to = (n: number) => ({ recipient: { type: 'phone' as const, phone: phoneOf(n) }, content });
		// Planned, postponed until morning, held for the contact, in the line.
		await desk.remind(somePlan({ payer: 'p1', steps: [planStep('tit-1', 'a')] }), {
			...to(1),
			notBefore: desk.now + HOUR,
		});
		await desk.remind(somePlan({ payer: 'p3', steps: [planStep('tit-1', 'c')] }), {
			...to(3),
			...{ content: { type: 'text', text: 'Oi' }, outsideWindow: { type: 'hold' } },
		});
		await desk.rig.claim();
		await desk.remind(somePlan({ payer: 'p4', steps: [planStep('tit-1', 'd'), planStep('tit-2', 'd')] }), to(4));
		await desk.remind(somePlan({ payer: 'p5', steps: [planStep('tit-2', 'e')] }), to(5));
		expect((await desk.rig.rows()).map(({ status, waits }) => [status, waits])).toEqual([
			['queued', 2],
			['held', 1],
			['queued', 0],
			['queued', 0],
		]);
		const paid = await desk.change({ type: 'settle', paidCents: 10_000 }, { reason: 'pelo fluxo "Baixa"' });
		expect(paid).toMatchObject({
			...{ result: 'changed', code: null },
			explanation: 'A fatura NF tit-1 foi paga em 10/03/2026: R$ 100,00 (pelo fluxo "Baixa").',
			receivable: { state: 'paid', reason: 'pelo fluxo "Baixa"', paidCents: 10_000 },
		});
		expect(paid.cancelled.sort()).toEqual((await ids()).slice(0, 3).sort());
		expect((await desk.rig.rows()).map(({ status, error_code }) => [status, error_code])).toEqual([
			...Array(3).fill(['refused', 'cancelled']),
			['queued', null],
		]);
		const lines = await desk.lines();
		expect(lines.slice(-4)).toEqual([
			['receivablePaid', paid.explanation],
			...Array(3).fill(['messageCancelled', 'Cancelada: a fatura NF tit-1 já foi paga.']),
		]);
		// What it spoke of besides is planned again.
		expect(await desk.remind(somePlan({ payer: 'p4', steps: [planStep('tit-2', 'd')] }), to(4))).toBe('enqueued');
	});

	it('takes back a bill that waits too when it is paid or disputed, but not when a person deals with it (X-04)', async () => {
		await open('cloudApi:1');
		const bill = (invoice: string) =>
			desk.request(somePlan(), {
				...{ dunning: undefined, topics: [`invoice:acme/${invoice}`], kind: 'notification' },
				notBefore: desk.now + HOUR,
			});
		await desk.send([bill('tit-1'), bill('tit-2'), bill('tit-3')]);
		await desk.change({ type: 'settle', paidCents: 10_000 });
		await desk.send([bill('tit-1')]);
		// The same payment again takes back no thanks.
		await desk.change({ type: 'settle', paidCents: 10_000 });
		await desk.change({ type: 'dispute' }, { invoice: 'tit-2' });
		await desk.change({ type: 'handToHuman' }, { invoice: 'tit-3' });
		expect((await desk.rig.rows()).map(({ status, error_code }) => [status, error_code])).toEqual([
			['refused', 'cancelled'],
			['refused', 'cancelled'],
			['queued', null],
			['queued', null],
		]);
	});

	it('is found by its topics and its contact', async () => {
		await open();
		await desk.remind();
		await desk.change({ type: 'claimPaid' }, { conversationId: 'cnv_1' });
		const { db } = desk.rig.store;
		const line = await db
			.selectFrom('timeline')
			.selectAll()
			.where('event', '=', 'receivableClaimedPaid')
			.executeTakeFirst();
		expect(line).toMatchObject({ contact_id: (await desk.rig.rows())[0]!.contact_id, conversation_id: 'cnv_1' });
		const topics = await db
			.selectFrom('timeline_topic')
			.selectAll()
			.where('topic', '=', 'invoice:acme/tit-1')
			.execute();
		expect(topics.map((each) => each.timeline_id)).toContain(line!.id);
	});

	it('is worked off in order, also when several are about one; out of order they are stale', async () => {
		await open();
		const at = (type: 'settle' | 'cancel' | 'dispute') => ({ ...KEY, change: { type } });
		const results = await changeReceivables(
			desk.rig.store,
			[at('dispute'), at('settle'), at('cancel'), at('settle')],
			desk.now,
		);
		expect(results.map(({ result, receivable }) => [result, receivable.state])).toEqual([
			['changed', 'disputed'],
			['changed', 'paid'],
			['stale', 'paid'],
			['unchanged', 'paid'],
		]);
		expect((await desk.lines()).map(([event]) => event)).toEqual(['receivableDisputed', 'receivablePaid']);
	});

	it('by two processes at the same moment counts once', async () => {
		await open();
		const other = await desk.rig.another();
		const settle = (store = desk.rig.store) =>
			changeReceivables(
				store,
				Array.from({ length: 40 }, (_, n) => ({
					creditor: 'acme',
					invoice: `t-${n}`,
					change: { type: 'settle' } as const,
				})),
				desk.now,
			);
		const results = (await Promise.all([settle(), settle(other)])).flat().map(({ result }) => result);
		expect(results.filter((each) => each === 'changed')).toHaveLength(40);
		expect(results.filter((each) => each === 'unchanged')).toHaveLength(40);
		expect(await desk.lines()).toHaveLength(40);
	});

	it('while the same invoice is being reminded of leaves no reminder of a paid one', async () => {
		await open();
		const other = await desk.rig.another();
		for (let n = 0; n < 10; n++) {
			const plan = somePlan({ payer: `p-${n}`, steps: [planStep(`t-${n}`)] });
			const request = desk.request(plan, { recipient: { type: 'phone', phone: phoneOf(n) } });
			await Promise.all([
				desk.send([request]),
				changeReceivables(other, [{ creditor: 'acme', invoice: `t-${n}`, change: { type: 'settle' } }], desk.now),
			]);
		}
		expect((await desk.rig.claim()).claimed).toEqual([]);
		expect((await desk.rig.rows()).filter(({ status }) => status !== 'refused')).toEqual([]);
	});

	it('of a contact is about what its last reminder that left spoke of', async () => {
		await open();
		await desk.remind(somePlan({ day: '2026-03-09', steps: [planStep('old')], validUntil: desk.now + HOUR }));
		await desk.rig.deliver();
		await desk.remind(somePlan({ steps: [planStep('tit-2'), planStep('tit-1')] }));
		const [first, second] = await desk.rig.rows();
		const of = (reminderId?: string) =>
			desk.rig.store.read((db) => receivablesOfContact(db, first!.contact_id, reminderId));
		expect(await of()).toEqual([{ creditor: 'acme', invoice: 'old' }]);
		await desk.rig.deliver();
		expect(await of()).toEqual([KEY, { creditor: 'acme', invoice: 'tit-2' }]);
		expect(await of(first!.id)).toEqual([{ creditor: 'acme', invoice: 'old' }]);
		expect(await of(second!.id)).toHaveLength(2);
		expect(await desk.rig.store.read((db) => receivablesOfContact(db, 'nobody'))).toEqual([]);
	});

	it('is shown as it stands, and says whether it may be reminded of', async () => {
		await open();
		const { store } = desk.rig;
		expect(await checkReceivable(store, KEY, desk.now)).toEqual({
			...{ open: true, code: null, receivable: null },
			reason: 'A fatura tit-1 está em aberto.',
		});
		await expect(getReceivable(store, KEY)).rejects.toMatchObject({ name: 'NotFound', field: 'invoice' });
		const known = { number: 'NF 12', payer: '52998224725', dueDate: '2026-03-01', amountCents: 5_000 };
		await desk.change({ type: 'promise', date: '2026-03-15' }, { known });
		expect(await checkReceivable(store, KEY, desk.now)).toMatchObject({
			...{ open: false, code: 'receivableStopped' },
			reason: 'Não lembrar: há uma promessa de pagamento da fatura NF 12 para 15/03/2026.',
		});
		expect(await getReceivable(store, KEY)).toMatchObject({ ...KEY, ...known, state: 'promised', promises: 1 });
		const checked = checkReceivable(store, KEY, Date.parse('2026-03-16T00:00:00-03:00'));
		expect(await checked).toMatchObject({
			...{ open: true, reason: 'A promessa da fatura NF 12 era para 15/03/2026, que já passou: pode ser lembrada.' },
		});
		desk.rig.clock.advance(1_000);
		await desk.change({ type: 'dispute' }, { invoice: 'tit-2', known: { payer: '52998224725' } });
		const list = async (filter: object) =>
			(await listReceivables(store, { limit: 10, ...filter })).map(({ invoice }) => invoice);
		expect(await list({})).toEqual(['tit-2', 'tit-1']);
		expect(await list({ payer: '52998224725', states: ['promised'] })).toEqual(['tit-1']);
		expect(await list({ creditor: 'other' })).toEqual([]);
		expect(await list({ since: desk.now })).toEqual(['tit-2']);
		expect(await list({ limit: 1 })).toEqual(['tit-2']);
	});

	it('keeps a promise that was refused out of the record, with the reason', async () => {
		await open();
		const result = await desk.change({ type: 'promise', date: '2026-04-10' }, { promises: { maxDaysAhead: 30 } });
		expect(result).toMatchObject({
			result: 'refused',
			code: 'promiseTooFar',
			receivable: { state: 'open', promises: 0 },
		});
		expect(await desk.lines()).toEqual([]);
	});

	it('follows two contacts that turn out to be one', async () => {
		await open();
		const to = (n: number) => ({ recipient: { type: 'phone' as const, phone: phoneOf(n) } });
		await desk.remind(somePlan({ payer: 'p1', steps: [planStep('tit-1')] }), to(1));
		await desk.remind(somePlan({ payer: 'p2', steps: [planStep('tit-2')] }), to(2));
		await desk.change({ type: 'wrongPerson' });
		const [one, two] = (await desk.rig.rows()).map(({ contact_id }) => contact_id);
		await desk.rig.store.transaction((tx) => mergeContacts(tx, two!, one!, desk.now));
		expect((await getReceivable(desk.rig.store, KEY)).contactId).toBe(two);
		const plan = somePlan({ payer: 'p1', day: '2026-03-11', steps: [planStep('tit-9')] });
		expect(await desk.remind(plan, to(2))).toBe('receivableStopped');
		expect(await desk.remind(somePlan({ payer: 'p3', steps: [planStep('tit-8')] }), to(2))).toBe('oneReminderPerDay');
	});

	it('holds for the template that took the place of a text whose window had closed (D-19)', async () => {
		await open('cloudApi:1');
		await desk.remind();
		const { contact_id } = (await desk.rig.rows())[0]!;
		await desk.rig.wrote(contact_id, desk.now - HOUR);
		await desk.rig.store.db
			.updateTable('outbox')
			.set({ outside_window: JSON.stringify({ type: 'template', content: someTemplate() }) })
			.execute();
		await desk.rig.deliver();
		const [first] = await desk.rig.rows();
		const failed = {
			...{ type: 'status', key: 's1', status: 'failed', at: desk.now, providerMessageId: first!.provider_message_id },
			...{ outboxId: first!.id, recipient: null, pricing: null, raw: null },
			error: { code: 131047, title: '', details: '' },
		} as unknown as StatusEvent;
		await desk.rig.store.transaction((tx) =>
			applyStatuses(
				tx,
				desk.rig.store.dialect,
				[{ channelId: desk.rig.channelId, event: failed }],
				() => ({
					retry: { kind: 'never' },
					explanation: 'fora da janela',
				}),
				desk.now,
			),
		);
		const [, standIn] = await desk.rig.rows();
		expect(standIn).toMatchObject({
			...{ purpose: 'reminder', topics: '["invoice:acme/tit-1"]', contact_hours: first!.contact_hours },
		});
		expect(await desk.remind(somePlan({ day: '2026-03-11' }))).toBe('alreadySent');
		expect((await desk.change({ type: 'settle' })).cancelled).toEqual([standIn!.id]);
	});
});

import {
	getTicket,
	listTickets,
	openDesk,
	operateTicket,
	saveContacts,
	ticketFromConversation,
	upsertTickets,
	type Desk,
	type TicketEntry,
} from '../../../../engine';
import type { Store } from '../../../../engine/store/open-store';
import { upsertTickets as mirror } from '../../../../engine/ticket/upsert-tickets';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';
import { text, webhook } from '../../../support/webhook-body';

const ANA = '5511987654321';
const TUESDAY_10H = Date.parse('2026-03-10T13:00:00Z');
const HOUR = 3_600_000;
const OS: TicketEntry = {
	source: 'Omie',
	code: '4711',
	number: 'OS 1234',
	product: 'Geladeira',
	problem: 'Não gela',
	status: 'Aberta',
	closedStatuses: ['Concluída'],
	sourceAt: TUESDAY_10H,
};

describe.each(STORES)('tickets, on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	let clock: StandingClock;

	beforeEach(async () => {
		store = await create();
		clock = new StandingClock(TUESDAY_10H);
		desk = await openDesk({ store: store.settings, clock });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const upsert = async (more: Partial<TicketEntry> = {}) => (await upsertTickets(desk, [{ ...OS, ...more }]))[0]!;
	const told = async () =>
		(await desk.store.db.selectFrom('timeline').selectAll().orderBy('seq').execute())
			.filter(({ event }) => event.startsWith('ticket'))
			.map(({ event, text, conversation_id, contact_id }) => ({ event, text, conversation_id, contact_id }));
	const events = async () => (await told()).map(({ event }) => event);
	const writes = async (waId: string, body: string) => {
		await desk.receiveCloudApi(webhook(text({ waId }, body, { at: clock.now() })), demoCredentials());
		return desk.store.db.selectFrom('conversation').selectAll().orderBy('opened_at', 'desc').executeTakeFirstOrThrow();
	};

	it('are made, mirrored and closed with their source, each step told once (V-02, V-04, V-13)', async () => {
		const first = await upsert();
		expect(first).toMatchObject({ result: 'created', explanation: 'Chamado OS 1234 aberto: Geladeira · Não gela.' });
		expect(first.ticket).toMatchObject({
			...{ source: 'omie', code: '4711', number: 'OS 1234', state: 'open', priority: 'normal', contact: null },
			...{ createdAt: '2026-03-10T13:00:00.000Z', sourceAt: '2026-03-10T13:00:00.000Z', closedAt: null },
		});
		clock.advance(HOUR);
		expect(await upsert()).toMatchObject({ result: 'unchanged', ticket: first.ticket });
		expect(await upsert({ status: 'Em análise', sourceAt: clock.now() })).toMatchObject({
			result: 'updated',
			ticket: { status: 'Em análise', updatedAt: '2026-03-10T14:00:00.000Z' },
		});
		expect(await upsert({ status: 'Aberta' })).toMatchObject({ result: 'stale', ticket: { status: 'Em análise' } });
		expect(await upsert({ status: 'Concluída', sourceAt: clock.now() })).toMatchObject({
			result: 'closed',
			ticket: { state: 'closed', closedAt: '2026-03-10T14:00:00.000Z' },
		});
		expect(await upsert({ status: 'Concluída', sourceAt: clock.now() })).toMatchObject({ result: 'unchanged' });
		expect(await events()).toEqual(['ticketOpened', 'ticketUpdated', 'ticketClosed']);
		expect(await desk.store.db.selectFrom('timeline_topic').select('topic').execute()).toEqual(
			Array(3).fill({ topic: `ticket:${first.ticket.id}` }),
		);
		await expect(upsertTickets(desk, [{ source: 'omie', code: ' ' }])).rejects.toThrow('The ticket has no code.');
	});

	it('are one when twelve runs bring the same news at once (V-13)', async () => {
		const entry = { ...OS, contact: { phone: ANA, name: 'Ana', erpIds: ['omie:1'] } };
		const results = await Promise.all(Array.from({ length: 12 }, () => upsertTickets(desk, [entry])));
		const outcomes = results.map(([each]) => each!.result).sort();
		expect(outcomes).toEqual(['created', ...Array<string>(11).fill('unchanged')]);
		expect(await listTickets(desk, { limit: 10 })).toHaveLength(1);
		expect(await events()).toEqual(['ticketOpened']);
	});

	it('are still news of this run when the answer to its commit was lost', async () => {
		const again: Store = {
			...desk.store,
			transaction: async (work) => {
				await desk.store.transaction(work);
				return desk.store.transaction(work);
			},
		};
		const entries = [OS, { ...OS, code: '2', status: 'Concluída' }];
		const results = await mirror(again, entries, clock.now());
		expect(results.map(({ result }) => result)).toEqual(['created', 'closed']);
		expect(await events()).toEqual(['ticketOpened', 'ticketOpened', 'ticketClosed']);
	});

	it('that cross each other in lists of different order all arrive', async () => {
		const entries = Array.from({ length: 20 }, (_, i) => ({ ...OS, code: String(i) }));
		const lists = [entries, [...entries].reverse(), entries, [...entries].reverse()];
		const results = (await Promise.all(lists.map((list) => upsertTickets(desk, list)))).flat();
		expect(results.filter(({ result }) => result === 'created')).toHaveLength(20);
		expect(await listTickets(desk, { limit: 100 })).toHaveLength(20);
	});

	it('of one list are changed one after the other', async () => {
		const results = await upsertTickets(desk, [
			OS,
			{ ...OS, status: 'Em análise' },
			{ ...OS, code: '4712', priority: 'critical' },
			{ ...OS, status: 'Concluída' },
		]);
		expect(results.map(({ result }) => result)).toEqual(['created', 'updated', 'created', 'closed']);
		expect(await getTicket(desk, { source: 'OMIE', code: '4711' })).toMatchObject({
			state: 'closed',
			status: 'Concluída',
		});
		expect(await events()).toEqual([
			...['ticketOpened', 'ticketUpdated', 'ticketOpened', 'ticketCritical', 'ticketClosed'],
		]);
	});

	it('belong to a contact by phone, ERP id, document or id, and to the conversation that goes on (V-09)', async () => {
		const conversation = await writes(ANA, 'Oi');
		const first = await upsert({ contact: { phone: '(11) 98765-4321', name: 'Ana', erpIds: ['omie:1'] } });
		expect(first.ticket).toMatchObject({
			contact: { id: conversation.contact_id, name: 'Ana', phone: `+${ANA}` },
			conversation: { id: conversation.id, protocolNumber: conversation.protocol_number, state: 'triage' },
		});
		expect(await told()).toMatchObject([
			{ conversation_id: conversation.id, contact_id: conversation.contact_id, event: 'ticketOpened' },
		]);
		for (const contact of [
			{ erpIds: ['omie:1'] },
			{ id: 'erp:omie:1' },
			{ id: conversation.contact_id },
			{ id: ANA },
		]) {
			expect(await upsert({ contact })).toMatchObject({ result: 'unchanged', warning: null });
		}
		const other = await upsert({ code: '2', contact: { id: 'cnt_none' }, conversation: 'X-1' });
		expect(other).toMatchObject({
			result: 'created',
			warning: 'Não há contato "cnt_none". A conversa "X-1" não existe: o chamado não foi ligado a ela.',
			ticket: { contact: null, conversation: null },
		});
		expect((await listTickets(desk, { contact: 'omie:1', limit: 10 })).map(({ code }) => code)).toEqual(['4711']);
		expect(await listTickets(desk, { contact: 'erp:omie:2', limit: 10 })).toEqual([]);
	});

	it('are stored without a phone too: that is told when something is sent (V-11)', async () => {
		const saved = await upsert({ contact: { phone: '', name: 'Carla', document: '529.982.247-25' } });
		expect(saved).toMatchObject({
			result: 'created',
			warning: null,
			ticket: { contact: { name: 'Carla', phone: null } },
		});
		const unusable = await upsert({ code: '2', contact: { phone: '123', name: 'Davi' } });
		expect(unusable).toMatchObject({ result: 'created', ticket: { contact: null } });
		expect(unusable.warning).toMatch(/^Falta/);
		expect(await events()).toEqual(['ticketOpened', 'ticketOpened']);
	});

	it('follow their contact when two records turn out to be one (X-07)', async () => {
		const saved = await upsert({ contact: { phone: '', name: 'Ana', erpIds: ['omie:1'] } });
		const conversation = await writes(ANA, 'Oi');
		await saveContacts(desk, [{ phone: ANA, erpIds: ['omie:1'] }]);
		const { contact } = await getTicket(desk, saved.ticket.id);
		expect(contact).toEqual({ id: saved.ticket.contact!.id, name: 'Ana', phone: `+${ANA}` });
		expect(await upsert({ contact: { erpIds: ['omie:1'] } })).toMatchObject({
			result: 'updated',
			explanation: `Chamado OS 1234 atualizado: conversa "${conversation.protocol_number}".`,
		});
	});

	it('are closed, reopened, noted and linked by hand, and say when there was nothing to do', async () => {
		const { ticket } = await upsert();
		const ref = ticket.id;
		const closed = await operateTicket(desk, ref, { type: 'close', status: 'Cancelada', reason: 'Cliente desistiu.' });
		expect(closed).toMatchObject({
			result: 'closed',
			explanation: 'Chamado OS 1234 encerrado: situação de "Aberta" para "Cancelada". Motivo: Cliente desistiu.',
			ticket: { state: 'closed' },
		});
		expect(await operateTicket(desk, ref, { type: 'close' })).toMatchObject({ result: 'unchanged' });
		const again = await operateTicket(desk, { source: 'omie', code: '4711' }, { type: 'reopen' });
		expect(again).toMatchObject({ result: 'reopened', ticket: { state: 'open', closedAt: null } });
		const note = { type: 'note', text: 'Peça pedida', author: 'Bia', key: 'k1' } as const;
		await operateTicket(desk, ref, note);
		expect(await operateTicket(desk, ref, note)).toMatchObject({
			explanation: 'Nota no chamado OS 1234 (Bia): Peça pedida',
		});
		const conversation = await writes(ANA, 'Oi');
		const linked = await operateTicket(desk, ref, { type: 'link', conversation: conversation.protocol_number });
		expect(linked).toMatchObject({
			result: 'updated',
			ticket: { conversation: { id: conversation.id }, contact: { phone: `+${ANA}` } },
		});
		expect(await events()).toEqual(['ticketOpened', 'ticketClosed', 'ticketReopened', 'ticketNoted', 'ticketUpdated']);
		await expect(operateTicket(desk, 'tic_0', { type: 'close' })).rejects.toThrow('There is no ticket "tic_0".');
		expect(await getTicket(desk, ' Omie/4711 ')).toEqual(await getTicket(desk, ticket.id));
		await expect(getTicket(desk, { source: 'x', code: '1' })).rejects.toThrow('There is no ticket "x/1".');
		await expect(operateTicket(desk, ref, { type: 'link', conversation: 'X' })).rejects.toThrow(
			'There is no conversation "X".',
		);
	});

	it('are made of a conversation outside business hours, with what was written (M-22)', async () => {
		const conversation = await writes(ANA, 'Minha geladeira parou');
		const made = await ticketFromConversation(desk, conversation.protocol_number);
		expect(made).toMatchObject({
			result: 'created',
			ticket: {
				...{ source: 'whatsapp', code: conversation.protocol_number, number: conversation.protocol_number },
				...{ problem: 'Minha geladeira parou', state: 'open', issuedAt: '2026-03-10T13:00:00.000Z' },
				...{ contact: { phone: `+${ANA}` }, conversation: { id: conversation.id } },
			},
		});
		expect(await ticketFromConversation(desk, conversation.id)).toMatchObject({ result: 'unchanged' });
		clock.advance(60_000);
		await writes(ANA, 'Consegue vir amanhã?');
		expect(await ticketFromConversation(desk, conversation.id, { priority: 'high' })).toMatchObject({
			result: 'updated',
			ticket: { problem: 'Minha geladeira parou\nConsegue vir amanhã?', priority: 'high' },
		});
		await expect(ticketFromConversation(desk, 'X')).rejects.toThrow('There is no conversation "X".');
	});

	it('are listed by source, state, priority and time, changed last first', async () => {
		await upsert({ code: '1' });
		clock.advance(HOUR);
		await upsert({ code: '2', source: 'bling', priority: 'critical' });
		clock.advance(HOUR);
		await upsert({ code: '1', status: 'Concluída', sourceAt: clock.now() });
		const codes = async (filter: Partial<Parameters<typeof listTickets>[1]>) =>
			(await listTickets(desk, { limit: 10, ...filter })).map(({ code }) => code);
		expect(await codes({})).toEqual(['1', '2']);
		expect(await codes({ source: 'BLING' })).toEqual(['2']);
		expect(await codes({ states: ['open'] })).toEqual(['2']);
		expect(await codes({ priorities: ['low', 'critical'] })).toEqual(['2']);
		expect(await codes({ updatedSince: TUESDAY_10H + 2 * HOUR })).toEqual(['1']);
		expect(await codes({ limit: 1 })).toEqual(['1']);
	});
});

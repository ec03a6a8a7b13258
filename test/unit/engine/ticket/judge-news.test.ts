import { explain, linesOf } from '../../../../engine/ticket/describe';
import { changeTicket, judgeNews } from '../../../../engine/ticket/judge-news';
import type { Ticket, TicketNews } from '../../../../engine/ticket/types';

const TUESDAY_10H = Date.parse('2026-03-10T13:00:00Z');
const HOUR = 3_600_000;
const NOWHERE = { labels: new Map(), channels: new Map() };
const ID = { id: 'tic_1', source: 'omie', code: '4711' };

const news = (more: Partial<TicketNews> = {}): TicketNews => ({
	...{ number: null, issuedAt: null, product: null, problem: null, status: null, link: null, priority: null },
	...{ state: null, closedStatuses: ['Concluída'], contactId: null, conversationId: null, sourceAt: null },
	openConversations: new Map([['cnt_ana', 'cnv_1']]),
	...more,
});
const OPENING = news({
	number: 'OS 1234',
	product: 'Geladeira',
	problem: 'Não gela',
	status: 'Aberta',
	contactId: 'cnt_ana',
	sourceAt: TUESDAY_10H,
});
const opened = judgeNews(null, ID, OPENING, TUESDAY_10H).ticket;
const judge = (more: Partial<TicketNews>, known: Ticket | null = opened) =>
	judgeNews(known, ID, news(more), TUESDAY_10H + HOUR);
const events = (judgement: ReturnType<typeof judge>) =>
	linesOf(judgement, NOWHERE, TUESDAY_10H + HOUR).map(({ event, text }) => [event, text]);

describe('news of a ticket', () => {
	it('open it, with its number, product and problem, in the conversation of its contact (V-02, V-03)', () => {
		const first = judgeNews(null, ID, OPENING, TUESDAY_10H);
		expect(first).toMatchObject({ outcome: 'created', isNew: true, changes: [] });
		expect(first.ticket).toEqual({
			...ID,
			...{ number: 'OS 1234', issuedAt: null, product: 'Geladeira', problem: 'Não gela', status: 'Aberta', link: null },
			...{ priority: 'normal', state: 'open', contactId: 'cnt_ana', conversationId: 'cnv_1' },
			...{ sourceAt: TUESDAY_10H, createdAt: TUESDAY_10H, updatedAt: TUESDAY_10H, closedAt: null },
		});
		expect(events(first)).toEqual([['ticketOpened', 'Chamado OS 1234 aberto: Geladeira · Não gela.']]);
	});

	it('change nothing and tell nothing when they repeat themselves (V-13)', () => {
		const again = judgeNews(opened, ID, OPENING, TUESDAY_10H + HOUR);
		expect(again).toEqual({ outcome: 'unchanged', ticket: opened, isNew: false, changes: [], becameCritical: false });
		expect(events(again)).toEqual([]);
		expect(explain(again, NOWHERE)).toBe('Nada mudou no chamado OS 1234.');
	});

	it('mirror the status and say what it was before; what they do not say stays (V-04)', () => {
		const moved = judge({ status: 'Em análise', sourceAt: TUESDAY_10H + HOUR });
		expect(moved).toMatchObject({
			outcome: 'updated',
			ticket: { status: 'Em análise', product: 'Geladeira', updatedAt: TUESDAY_10H + HOUR },
			changes: [{ field: 'status', from: 'Aberta', to: 'Em análise' }],
		});
		expect(events(moved)).toEqual([
			['ticketUpdated', 'Chamado OS 1234 atualizado: situação de "Aberta" para "Em análise".'],
		]);
	});

	it('close it with the source, by state or by one of its words for closed (V-04)', () => {
		for (const more of [{ state: 'closed' as const }, { status: 'CONCLUIDA' }]) {
			const closed = judge(more);
			expect(closed).toMatchObject({ outcome: 'closed', ticket: { state: 'closed', closedAt: TUESDAY_10H + HOUR } });
			expect(events(closed)[0]![0]).toBe('ticketClosed');
			expect(judge(more, closed.ticket).outcome).toBe('unchanged');
		}
		expect(events(judge({ status: 'Concluída' }))).toEqual([
			['ticketClosed', 'Chamado OS 1234 encerrado: situação de "Aberta" para "Concluída".'],
		]);
		expect(judge({ status: 'Em análise' }).outcome).toBe('updated');
	});

	it('open and close it at once when the first thing heard of it is its end', () => {
		const first = judge({ number: '9', status: 'Concluída', contactId: 'cnt_ana' }, null);
		expect(first).toMatchObject({ outcome: 'closed', isNew: true, ticket: { state: 'closed', conversationId: null } });
		expect(events(first)).toEqual([
			['ticketOpened', 'Chamado 9 aberto.'],
			['ticketClosed', 'Chamado 9 encerrado: Concluída.'],
		]);
	});

	it('reopen it only when they say so', () => {
		const { ticket: closed } = judge({ state: 'closed' });
		expect(judge({ status: 'Em análise' }, closed)).toMatchObject({ outcome: 'updated', ticket: { state: 'closed' } });
		const again = judge({ state: 'open', status: 'Em análise' }, closed);
		expect(again).toMatchObject({ outcome: 'reopened', ticket: { state: 'open', closedAt: null } });
		expect(events(again)).toEqual([
			['ticketReopened', 'Chamado OS 1234 reaberto: situação de "Aberta" para "Em análise".'],
		]);
	});

	it('older than the last ones move nothing back, they only fill gaps', () => {
		const { ticket: closed } = judge({ number: '9', status: 'Concluída', sourceAt: TUESDAY_10H }, null);
		const late = { status: 'Aberta', state: 'open', priority: 'critical', sourceAt: TUESDAY_10H - HOUR } as const;
		const old = judge({ ...late, number: '8', product: 'Geladeira' }, closed);
		expect(old).toMatchObject({
			outcome: 'stale',
			ticket: { ...closed, product: 'Geladeira', updatedAt: TUESDAY_10H + HOUR },
			becameCritical: false,
		});
		expect(explain(old, NOWHERE)).toBe(
			'Notícia antiga: o chamado 9 já tem notícias mais novas (de 10/03/2026 10:00) e não volta atrás. Só foi completado o que faltava: produto "Geladeira".',
		);
		expect(events(old)).toEqual([['ticketUpdated', 'Chamado 9 atualizado: produto "Geladeira".']]);
		const again = judge({ ...late, product: 'Fogão' }, old.ticket);
		expect(again).toMatchObject({ outcome: 'stale', ticket: old.ticket, changes: [] });
		expect(events(again)).toEqual([]);
	});

	it('leave the same facts in whatever order they come', () => {
		const steps = [
			{ number: '9', product: 'Geladeira', status: 'Aberta', sourceAt: TUESDAY_10H },
			{ problem: 'Não gela', sourceAt: TUESDAY_10H + 1 },
			{ status: 'Concluída', link: 'https://erp.example.com/9', sourceAt: TUESDAY_10H + 2 },
		];
		const told = (order: number[]) =>
			order.reduce<Ticket | null>((known, step) => judge(steps[step]!, known).ticket, null);
		const inOrder = told([0, 1, 2]);
		expect(inOrder).toMatchObject({ state: 'closed', status: 'Concluída', product: 'Geladeira', problem: 'Não gela' });
		for (const order of [
			[0, 2, 1],
			[1, 0, 2],
			[1, 2, 0],
			[2, 0, 1],
			[2, 1, 0],
		])
			expect(told(order)).toEqual(inOrder);
	});

	it('of the same moment count, and news without a time always do', () => {
		expect(judge({ status: 'Em análise', sourceAt: TUESDAY_10H }).outcome).toBe('updated');
		const timeless = judge({ status: 'Em análise' });
		expect(timeless).toMatchObject({ outcome: 'updated', ticket: { sourceAt: TUESDAY_10H } });
	});

	it('from a clock that is days ahead do not make everything later look old', () => {
		const ahead = judge({ status: 'Em análise', sourceAt: TUESDAY_10H + 1000 * HOUR });
		expect(ahead.ticket.sourceAt).toBe(TUESDAY_10H + HOUR);
	});

	it('tell once that it became critical (V-14)', () => {
		const first = judge({ number: '9', priority: 'critical' }, null);
		expect(events(first).map(([event]) => event)).toEqual(['ticketOpened', 'ticketCritical']);
		const critical = judge({ priority: 'critical' });
		expect(events(critical)).toEqual([
			['ticketUpdated', 'Chamado OS 1234 atualizado: prioridade de "normal" para "crítica".'],
			['ticketCritical', 'O chamado OS 1234 está em situação crítica.'],
		]);
		expect(judge({ priority: 'critical' }, critical.ticket).becameCritical).toBe(false);
		expect(judge({ priority: 'critical', state: 'closed' }).becameCritical).toBe(false);
	});

	it('give it to another contact, with the conversation of that one', () => {
		const labels = new Map([['cnt_bruno', 'Bruno']]);
		const moved = judge({ contactId: 'cnt_bruno' });
		expect(moved).toMatchObject({ outcome: 'updated', ticket: { contactId: 'cnt_bruno', conversationId: null } });
		expect(explain(moved, { ...NOWHERE, labels })).toBe('Chamado OS 1234 atualizado: contato "Bruno"; sem conversa.');
		expect(judge({ contactId: 'cnt_ana' }).outcome).toBe('unchanged');
		expect(judge({ conversationId: 'cnv_2' }).ticket.conversationId).toBe('cnv_2');
	});
});

describe('a change by hand', () => {
	it('closes and reopens, and does nothing when it is so already', () => {
		const closed = changeTicket(opened, { state: 'closed' }, TUESDAY_10H + HOUR);
		expect(closed).toMatchObject({ outcome: 'closed', ticket: { closedAt: TUESDAY_10H + HOUR } });
		expect(changeTicket(closed.ticket, { state: 'closed' }, TUESDAY_10H + 2 * HOUR)).toMatchObject({
			outcome: 'unchanged',
			ticket: closed.ticket,
		});
		expect(changeTicket(closed.ticket, { state: 'open' }, TUESDAY_10H + 2 * HOUR)).toMatchObject({
			outcome: 'reopened',
			ticket: { closedAt: null },
		});
	});
});

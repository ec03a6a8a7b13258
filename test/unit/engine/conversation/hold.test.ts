import { aConfig, CHOOSE, HOUR, LIST, Talk, TUESDAY_10H, WELCOME } from './support';

const CLOSED_20H = TUESDAY_10H + 10 * HOUR;
const OPENS_8H = TUESDAY_10H + 22 * HOUR;
const HELD = 'Recebida fora do horário: pendente até 11/03 08:00.';

/** Ana at 20:00; no router is at hand, as in the closed branch of a workflow. */
function atNight(ana = new Talk(null)) {
	ana.config = null;
	ana.now = CLOSED_20H;
	return ana;
}
const hold = { type: 'hold', until: OPENS_8H } as const;
const lines = (ana: Talk) => ana.effects.flatMap((e) => (e.type === 'timeline' ? [e.text] : []));

describe('a conversation held until the opening (M-22)', () => {
	it('waits in triage, rings at the opening, and the timeline says so once per closed period', () => {
		const ana = atNight().do(hold);
		expect(ana.effects).toEqual([
			{ type: 'setTimer', kind: 'opening', dueAt: OPENS_8H },
			{ type: 'timeline', event: 'heldForOpening', text: HELD, data: { until: OPENS_8H, queue: null } },
		]);
		expect(ana.data.pendingOpening).toBe(true);
		expect(ana.later(1000).do(hold).effects).toEqual([]);
		expect(ana.do({ ...hold, until: OPENS_8H + 24 * HOUR }).kinds()).toEqual(['setTimer', 'timeline']);
	});

	it('is welcomed by the router that the opening wakes', () => {
		const ana = atNight(new Talk(null).says('Oi')).do(hold);
		ana.config = aConfig();
		ana.now = OPENS_8H;
		ana.context = { open: true };
		expect(ana.do({ type: 'wake', kind: 'opening' }).heard).toEqual([`${WELCOME}\n\n${CHOOSE}\n\n${LIST}`]);
	});

	it('rings at once when the opening has just passed', () => {
		const ana = atNight().do({ type: 'hold', until: CLOSED_20H - 500 });
		expect(ana.effects[0]).toEqual({ type: 'setTimer', kind: 'opening', dueAt: CLOSED_20H + 1 });
	});

	it('keeps its queue, and its agents hear of it at the opening', () => {
		const ana = atNight(new Talk().says('Oi').says('2')).do(hold);
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
		expect(lines(ana)).toEqual([HELD]);
		ana.now = OPENS_8H;
		ana.do({ type: 'wake', kind: 'opening' });
		expect(ana.effects).toContainEqual({ type: 'notifyQueue', queue: 'suporte' });
		expect(lines(ana)).toEqual(['Atendimento aberto: conversa pendente na fila Suporte Técnico.']);
	});

	it('waits in the queue the workflow names, unannounced', () => {
		const ana = atNight().do({ ...hold, queue: 'suporte' });
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
		expect(ana.heard).toEqual([]);
		expect(ana.kinds()).not.toContain('notifyQueue');
		expect(ana.do({ ...hold, queue: 'suporte' }).effects).toEqual([]);
	});

	it('stays with the agent who attends it', () => {
		const ana = atNight(new Talk().says('Oi').says('2').do({ type: 'assign', agent: 'bia', agentName: 'Bia' }));
		ana.do({ ...hold, queue: 'suporte', notice: { text: 'Fechado' } });
		expect(ana.kinds()).toEqual(['timeline']);
		expect(lines(ana)).toEqual(['Recebida fora do horário: continua com Bia.']);
		expect(ana.conversation).toMatchObject({ state: 'attending', agent: 'bia' });
		expect(ana.do(hold).effects).toEqual([]);
	});
});

describe('the away notice of a held conversation', () => {
	const notice = { text: 'Oi, [primeiro_nome]! Voltamos [proximo_horario].', period: '2026-03-10T21:00:00.000Z' };

	it('is said once per closed period, with its variables filled in (D-27, M-14)', () => {
		const ana = atNight().do({ ...hold, notice });
		expect(ana.heard).toEqual(['Oi, Ana! Voltamos quarta-feira, 11/03, às 08:00.']);
		expect(ana.later(HOUR).do({ ...hold, notice }).heard).toEqual([]);
		expect(ana.do({ ...hold, until: OPENS_8H + HOUR, notice }).heard).toEqual([]);
		expect(ana.do({ ...hold, notice: { ...notice, period: '2026-03-11T21:00:00.000Z' } }).heard).toHaveLength(1);
	});

	it('is not repeated after a Queue Router has said its own (D-27)', () => {
		const ana = new Talk(aConfig());
		ana.context = { open: false, away: { nextOpeningAt: OPENS_8H } };
		expect(ana.says('Oi').heard).toHaveLength(1);
		expect(ana.do({ ...hold, notice }).heard).toEqual([]);
	});

	it('is not said over a person or when it is empty', () => {
		const ana = atNight(new Talk().do({ type: 'pauseBot', until: null }));
		expect(ana.do({ ...hold, notice }).heard).toEqual([]);
		expect(atNight().do({ ...hold, notice: { text: ' ' } }).heard).toEqual([]);
	});
});

describe('holding after closing (D-23)', () => {
	const closed = () => atNight(new Talk().says('Oi').says('2').do({ type: 'resolve', by: 'agent' }));

	it('is refused when nobody wrote', () => {
		expect(closed().do(hold).last).toMatchObject({ type: 'refused', rule: 'conversationResolved' });
	});

	it('absorbs thanks', () => {
		const ana = closed().do({ ...hold, message: { text: 'Obrigada!', contentType: 'text' } });
		expect(ana.timeline).toEqual(['absorbed']);
		expect(ana.conversation.state).toBe('resolved');
	});

	it.each([
		['a reaction', { text: '', contentType: 'reaction' } as const],
		['an edit', { text: 'obrigado', contentType: 'other', providerType: 'edit' } as const],
	])('is not reopened by %s, which waits for nobody while open either', (_, message) => {
		const ana = closed().do({ ...hold, message });
		expect(ana.effects).toEqual([]);
		expect(ana.conversation.state).toBe('resolved');
		expect(atNight().do({ ...hold, message }).effects).toEqual([]);
	});

	it('reopens for anything else', () => {
		const ana = closed().do({ ...hold, message: { text: 'e o boleto?', contentType: 'text' } });
		expect(ana.timeline).toEqual(['reopened', 'heldForOpening']);
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
	});
});

import { aConfig, CHOOSE, HOUR, LIST, MINUTE, Talk, TRANSFER, TUESDAY_10H, WELCOME } from './support';

const timeout = { reminderAfterMinutes: 15, giveUpAfterMinutes: 60, then: 'resolve' as const };

/** Ana got the menu; timers ring without a router at hand. */
function asked(changes: Parameters<typeof aConfig>[0] = { timeout }) {
	const ana = new Talk(aConfig(changes)).says('Oi');
	ana.config = null;
	return ana;
}

describe('a menu without an answer (D-25)', () => {
	it('arms a reminder and a limit', () => {
		const ana = asked();
		expect(ana.effects.filter((e) => e.type === 'setTimer')).toEqual([
			{ type: 'setTimer', kind: 'menuTimeout', dueAt: ana.now + 60 * MINUTE },
			{ type: 'setTimer', kind: 'menuReminder', dueAt: ana.now + 15 * MINUTE },
		]);
	});

	it('is reminded of once', () => {
		const ana = asked()
			.later(15 * MINUTE)
			.do({ type: 'wake', kind: 'menuReminder' });
		expect(ana.heard).toEqual(['Ainda está por aí? Digite o número de uma das opções para continuar.']);
		expect(ana.do({ type: 'wake', kind: 'menuReminder' }).effects).toEqual([]);
	});

	it('is closed by the bot with its own text', () => {
		const ana = asked().later(HOUR).do({ type: 'wake', kind: 'menuTimeout' });
		expect(ana.heard[0]).toContain('encerramos este atendimento');
		expect(ana.conversation.state).toBe('resolved');
		expect(ana.timeline).toEqual(['timeout']);
		expect(ana.says('ok').output).toEqual({ type: 'absorbed' });
		expect(ana.says('2').output).toBe('newService');
	});

	it('or goes to people', () => {
		const ana = asked({ timeout: { ...timeout, then: 'fallback' }, fallback: 'queue:comercial' });
		ana.later(HOUR).do({ type: 'wake', kind: 'menuTimeout' });
		expect(ana.heard).toEqual([TRANSFER]);
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'comercial' });
	});

	it('an answer after the limit is a new service even if no timer rang, and says nothing twice', () => {
		const ana = asked();
		ana.config = aConfig({ timeout });
		ana.later(HOUR).says('2');
		expect(ana.output).toBe('newService');
		expect(ana.heard).toEqual([]);
		expect(ana.conversation.state).toBe('resolved');
	});

	it('after the limit with a fallback queue people have it, exactly as if the timer had rung', () => {
		const config = aConfig({ timeout: { ...timeout, then: 'fallback' }, fallback: 'queue:comercial' });
		const ana = new Talk(config).says('Oi').later(HOUR).says('2');
		expect(ana.output).toEqual({ type: 'queue', queue: 'comercial' });
		expect(ana.timeline).toEqual(['timeout', 'queued']);
	});

	it('every answer starts the time again', () => {
		const ana = asked();
		ana.config = aConfig({ timeout });
		ana
			.later(50 * MINUTE)
			.says('x')
			.later(50 * MINUTE);
		expect(ana.says('2').output).toEqual({ type: 'queue', queue: 'suporte' });
		expect(ana.effects).toContainEqual({ type: 'clearTimer', kind: 'menuTimeout' });
		expect(ana.do({ type: 'wake', kind: 'menuTimeout' }).effects).toEqual([]);
	});

	it('a timer that rings early or while people write does nothing', () => {
		expect(
			asked()
				.later(14 * MINUTE)
				.do({ type: 'wake', kind: 'menuReminder' }).effects,
		).toEqual([]);
		const ana = asked().do({ type: 'humanTyped', at: TUESDAY_10H + 5000 });
		expect(ana.later(HOUR).do({ type: 'wake', kind: 'menuReminder' }).effects).toEqual([]);
	});

	it('can be left without limits', () => {
		const ana = asked({ timeout: { reminderAfterMinutes: 0, giveUpAfterMinutes: null } });
		expect(ana.kinds()).not.toContain('setTimer');
	});
});

describe('the business opens (M-22)', () => {
	const opensAt = TUESDAY_10H + 10 * HOUR;
	function waiting(changes: Parameters<typeof aConfig>[0] = {}) {
		const ana = new Talk(aConfig(changes));
		ana.context = { open: false, away: { nextOpeningAt: opensAt } };
		ana.says('Oi');
		ana.context = { open: true };
		ana.now = opensAt;
		return ana;
	}

	it('and a pending conversation is welcomed', () => {
		const ana = waiting().do({ type: 'wake', kind: 'opening' });
		expect(ana.heard).toEqual([`${WELCOME}\n\n${CHOOSE}\n\n${LIST}`]);
		expect(ana.timeline).toEqual(['pendingAtOpening', 'menuSent']);
		expect(ana.do({ type: 'wake', kind: 'opening' }).effects).toEqual([]);
	});

	it('and without a router it is put in front of people', () => {
		const ana = waiting({ fallback: 'queue:suporte' });
		ana.config = null;
		ana.do({ type: 'wake', kind: 'opening' });
		expect(ana.heard).toEqual([]);
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
		const bia = waiting();
		bia.config = null;
		expect(bia.do({ type: 'wake', kind: 'opening' }).timeline).toEqual(['pendingAtOpening']);
	});

	it('and whoever waits in a queue is shown to its agents', () => {
		const ana = new Talk(aConfig({ texts: { opening: 'Já estamos aqui!' } })).says('Oi');
		ana.context = { open: false, away: { nextOpeningAt: opensAt } };
		ana.says('2');
		ana.config = null;
		ana.context = { open: null };
		ana.now = opensAt;
		ana.do({ type: 'wake', kind: 'opening' });
		expect(ana.heard).toEqual(['Já estamos aqui!']);
		expect(ana.effects).toContainEqual({ type: 'notifyQueue', queue: 'suporte' });
		expect(ana.timeline).toEqual(['pendingAtOpening']);
	});

	it('and who already knew the menu gets it again, with the opening text', () => {
		const ana = new Talk(aConfig({ texts: { opening: 'Já estamos aqui!' }, fallback: 'queue:comercial' })).says('Oi');
		ana.context = { open: false, away: { nextOpeningAt: opensAt } };
		ana.says('tem desconto?');
		ana.context = { open: true };
		ana.now = opensAt;
		ana.do({ type: 'wake', kind: 'opening' });
		expect(ana.heard).toEqual([`Já estamos aqui!\n\n${CHOOSE}\n\n${LIST}`]);
		expect(ana.output).toEqual({ type: 'waiting' });
	});

	it('too late for free text: people get it, and nothing is said', () => {
		const ana = waiting({ fallback: 'queue:suporte' });
		ana.now = ana.conversation.lastInboundAt! + 24 * HOUR;
		ana.do({ type: 'wake', kind: 'opening' });
		expect(ana.heard).toEqual([]);
		expect(ana.output).toEqual({ type: 'queue', queue: 'suporte' });
		expect(ana.timeline).toEqual(['pendingAtOpening', 'queued']);

		const bia = waiting();
		bia.now = bia.conversation.lastInboundAt! + 24 * HOUR;
		bia.do({ type: 'wake', kind: 'opening' });
		expect(bia.heard).toEqual([]);
		expect(bia.output).toEqual({ type: 'noValidAnswer' });
		expect(bia.timeline).toEqual(['pendingAtOpening']);
	});

	it('and a channel without a service window has no such limit', () => {
		const ana = waiting();
		ana.context = { open: true, serviceWindowHours: null };
		ana.now = ana.conversation.lastInboundAt! + 60 * HOUR;
		expect(ana.do({ type: 'wake', kind: 'opening' }).heard).toEqual([`${WELCOME}\n\n${CHOOSE}\n\n${LIST}`]);
	});

	it('or does not, because the hours changed: it goes on waiting', () => {
		const ana = waiting();
		ana.context = { open: false, away: { nextOpeningAt: opensAt + HOUR } };
		ana.do({ type: 'wake', kind: 'opening' });
		expect(ana.effects).toEqual([{ type: 'setTimer', kind: 'opening', dueAt: opensAt + HOUR }]);
	});
});

describe('inactivity (B-65, M-05)', () => {
	const attended = (changes: Parameters<typeof aConfig>[0]) =>
		new Talk(aConfig(changes)).says('Oi').says('2').do({ type: 'assign', agent: 'agt_1', agentName: 'Bruno' });

	it('closes nothing unless it was asked for', () => {
		expect(attended({}).kinds()).not.toContain('setTimer');
	});

	it('closes with the bot’s text once nobody wrote for that long (C-07)', () => {
		const ana = attended({ inactivityHours: 24, texts: { closingByBot: 'Até mais!' } });
		expect(ana.effects).toContainEqual({ type: 'setTimer', kind: 'inactivity', dueAt: ana.now + 24 * HOUR });
		ana.later(20 * HOUR).says('ainda aqui');
		const lastWords = ana.now;
		ana.later(5 * HOUR).do({ type: 'wake', kind: 'inactivity' });
		expect(ana.effects).toEqual([{ type: 'setTimer', kind: 'inactivity', dueAt: lastWords + 24 * HOUR }]);
		ana.conversation.updatedAt = lastWords;
		ana.now = lastWords + 24 * HOUR;
		ana.do({ type: 'wake', kind: 'inactivity' });
		expect(ana.heard).toEqual(['Até mais!']);
		expect(ana.conversation.state).toBe('resolved');
	});
});

it('a late answer after the limit goes to people in silence', () => {
	const config = aConfig({ timeout: { ...timeout, then: 'fallback' }, fallback: 'queue:comercial' });
	const ana = new Talk(config).says('Oi').later(HOUR).says('2', { late: true });
	expect(ana.heard).toEqual([]);
	expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'comercial' });
});

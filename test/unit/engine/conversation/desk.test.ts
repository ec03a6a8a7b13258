import { DEFAULT_SETTINGS } from '../../../../engine/conversation/settings';
import { FOREVER } from '../../../../engine/conversation/types';
import { aConfig, CHOOSE, HOUR, LIST, MINUTE, ROWS, Talk, TRANSFER } from './support';

/** Ana is waiting in Suporte; from here on no router is at hand. */
function queued(config = aConfig()) {
	const ana = new Talk(config).says('Oi').says('2');
	ana.config = null;
	return ana;
}

function attended(config = aConfig()) {
	return queued(config).do({ type: 'assign', agent: 'agt_1', agentName: 'Bruno' });
}

describe('assigning', () => {
	it('greets with the agent’s name, on the agent’s behalf, after stopping the bot (B-66, B-72, M-08, X-06)', () => {
		const ana = attended();
		expect(ana.kinds()).toEqual(['cancelBotMessages', 'timeline', 'send']);
		expect(ana.effects[2]).toMatchObject({ purpose: 'start', origin: 'agent' });
		expect(ana.output).toEqual({ type: 'withHuman' });
	});

	it('can prepare the greeting as a draft (B-67), leave it out (B-68) or use the queue’s (P-24)', () => {
		expect(attended(aConfig({ startMode: 'draft' })).effects).toContainEqual({
			type: 'draft',
			text: 'Bruno aqui, prazer em atender você. Em que posso ajudar?',
		});
		expect(attended(aConfig({ texts: { start: '' } })).heard).toEqual([]);
		expect(queued().do({ type: 'assign', agent: 'a', silent: true }).heard).toEqual([]);
		const rows = [ROWS[0]!, { ...ROWS[1]!, texts: { start: 'Suporte, {{atendente}} falando.' } }];
		expect(attended(aConfig({ rows })).heard).toEqual(['Suporte, Bruno falando.']);
	});

	it('the same agent twice changes nothing; another agent takes over', () => {
		const ana = attended().do({ type: 'assign', agent: 'agt_1' });
		expect(ana.effects).toEqual([]);
		expect(ana.do({ type: 'assign', agent: 'agt_2', agentName: 'Carla' }).heard[0]).toContain('Carla aqui');
	});

	it('works straight out of triage and without any customer message (D-09)', () => {
		const ana = new Talk(null).do({ type: 'assign', agent: 'agt_1', queue: 'suporte' });
		expect(ana.conversation).toMatchObject({ state: 'attending', queue: 'suporte', agent: 'agt_1' });
		ana.config = aConfig();
		expect(ana.says('Oi').heard).toEqual([]);
		expect(ana.output).toEqual({ type: 'withHuman' });
	});
});

describe('transferring', () => {
	it('to another queue takes it away from the agent', () => {
		const ana = attended().do({ type: 'transfer', queue: 'financeiro' });
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'financeiro', agent: null });
		expect(ana.heard).toEqual([]);
		expect(ana.timeline).toEqual(['transferred']);
		expect(ana.effects).toContainEqual({ type: 'notifyQueue', queue: 'financeiro' });
	});

	it('tells the customer when the bot still had the conversation, or when asked to (B-61)', () => {
		const ana = new Talk().says('Oi');
		ana.config = null;
		expect(ana.do({ type: 'transfer', queue: 'comercial' }).heard).toEqual([TRANSFER]);
		expect(attended().do({ type: 'transfer', queue: 'comercial', announce: true }).heard).toEqual([TRANSFER]);
	});

	it('to an agent assigns at once; to where it already is changes nothing', () => {
		const ana = queued().do({ type: 'transfer', queue: 'financeiro', agent: 'agt_3', agentName: 'Davi' });
		expect(ana.conversation).toMatchObject({ state: 'attending', queue: 'financeiro', agent: 'agt_3' });
		expect(ana.do({ type: 'transfer', queue: 'financeiro', agent: 'agt_3' }).effects).toEqual([]);
		expect(queued().do({ type: 'transfer', queue: 'suporte' }).effects).toEqual([]);
	});

	it('to a queue with its padlock closed waits there and says that nobody is available (M-10)', () => {
		const ana = new Talk().says('Oi');
		ana.context.blockedQueues = new Set(['comercial']);
		expect(ana.do({ type: 'transfer', queue: 'comercial' }).output).toEqual({
			type: 'nobodyAvailable',
			queue: 'comercial',
		});
		expect(ana.conversation.queue).toBe('comercial');
	});
});

describe('resolving', () => {
	it('has separate texts for agent and bot (C-07, M-09), with overrides (P-24)', () => {
		const rows = [ROWS[0]!, { ...ROWS[1]!, texts: { closingByAgent: 'Suporte agradece.' } }];
		const config = aConfig({ rows, texts: { closingByBot: 'Tchau do bot.' } });
		expect(attended(config).do({ type: 'resolve', by: 'agent' }).heard).toEqual(['Suporte agradece.']);
		expect(attended(config).do({ type: 'resolve', by: 'bot' }).heard).toEqual(['Tchau do bot.']);
	});

	it('says nothing when the text was emptied on purpose or silence is asked (B-63)', () => {
		expect(attended(aConfig({ texts: { closingByAgent: '' } })).do({ type: 'resolve', by: 'agent' }).heard).toEqual([]);
		expect(attended().do({ type: 'resolve', by: 'agent', silent: true }).heard).toEqual([]);
	});

	it('twice is refused', () => {
		const ana = attended().do({ type: 'resolve', by: 'agent' });
		expect(ana.do({ type: 'resolve', by: 'agent' }).last).toEqual({
			type: 'refused',
			rule: 'alreadyResolved',
			message: 'The conversation is already resolved.',
			hint: 'Nothing to do.',
		});
	});
});

describe('after closing (D-23, X-11)', () => {
	const closed = (config = aConfig()) => attended(config).do({ type: 'resolve', by: 'agent' });

	it('anything but thanks returns to the same queue and agent', () => {
		const ana = closed()
			.later(10 * MINUTE)
			.says('mais uma dúvida');
		expect(ana.conversation).toMatchObject({
			state: 'attending',
			queue: 'suporte',
			agent: 'agt_1',
			resolvedAt: null,
			graceUntil: null,
		});
		expect(ana.output).toEqual({ type: 'withHuman' });
		expect(ana.heard).toEqual([]);
		expect(ana.timeline).toEqual(['reopened']);
	});

	it('returns to the line when nobody had taken it', () => {
		const ana = queued().do({ type: 'resolve', by: 'agent' }).says('esperem');
		expect(ana.conversation.state).toBe('queued');
		expect(ana.effects).toContainEqual({ type: 'notifyQueue', queue: 'suporte' });
	});

	it('a new service begins after the grace window, or when the menu is asked for', () => {
		expect(
			closed()
				.later(31 * MINUTE)
				.says('obrigado').output,
		).toBe('newService');
		const ana = closed();
		ana.config = aConfig();
		expect(ana.says('menu').output).toBe('newService');
		expect(closed(aConfig({ graceMinutes: 0 })).says('obrigado').output).toBe('newService');
	});

	it('a late thank-you is still just that', () => {
		expect(closed().says('obrigado', { late: true }).output).toEqual({ type: 'absorbed' });
	});

	it('people can reopen it, for another agent too', () => {
		const ana = closed().do({ type: 'reopen', agent: 'agt_2', agentName: 'Carla' });
		expect(ana.conversation).toMatchObject({ state: 'attending', agent: 'agt_2', resolvedAt: null });
		expect(closed().do({ type: 'reopen' }).conversation).toMatchObject({ state: 'attending', agent: 'agt_1' });
		expect(ana.do({ type: 'reopen' }).last).toMatchObject({ type: 'refused', rule: 'notResolved' });
	});
});

describe('the bot makes room for people', () => {
	it('keeps silent while paused and comes back by itself, with a line (D-07, D-08)', () => {
		const ana = new Talk().says('Oi').do({ type: 'pauseBot', until: new Talk().now + HOUR });
		expect(ana.kinds()).toContain('cancelBotMessages');
		expect(ana.says('2').effects).toEqual([]);
		expect(ana.output).toEqual({ type: 'withHuman' });
		ana.later(HOUR).says('2');
		expect(ana.timeline).toEqual(['botResumed', 'backToMenu', 'menuSent']);
		expect(ana.heard).toEqual([`${CHOOSE}\n\n${LIST}`]);
	});

	it('until somebody says otherwise, and resumes on demand', () => {
		const ana = new Talk().says('Oi').do({ type: 'pauseBot', until: null });
		expect(ana.conversation.botPausedUntil).toBe(FOREVER);
		expect(ana.later(1000 * HOUR).says('2').output).toEqual({ type: 'withHuman' });
		expect(ana.do({ type: 'resumeBot' }).timeline).toEqual(['botResumed']);
		expect(ana.do({ type: 'resumeBot' }).effects).toEqual([]);
		expect(ana.do({ type: 'pauseBot', until: 1 }).last).toMatchObject({ type: 'refused', rule: 'pauseInThePast' });
	});

	it('a message from the phone pauses it, with one notice and a cap from the first one (D-07, D-08)', () => {
		const ana = new Talk().says('Oi');
		ana.later(MINUTE).do({ type: 'humanTyped', at: ana.now });
		const first = ana.now;
		expect(ana.timeline).toEqual(['humanTookOver']);
		expect(ana.kinds()).toContain('cancelBotMessages');
		expect(ana.conversation.botPausedUntil).toBe(first + HOUR);

		ana.later(20 * MINUTE).do({ type: 'humanTyped', at: ana.now });
		expect(ana.timeline).toEqual([]);
		expect(ana.conversation.botPausedUntil).toBe(first + 80 * MINUTE);

		for (let i = 0; i < 9; i++) ana.later(50 * MINUTE).do({ type: 'humanTyped', at: ana.now });
		expect(ana.timeline).toEqual([]);
		expect(ana.conversation.botPausedUntil).toBe(first + 8 * HOUR);
		expect(ana.says('ok').output).toEqual({ type: 'withHuman' });
		ana.now = first + 8 * HOUR;
		expect(ana.do({ type: 'humanTyped', at: ana.now }).timeline).toEqual(['humanTookOver']);
		expect(ana.conversation.botPausedUntil).toBe(first + 9 * HOUR);
	});

	it('a pause that has ended is not prolonged: the next message begins another, with its own cap and notice (D-08)', () => {
		const ana = new Talk().says('Oi').do({ type: 'humanTyped', at: new Talk().now });
		ana.later(7 * HOUR + 50 * MINUTE).do({ type: 'humanTyped', at: ana.now });
		expect(ana.timeline).toEqual(['humanTookOver']);
		expect(ana.conversation.botPausedUntil).toBe(ana.now + HOUR);
	});

	it('the bot comes back by itself, when called back from the phone, and at the end of the service (D-08)', () => {
		const ana = new Talk().says('Oi').do({ type: 'humanTyped', at: new Talk().now });
		expect(ana.later(HOUR).says('2').timeline).toContain('botResumed');

		ana.do({ type: 'humanTyped', at: ana.now });
		expect(ana.do({ type: 'botCalledBack', why: 'retomado pelo celular da empresa' }).timeline).toEqual(['botResumed']);
		expect(ana.conversation.botPausedUntil).toBeNull();
		expect(ana.do({ type: 'botCalledBack', why: 'de novo' }).effects).toEqual([]);

		ana.do({ type: 'humanTyped', at: ana.now }).do({ type: 'resolve', by: 'agent' });
		expect(ana.conversation).toMatchObject({ state: 'resolved', botPausedUntil: null });
	});

	it('a pause that a later message prolonged stays when its first one was none of a person (P-21)', () => {
		const began = new Talk().now;
		const ana = new Talk().says('Oi').do({ type: 'humanTyped', at: began });
		ana.later(MINUTE).do({ type: 'humanTyped', at: ana.now });
		expect(ana.do({ type: 'botCalledBack', why: 'resposta automática', began }).effects).toEqual([]);
		expect(ana.conversation.botPausedUntil).toBe(ana.now + HOUR);
	});

	it('the answer to what people wrote after closing finds them for as long as the bot is silent', () => {
		const ana = new Talk()
			.says('Oi')
			.do({ type: 'resolve', by: 'agent' })
			.later(20 * MINUTE);
		ana.do({ type: 'humanTyped', at: ana.now });
		expect(ana.conversation.graceUntil).toBe(ana.now + HOUR);
	});

	it('goes by the settings handed in until a router has seen the conversation (D-09)', () => {
		const settings = { ...DEFAULT_SETTINGS, botPauseMinutes: 15 };
		const ana = new Talk();
		ana.config = null;
		ana.do({ type: 'humanTyped', at: ana.now, settings });
		expect(ana.conversation.botPausedUntil).toBe(ana.now + 15 * MINUTE);
	});

	it('an old message from the phone has no effect', () => {
		const ana = new Talk().says('Oi');
		expect(ana.do({ type: 'humanTyped', at: ana.now - HOUR }).effects).toEqual([]);
	});

	it('a chat that people began from the phone is not welcomed by the bot (D-09)', () => {
		const ana = new Talk().do({ type: 'humanTyped', at: new Talk().now });
		expect(ana.says('Oi, recebi').heard).toEqual([]);
		expect(ana.output).toEqual({ type: 'withHuman' });
	});

	it('nor is an answer to what people wrote after closing', () => {
		const ana = attended(aConfig({ graceMinutes: 0 })).do({ type: 'resolve', by: 'agent' });
		ana.later(HOUR).do({ type: 'humanTyped', at: ana.now });
		ana.config = aConfig();
		expect(ana.says('qual link?').output).toEqual({ type: 'withHuman' });
		expect(ana.conversation).toMatchObject({ state: 'attending', agent: 'agt_1' });
	});
});

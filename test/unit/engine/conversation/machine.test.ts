import fc from 'fast-check';
import { TABLE, transition } from '../../../../engine/conversation/machine';
import type { ConversationEvent, EventType } from '../../../../engine/conversation/types';
import type { Conversation, ConversationState, InboundContentType } from '../../../../engine/model';
import { aConfig, aConversation, aMessage, CHOOSE, MINUTE, ROWS, Talk, TUESDAY_10H, WELCOME } from './support';

const STATES: ConversationState[] = ['triage', 'queued', 'attending', 'resolved'];
const EVENTS: ConversationEvent[] = [
	aMessage('2'),
	aMessage('Oi', { late: true }),
	aMessage('', { contentType: 'reaction' }),
	{ type: 'wake', kind: 'menuReminder' },
	{ type: 'wake', kind: 'menuTimeout' },
	{ type: 'wake', kind: 'inactivity' },
	{ type: 'wake', kind: 'opening' },
	{ type: 'transfer', queue: 'suporte' },
	{ type: 'assign', agent: 'agt_1' },
	{ type: 'resolve', by: 'agent' },
	{ type: 'reopen' },
	{ type: 'pauseBot', until: null },
	{ type: 'resumeBot' },
	{ type: 'humanTyped', at: TUESDAY_10H },
];
const CONTEXT = {
	now: TUESDAY_10H,
	contact: { name: null, phone: null },
	zone: 'America/Sao_Paulo',
	blockedQueues: new Set<string>(),
	open: null,
};

function inState(state: ConversationState): Conversation {
	return aConversation({
		state,
		queue: state === 'triage' ? null : 'suporte',
		agent: state === 'attending' ? 'agt_9' : null,
		graceUntil: state === 'resolved' ? TUESDAY_10H + MINUTE : null,
	});
}

describe('every pair of state and event gives a result', () => {
	const pairs = STATES.flatMap((state) => EVENTS.map((event) => [state, event.type, event] as const));

	it.each(pairs)('%s × %s', (state, type, event) => {
		for (const config of [aConfig(), null]) {
			const result = transition({ conversation: inState(state), event, config, context: CONTEXT });
			expect(result.type === 'refused').toBe(TABLE[state][type as EventType] === undefined);
			if (result.type === 'refused')
				expect([result.rule, result.message, result.hint].every((s) => s.length > 0)).toBe(true);
			else expect(result.explanation).toMatch(/\.$/);
		}
	});

	it('only these are refused', () => {
		const missing = STATES.flatMap((s) =>
			[...new Set(EVENTS.map((e) => e.type))].filter((e) => !TABLE[s][e]).map((e) => `${s} ${e}`),
		);
		expect(missing).toEqual([
			'triage reopen',
			'queued reopen',
			'attending reopen',
			'resolved transfer',
			'resolved assign',
			'resolved resolve',
			'resolved pauseBot',
			'resolved resumeBot',
		]);
	});
});

it('changes nothing it was given', () => {
	const conversation = inState('triage');
	const before = structuredClone(conversation);
	transition({ conversation, event: aMessage('Oi'), config: aConfig(), context: CONTEXT });
	expect(conversation).toEqual(before);
});

it('takes data of an older or broken version for a new conversation', () => {
	for (const data of [null, undefined, 'x', [], {}, { welcomed: true }]) {
		const result = transition({
			conversation: aConversation({ data }),
			event: aMessage('Oi'),
			config: aConfig(),
			context: CONTEXT,
		});
		expect(result).toMatchObject({ type: 'done', output: { type: 'waiting' } });
	}
});

// ---------------------------------------------------------------- any sequence of events

const CONFIGS = [
	aConfig(),
	aConfig({
		listPlacement: 'separate',
		fallback: 'queue:comercial',
		timeout: { reminderAfterMinutes: 1, giveUpAfterMinutes: 5, then: 'fallback' },
	}),
	aConfig({ rows: [ROWS[0]!, { number: 2, name: 'self', action: 'selfService' }], inactivityHours: 1, maxAttempts: 1 }),
	aConfig({ rows: [ROWS[0]!], singleQueueSkipsMenu: true, outsideHours: 'menu', graceMinutes: 3 }),
	aConfig({ assistant: false, fallback: 'queue:suporte' }),
	null,
];
const TEXTS = [
	'Oi',
	'1',
	'2',
	'3',
	'9',
	'suporte',
	'menu',
	'voltar',
	'atendente',
	'ok obrigado',
	'',
	'texto longo qualquer',
	'👍',
];
const TYPES: InboundContentType[] = ['text', 'text', 'text', 'image', 'reaction', 'system', 'sticker', 'menuReply'];

const message = fc.record({
	type: fc.constant('message' as const),
	text: fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: 30 })),
	reply: fc.constantFrom(null, null, { id: 'menu:abc:suporte', title: '2 - Suporte' }, { id: 'outro', title: 'x' }),
	contentType: fc.constantFrom(...TYPES),
	late: fc.constantFrom(false, false, false, true),
});
const operation = fc.constantFrom<ConversationEvent>(
	{ type: 'wake', kind: 'menuReminder' },
	{ type: 'wake', kind: 'menuTimeout' },
	{ type: 'wake', kind: 'inactivity' },
	{ type: 'wake', kind: 'opening' },
	{ type: 'transfer', queue: 'suporte' },
	{ type: 'transfer', queue: 'comercial', agent: 'agt_2' },
	{ type: 'assign', agent: 'agt_1', agentName: 'Bruno' },
	{ type: 'resolve', by: 'agent' },
	{ type: 'resolve', by: 'bot' },
	{ type: 'reopen' },
	{ type: 'pauseBot', until: null },
	{ type: 'resumeBot' },
	{ type: 'humanTyped', at: TUESDAY_10H + 10 * MINUTE },
);
const step = fc.record({
	event: fc.oneof({ weight: 3, arbitrary: message }, { weight: 1, arbitrary: operation }),
	after: fc.constantFrom(500, 10_000, 2 * MINUTE, 45 * MINUTE),
	config: fc.nat(CONFIGS.length - 1),
	open: fc.constantFrom(null, null, true, false),
	blocked: fc.constantFrom<string[]>([], [], ['suporte'], ['comercial', 'suporte', 'financeiro', 'self']),
});

it('whatever happens: no exception, no bot over a human, one welcome per service, no menu for a late message (D-07, D-22)', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
			const ana = new Talk();
			let welcomes = 0;
			for (const { event, after, config, open, blocked } of steps) {
				ana.later(after).config = CONFIGS[config]!;
				ana.context = { open, blockedQueues: new Set(blocked), away: { nextOpeningAt: ana.now + 20 * MINUTE } };
				const { state, botPausedUntil } = ana.conversation;
				const paused = botPausedUntil !== null && botPausedUntil > ana.now;
				ana.do(event);
				const heard = ana.heard.join('\n');

				if (event.type === 'message') {
					expect(ana.last.type).not.toBe('refused');
					if (state === 'attending' || paused || event.late) expect(heard).toBe('');
					if (event.contentType === 'reaction' || event.contentType === 'system') expect(heard).toBe('');
				}
				if (event.type === 'wake' && paused) expect(heard).toBe('');
				if (ana.last.type === 'newService') {
					expect(heard).toBe('');
					welcomes = 0;
					ana.conversation = aConversation({ openedAt: ana.now });
					continue;
				}
				if (heard.includes(WELCOME)) welcomes++;
				expect(welcomes).toBeLessThanOrEqual(1);
				expect(heard.split(CHOOSE).length).toBeLessThanOrEqual(2);

				const keys = ana.effects.flatMap((e) => (e.type === 'send' ? [e.key] : []));
				expect(new Set(keys).size).toBe(keys.length);
				const { state: next, queue, agent, resolvedAt } = ana.conversation;
				if (next === 'attending') expect(agent).not.toBe(null);
				if (next === 'queued') expect(queue).not.toBe(null);
				expect(resolvedAt !== null).toBe(next === 'resolved');
			}
		}),
		{ numRuns: 500 },
	);
});

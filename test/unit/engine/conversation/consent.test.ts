import { aMessage, HOUR, Talk } from './support';

const parar = aMessage('parar', { consent: 'optedOut' });

describe('a word of consent is no answer (D-35)', () => {
	it('starts no service and spends no attempt', () => {
		const ana = new Talk().do(parar);
		expect(ana.last).toMatchObject({
			type: 'done',
			effects: [],
			output: { type: 'waiting' },
			explanation: 'Pediu para não receber mensagens: registrado e confirmado na chegada; o menu não responde.',
		});
		expect(ana.data).toMatchObject({ welcomed: false, attempts: 0 });
		expect(ana.conversation.lastInboundAt).toBe(ana.now);
	});

	it('leaves menu, attempts and timers of a triage as they are', () => {
		const ana = new Talk().says('Oi').later(HOUR).says('nada disso');
		const before = structuredClone(ana.data);
		ana.later(HOUR).do(aMessage('quero receber', { consent: 'optedIn' }));
		expect(ana.effects).toEqual([]);
		expect(ana.data).toEqual(before);
		expect(ana.later(HOUR).says('2').conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
	});

	it('is shown to people when the conversation is theirs', () => {
		const ana = new Talk().says('Oi').says('2').do(parar);
		expect(ana.last).toMatchObject({ effects: [], output: { type: 'withHuman' } });
		ana.do({ type: 'assign', agent: 'bia', silent: true }).do(parar);
		expect(ana.last).toMatchObject({ output: { type: 'withHuman' } });
		expect(ana.conversation.state).toBe('attending');
	});

	it('neither reopens a closed conversation nor starts a new one', () => {
		const ana = new Talk().says('Oi').says('2').do({ type: 'resolve', by: 'agent', silent: true }).do(parar);
		expect(ana.last).toMatchObject({ type: 'done', effects: [], output: { type: 'waiting' } });
		expect(ana.later(48 * HOUR).do(parar).last).toMatchObject({ type: 'done', effects: [] });
		expect(ana.conversation.state).toBe('resolved');
	});

	it('waits for no opening and hears no away notice', () => {
		const message = { text: 'parar', contentType: 'text', consent: 'optedOut' } as const;
		const notice = { text: 'Estamos fechados.' };
		const ana = new Talk(null);
		ana.do({ type: 'hold', until: ana.now + HOUR, notice, message });
		expect(ana.last).toMatchObject({ effects: [], output: { type: 'waiting' } });
		expect(ana.data.pendingOpening).toBe(false);
	});
});

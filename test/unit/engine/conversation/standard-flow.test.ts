import { CHOOSE, INVALID, LIST, MINUTE, Talk, TRANSFER, WELCOME } from './support';

it('plays the standard flow step by step (B-71, B-52, B-55, B-58, B-60, B-61, B-62, B-66, B-72, B-63, D-23)', () => {
	const ana = new Talk();

	ana.says('Oi');
	expect(ana.heard).toEqual([`${WELCOME}\n\n${CHOOSE}\n\n${LIST}`]);
	expect(ana.output).toEqual({ type: 'waiting' });

	ana.says('9');
	expect(ana.heard).toEqual([`${INVALID}\n\n${CHOOSE}\n\n${LIST}`]);
	expect(ana.output).toEqual({ type: 'waiting' });

	ana.says('2');
	expect(ana.heard).toEqual([TRANSFER]);
	expect(ana.output).toEqual({ type: 'queue', queue: 'suporte' });
	expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'suporte', agent: null });
	expect(ana.effects).toContainEqual({ type: 'notifyQueue', queue: 'suporte' });

	ana.says('Meu forno não liga');
	expect(ana.heard).toEqual([]);
	expect(ana.output).toEqual({ type: 'withHuman' });

	ana.config = null;
	ana.do({ type: 'assign', agent: 'agt_1', agentName: 'Bruno' });
	expect(ana.heard).toEqual(['Bruno aqui, prazer em atender você. Em que posso ajudar?']);
	expect(ana.conversation).toMatchObject({ state: 'attending', queue: 'suporte', agent: 'agt_1' });

	ana.says('2');
	expect(ana.heard).toEqual([]);
	expect(ana.output).toEqual({ type: 'withHuman' });

	ana.do({ type: 'resolve', by: 'agent' });
	expect(ana.heard).toEqual([
		'Agradecemos o seu contato com a Padaria Aurora. Continuamos à disposição. Tenha um ótimo dia!',
	]);
	expect(ana.conversation).toMatchObject({ state: 'resolved', resolvedAt: ana.now, graceUntil: ana.now + 30 * MINUTE });

	ana.says('ok, obrigada');
	expect(ana.heard).toEqual([]);
	expect(ana.output).toEqual({ type: 'absorbed' });
	expect(ana.conversation.state).toBe('resolved');
});

import { optionId } from '../../../../engine/conversation/answer';
import { aConfig, CHOOSE, HOUR, INVALID, LIST, MINUTE, ROWS, Talk, TRANSFER, TUESDAY_10H, WELCOME } from './support';

const begun = (config = aConfig()) => new Talk(config).says('Oi');

describe('welcome and menu', () => {
	it('welcomes once per service, whatever comes first (D-22, B-52)', () => {
		for (const first of ['Oi', '2', 'menu', 'suporte']) {
			const ana = new Talk().says(first);
			expect(ana.heard).toEqual([`${WELCOME}\n\n${CHOOSE}\n\n${LIST}`]);
			expect(ana.says('xyz').heard.join()).not.toContain(WELCOME);
			expect(ana.says('menu').heard.join()).not.toContain(WELCOME);
		}
	});

	it('sends the welcome before the menu when they travel apart (B-57, B-58)', () => {
		const ana = begun(aConfig({ listPlacement: 'separate' }));
		expect(ana.heard).toEqual([WELCOME, `${CHOOSE}\n\n${LIST}`]);
		expect(ana.effects.map((e) => e.type === 'send' && e.key).slice(0, 2)).toEqual(['welcome', 'menu']);
	});

	it('lists active, unblocked queues in number order (B-44, B-45, B-49, B-56)', () => {
		const rows = [
			...ROWS,
			{ number: 0, name: 'urgente', displayName: 'Urgente' },
			{ number: 7, name: 'off', active: false },
		];
		const ana = new Talk(aConfig({ rows }));
		ana.context.blockedQueues = new Set(['comercial']);
		ana.says('Oi');
		expect(ana.data.menu).toEqual({
			sentAt: ana.now,
			options: [
				{ number: 0, queue: 'urgente', title: 'Urgente' },
				{ number: 2, queue: 'suporte', title: 'Suporte Técnico' },
				{ number: 3, queue: 'financeiro', title: 'Financeiro' },
			],
		});
	});

	it('skips the menu with a single queue, if asked to', () => {
		const one = { rows: [ROWS[0]!], companyName: 'Padaria Aurora' };
		const ana = begun(aConfig({ ...one, singleQueueSkipsMenu: true }));
		expect(ana.heard).toEqual([WELCOME, TRANSFER]);
		expect(ana.output).toEqual({ type: 'queue', queue: 'comercial' });
		expect(begun(aConfig(one)).output).toEqual({ type: 'waiting' });
	});

	it('skips the menu when closed padlocks leave a single queue', () => {
		const ana = new Talk(aConfig({ singleQueueSkipsMenu: true }));
		ana.context.blockedQueues = new Set(['comercial', 'suporte']);
		expect(ana.says('Oi').output).toEqual({ type: 'queue', queue: 'financeiro' });
	});

	it('without any open queue says so once, or goes to the fallback queue (B-50)', () => {
		const blockedQueues = new Set(['comercial', 'suporte', 'financeiro']);
		const ana = new Talk();
		ana.context.blockedQueues = blockedQueues;
		ana.says('Oi');
		expect(ana.heard).toHaveLength(2);
		expect(ana.heard[0]).toBe(WELCOME);
		expect(ana.output).toEqual({ type: 'nobodyAvailable', queue: null });
		expect(ana.says('e então?').heard).toEqual([]);
		ana.context.blockedQueues = new Set();
		expect(ana.says('e então?').heard).toEqual([`${CHOOSE}\n\n${LIST}`]);

		const bia = new Talk(aConfig({ fallback: 'queue:suporte' }));
		bia.context.blockedQueues = blockedQueues;
		expect(bia.says('Oi').output).toEqual({ type: 'nobodyAvailable', queue: 'suporte' });
		expect(bia.conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
	});
});

describe('choosing', () => {
	it('hands over to the queue and tells its agents (B-38, B-61, B-62, M-07)', () => {
		const ana = begun(aConfig({ texts: { joinQueue: 'Você está na fila {{fila}}.' } })).says('suporte');
		expect(ana.heard).toEqual([TRANSFER, 'Você está na fila Suporte Técnico.']);
		expect(ana.output).toEqual({ type: 'queue', queue: 'suporte' });
		expect(ana.timeline).toEqual(['queued']);
		expect(ana.kinds()).toContain('notifyQueue');
	});

	it('uses the texts of the queue (P-24)', () => {
		const rows = [{ ...ROWS[0]!, texts: { transfer: 'Já chamamos o {{fila}}.' } }, ROWS[1]!];
		expect(begun(aConfig({ rows })).says('1').heard).toEqual(['Já chamamos o Comercial.']);
		expect(begun(aConfig({ rows })).says('2').heard).toEqual([TRANSFER]);
	});

	it('stays in triage as self-service until the menu is asked for (row action)', () => {
		const rows = [
			ROWS[0]!,
			{
				number: 2,
				name: 'boleto',
				displayName: '2ª via',
				action: 'selfService' as const,
				texts: { selfService: 'Qual é o CPF?' },
			},
		];
		const ana = begun(aConfig({ rows })).says('2');
		expect(ana.heard).toEqual(['Qual é o CPF?']);
		expect(ana.output).toEqual({ type: 'selfService', queue: 'boleto' });
		expect(ana.conversation).toMatchObject({ state: 'triage', queue: null });
		expect(ana.says('123').output).toEqual({ type: 'selfService', queue: 'boleto' });
		expect(ana.says('1').output).toEqual({ type: 'selfService', queue: 'boleto' });
		expect(ana.says('voltar').output).toEqual({ type: 'waiting' });
		expect(ana.menu.options).toHaveLength(2);
		expect(ana.says('1').output).toEqual({ type: 'queue', queue: 'comercial' });
	});

	it('nobody on duty has its own text and output, and the customer still waits there (M-10, B-46)', () => {
		const rows = [ROWS[0]!, { ...ROWS[1]!, available: false, texts: { nobodyAvailable: 'Suporte volta já.' } }];
		const ana = begun(aConfig({ rows })).says('2');
		expect(ana.heard).toEqual(['Suporte volta já.']);
		expect(ana.output).toEqual({ type: 'nobodyAvailable', queue: 'suporte' });
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
		expect(ana.timeline).toEqual(['queued', 'nobodyAvailable']);
	});
});

describe('the menu a customer holds is the menu that counts (X-02, B-47)', () => {
	const renumbered = aConfig({
		rows: [
			{ number: 1, name: 'financeiro', displayName: 'Financeiro' },
			{ number: 2, name: 'comercial', displayName: 'Vendas' },
			{ number: 3, name: 'suporte', displayName: 'Assistência' },
		],
	});

	it('after renumbering and renaming', () => {
		const ana = begun();
		ana.config = renumbered;
		expect(ana.says('2').output).toEqual({ type: 'queue', queue: 'suporte' });
		const bia = begun();
		bia.config = renumbered;
		expect(bia.says('Suporte Técnico').output).toEqual({ type: 'queue', queue: 'suporte' });
	});

	it('a blocked queue is answered as unavailable with a fresh menu, and costs no attempt (B-45)', () => {
		const ana = begun(aConfig({ maxAttempts: 1 }));
		ana.context.blockedQueues = new Set(['suporte']);
		ana.says('2');
		expect(ana.heard).toEqual([
			`A opção Suporte Técnico não está disponível no momento. Escolha outra opção, por favor.\n\n${CHOOSE}\n\n1 - Comercial\n3 - Financeiro`,
		]);
		expect(ana.output).toEqual({ type: 'waiting' });
		expect(ana.data.attempts).toBe(0);
		expect(ana.says('3').output).toEqual({ type: 'queue', queue: 'financeiro' });
	});

	it('a queue that is gone or switched off is unavailable too', () => {
		for (const rows of [[ROWS[0]!], [ROWS[0]!, { ...ROWS[1]!, active: false }]]) {
			const ana = begun();
			ana.config = aConfig({ rows });
			expect(ana.says('2').timeline).toEqual(['queueUnavailable', 'menuSent']);
			expect(ana.menu.options).toHaveLength(1);
		}
	});

	it('a tap on an older menu means what the customer saw', () => {
		const ana = begun();
		const first = ana.menu.options[1]!;
		ana.config = renumbered;
		ana.says('menu');
		expect(ana.menu.options[1]!.id).not.toBe(first.id);
		expect(ana.taps(first.id, first.title).output).toEqual({ type: 'queue', queue: 'suporte' });
	});

	it('a tap from an earlier service opens the new one with its own menu (D-25)', () => {
		const ana = new Talk().taps(optionId({ sentAt: TUESDAY_10H - 48 * HOUR }, 'suporte'), '2 - Suporte Técnico');
		expect(ana.output).toEqual({ type: 'waiting' });
		expect(ana.heard).toEqual([`${WELCOME}\n\n${CHOOSE}\n\n${LIST}`]);
	});
});

describe('answers that are none', () => {
	it('get the text and the menu again (B-59, B-60)', () => {
		for (const text of ['9', 'quero falar sobre 2 boletos', 'suporte?? ou financeiro']) {
			expect(begun().says(text).heard).toEqual([`${INVALID}\n\n${CHOOSE}\n\n${LIST}`]);
		}
	});

	it.each(['audio', 'image', 'sticker', 'location'] as const)('%s in the middle of the menu is one (B-60)', (type) => {
		const ana = begun().sends(type);
		expect(ana.heard).toEqual([`${INVALID}\n\n${CHOOSE}\n\n${LIST}`]);
		expect(ana.data.attempts).toBe(1);
	});

	it('an ambiguous word is not guessed', () => {
		const rows = [ROWS[1]!, { number: 4, name: 'sup2', displayName: 'Suporte Comercial' }];
		const ana = begun(aConfig({ rows })).says('suporte');
		expect(ana.output).toEqual({ type: 'waiting' });
		expect(ana.last).toMatchObject({
			explanation:
				'Resposta inválida (serve para Suporte Técnico e Suporte Comercial), tentativa 1 de 3: menu repetido.',
		});
	});

	it('run out: the workflow decides, and the bot does not go on complaining (D-21)', () => {
		const ana = begun().says('x').says('y').says('z');
		expect(ana.heard).toEqual(['Não consegui identificar a opção desejada.']);
		expect(ana.output).toEqual({ type: 'noValidAnswer' });
		expect(ana.conversation.state).toBe('triage');
		expect(ana.says('w').heard).toEqual([]);
		expect(ana.output).toEqual({ type: 'noValidAnswer' });
		expect(ana.says('2').output).toEqual({ type: 'queue', queue: 'suporte' });
	});

	it('run out: to the fallback queue (D-21)', () => {
		const ana = begun(aConfig({ fallback: 'queue:comercial', maxAttempts: 2 }))
			.says('x')
			.says('y');
		expect(ana.heard).toEqual(['Não consegui identificar a opção desejada.', TRANSFER]);
		expect(ana.output).toEqual({ type: 'queue', queue: 'comercial' });
		expect(ana.timeline).toEqual(['attemptsExceeded', 'queued']);
	});

	it('written before the menu could be read do not count; a number does (D-14)', () => {
		const ana = begun();
		const sentAt = ana.now + 4000;
		ana.says('tudo bem?', { sentAt });
		expect(ana.heard).toEqual([]);
		expect(ana.timeline).toEqual([]);
		expect(ana.output).toEqual({ type: 'waiting' });
		expect(ana.says('', { sentAt, contentType: 'audio' }).heard).toEqual([]);
		expect(ana.data.attempts).toBe(0);
		expect(ana.says('9', { sentAt }).heard).toHaveLength(1);
		expect(ana.says('2', { sentAt }).output).toEqual({ type: 'queue', queue: 'suporte' });
	});

	it('written a moment later count, as they do without that rule (D-14)', () => {
		const ana = begun();
		expect(ana.says('tudo bem?', { sentAt: ana.now + 4001 }).data.attempts).toBe(1);
		const bia = begun(aConfig({ burstSeconds: 0 }));
		expect(bia.says('tudo bem?', { sentAt: TUESDAY_10H }).data.attempts).toBe(1);
		const eva = begun(aConfig({ burstSeconds: 10 }));
		expect(eva.says('tudo bem?').data.attempts).toBe(0);
	});
});

describe('reserved words', () => {
	it('bring the menu back without costing an attempt (D-25)', () => {
		const ana = begun().says('x').says('Menu!');
		expect(ana.heard).toEqual([`${CHOOSE}\n\n${LIST}`]);
		expect(ana.data.attempts).toBe(0);
	});

	it('call a human, from the first message on', () => {
		const config = aConfig({ fallback: 'queue:comercial' });
		expect(begun(config).says('quero falar com um atendente').output).toEqual({ type: 'queue', queue: 'comercial' });
		const first = new Talk(config).says('Atendente');
		expect(first.heard).toEqual([WELCOME, TRANSFER]);
		expect(new Talk().says('atendente').output).toEqual({ type: 'waiting' });
		expect(begun().says('atendente').output).toEqual({ type: 'noValidAnswer' });
	});

	it('can be edited, and a queue of that name wins', () => {
		const edited = aConfig({ reservedWords: { menu: ['recomeçar'], human: [] } });
		expect(begun(edited).says('menu').data.attempts).toBe(1);
		expect(begun(edited).says('RECOMECAR').data.attempts).toBe(0);
		const named = aConfig({ rows: [...ROWS, { number: 4, name: 'gente', displayName: 'Falar com atendente' }] });
		expect(begun(named).says('falar com atendente').output).toEqual({ type: 'queue', queue: 'gente' });
	});

	it('work in the queue too, unless switched off', () => {
		const ana = begun().says('2').says('menu');
		expect(ana.conversation).toMatchObject({ state: 'triage', queue: null });
		expect(ana.heard).toEqual([`${CHOOSE}\n\n${LIST}`]);
		expect(ana.says('3').output).toEqual({ type: 'queue', queue: 'financeiro' });
		expect(
			begun(aConfig({ menuWhileQueued: false }))
				.says('2')
				.says('menu').output,
		).toEqual({ type: 'withHuman' });
	});
});

describe('virtual assistant off (C-19, C-20)', () => {
	it('sends welcome and transfer in sequence and goes straight to the queue', () => {
		const ana = begun(aConfig({ assistant: false, fallback: 'queue:suporte' }));
		expect(ana.heard).toEqual([WELCOME, TRANSFER]);
		expect(ana.output).toEqual({ type: 'queue', queue: 'suporte' });
		expect(ana.effects).toContainEqual(
			expect.objectContaining({ event: 'queued', text: expect.stringContaining('contato não identificado') }),
		);
	});

	it('needs no fallback when there is just one queue', () => {
		expect(begun(aConfig({ rows: [ROWS[2]!], assistant: false })).output).toEqual({
			type: 'queue',
			queue: 'financeiro',
		});
	});
});

describe('outside business hours (P-18, P-19, P-23, M-22, D-27)', () => {
	const opensAt = TUESDAY_10H + 22 * HOUR;
	const closed = { open: false, away: { nextOpeningAt: opensAt } };

	it('says so once per closed period and waits', () => {
		const ana = new Talk(aConfig({ texts: { away: 'Voltamos {{proximo_horario}}.' } }));
		ana.context = closed;
		ana.says('Oi');
		expect(ana.heard).toEqual(['Voltamos quarta-feira, 11/03, às 08:00.']);
		expect(ana.output).toEqual({ type: 'waiting' });
		expect(ana.effects).toContainEqual({ type: 'setTimer', kind: 'opening', dueAt: opensAt });
		expect(ana.says('alguém?').effects).toEqual([]);

		ana.later(24 * HOUR).context = { open: true };
		expect(ana.says('bom dia').heard).toEqual([`${WELCOME}\n\n${CHOOSE}\n\n${LIST}`]);

		const next = { open: false, away: { nextOpeningAt: opensAt + 24 * HOUR } };
		ana.later(10 * HOUR).context = next;
		expect(ana.says('boa noite').heard).toEqual(['Voltamos quinta-feira, 12/03, às 08:00.']);
	});

	it('still takes the answer to a menu that is already open', () => {
		const rows = [ROWS[0]!, { ...ROWS[1]!, texts: { away: 'Suporte só amanhã.' } }];
		const ana = begun(aConfig({ rows }));
		ana.context = closed;
		ana.says('2');
		expect(ana.heard).toEqual(['Suporte só amanhã.']);
		expect(ana.output).toEqual({ type: 'queue', queue: 'suporte' });
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
		expect(ana.timeline).toEqual(['queued', 'outsideHours']);
		expect(ana.kinds()).not.toContain('notifyQueue');
	});

	it('may offer the menu as usual and tell the hours after the choice', () => {
		const ana = new Talk(
			aConfig({ outsideHours: 'menu', rules: [{ type: 'welcome', when: 'outside', text: 'Estamos fechados.' }] }),
		);
		ana.context = closed;
		expect(ana.says('Oi').heard).toEqual([`Estamos fechados.\n\n${CHOOSE}\n\n${LIST}`]);
		expect(ana.says('2').heard[0]).toContain('Nosso atendimento está encerrado');
		expect(ana.data.pendingOpening).toBe(true);
	});
});

describe('messages that come late', () => {
	it.each(['Oi', '2', 'menu'])('%j is never answered, and goes to people when a fallback queue is set', (text) => {
		const ana = new Talk(aConfig({ fallback: 'queue:comercial' })).says(text, { late: true });
		expect(ana.heard).toEqual([]);
		expect(ana.output).toEqual({ type: 'waiting' });
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'comercial' });
		expect(ana.timeline).toEqual(['lateMessage', 'queued']);
		expect(ana.kinds()).toContain('notifyQueue');
	});

	it('stays in triage with a timeline line otherwise; the next one in time is welcomed', () => {
		const ana = new Talk().says('Oi', { late: true });
		expect(ana.timeline).toEqual(['lateMessage']);
		expect(ana.conversation.state).toBe('triage');
		expect(ana.says('Oi?').heard).toEqual([`${WELCOME}\n\n${CHOOSE}\n\n${LIST}`]);
	});

	it('a late choice goes silently where it says', () => {
		const ana = begun().says('2', { late: true });
		expect(ana.heard).toEqual([]);
		expect(ana.conversation).toMatchObject({ state: 'queued', queue: 'suporte' });
	});
});

describe('loop guard (D-16)', () => {
	it('pauses the bot with one timeline line and no reply', () => {
		const ana = begun();
		ana.context.botMessagesRecently = 30;
		ana.says('x');
		expect(ana.heard).toEqual([]);
		expect(ana.output).toEqual({ type: 'withHuman' });
		expect(ana.timeline).toEqual(['loopBlocked']);
		expect(ana.effects).toContainEqual(expect.objectContaining({ text: expect.stringMatching(/^Bloqueado por laço/) }));
		expect(ana.conversation.botPausedUntil).toBe(ana.now + 60 * MINUTE);
		expect(ana.says('x').effects).toEqual([]);
		ana.context.botMessagesRecently = 0;
		expect(ana.later(HOUR).says('x').heard).toEqual([`${CHOOSE}\n\n${LIST}`]);
	});

	it('notices the same text over and over', () => {
		const ana = new Talk(aConfig({ maxAttempts: 20, loopGuard: { maxSameText: 3 } }));
		expect(ana.says('auto').says('auto').timeline).toEqual(['invalidAnswer', 'menuSent']);
		expect(ana.says('auto').timeline).toEqual(['loopBlocked']);
	});
});

it('a message without a router at hand waits and is not answered', () => {
	const ana = new Talk(null).says('Oi');
	expect(ana.effects).toEqual([]);
	expect(ana.output).toEqual({ type: 'waiting' });
});

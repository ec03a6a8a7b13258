import { operateConversation, setQueueBlocked, listQueues } from '../../../../engine';
import { json, only, OUT, placesOf, rig, route, routed, ROWS, someone, startHere, welcomed } from './support';

startHere();

describe('Queue Router: the standard flow (B-71)', () => {
	it('welcomes, repeats the menu after an invalid option, hands over', async () => {
		const ana = someone();
		expect(placesOf(await route([json(await ana.says('Oi'))]))).toEqual([OUT.waiting]);
		expect(placesOf(await route([json(await ana.answers('9'))]))).toEqual([OUT.waiting]);
		expect(placesOf(await route([json(await ana.answers('2'))]))).toEqual([OUT.suporte]);
		const [menu, invalid, transfer] = await ana.heard(3);
		expect(menu).toContain('automático da Oficina Aurora.');
		expect(invalid).toContain('Opção digitada não existe, digite uma opção válida');
		expect(transfer).toBe('Aguarde, seu atendimento será redirecionado para o atendente');
	});

	it('keeps every field and adds what was decided (B-62)', async () => {
		const { json: out, person } = await routed('2');
		expect(out).toMatchObject({
			text: '2',
			contact: { phone: `+${person.waId}` },
			conversation: { state: 'queued', queue: 'suporte', protocolNumber: expect.any(String) },
			triage: {
				output: 'queue',
				queue: { name: 'suporte', displayName: 'Suporte', number: 2 },
				explanation: 'Cliente na fila Suporte: escolheu “2 - Suporte” no menu.',
				conversation: { state: 'queued', openedAt: expect.stringMatching(/^\d{4}-/) },
				messageIds: [expect.any(String)],
				repeated: false,
			},
		});
	});

	it('shows the queues to the desk (B-42, B-48)', async () => {
		await routed('2');
		const queues = await listQueues(rig.desk);
		expect(queues.map(({ name, number }) => [name, number])).toEqual([
			['comercial', 1],
			['suporte', 2],
			['boleto', 3],
		]);
	});
});

describe('Queue Router: outputs', () => {
	it('No Valid Answer after the attempts, and the row of the fallback queue instead when there is one (D-21)', async () => {
		const ana = await routed('x', { options: { maxAttempts: 1 } });
		expect(ana.place).toBe(OUT.noValidAnswer);
		const bia = await routed('x', { options: { maxAttempts: 1, fallbackQueue: 'comercial' } });
		expect(bia.place).toBe(OUT.comercial);
	});

	it('With a Human once somebody attends: the bot is silent (B-72)', async () => {
		const { person, json: out } = await routed('2');
		await operateConversation(rig.desk, out.conversation.id, { type: 'assign', agent: 'bia', silent: true });
		const outputs = await route([json(await person.answers('tudo bem?'))]);
		expect(placesOf(outputs)).toEqual([OUT.withHuman]);
		expect(only(outputs).triage.messageIds).toEqual([]);
		expect(only(outputs).conversation).toMatchObject({ state: 'attending', agent: 'bia' });
	});

	it('Nobody Available when no agent is on duty, which an expression may count (M-10)', async () => {
		const queue = [ROWS[0]!, { ...ROWS[1]!, available: '={{ $json.onDuty }}' }];
		const ana = await welcomed();
		const item = await ana.answers('2');
		const outputs = await route([json(item, { onDuty: 0 })], { queues: { queue } });
		expect(placesOf(outputs)).toEqual([OUT.nobodyAvailable]);
		expect(only(outputs).triage).toMatchObject({ output: 'nobodyAvailable', queue: { name: 'suporte' } });
		expect((await ana.heard(2))[1]).toContain('No momento não há atendentes disponíveis.');
	});

	it('the row of a self-service queue, message after message, until the menu is asked for', async () => {
		const { person, place } = await routed('boleto');
		expect(place).toBe(OUT.boleto);
		const next = await route([json(await person.answers('123.456.789-09'))]);
		expect(placesOf(next)).toEqual([OUT.boleto]);
		expect(only(next).triage.output).toBe('selfService');
		expect(placesOf(await route([json(await person.answers('menu'))]))).toEqual([OUT.waiting]);
	});

	it('follow the row, not the number (B-47, B-49)', async () => {
		const queue = [ROWS[1]!, ROWS[0]!];
		expect((await routed('2', { queues: { queue } })).place).toBe(4);
		expect((await routed('1', { queues: { queue } })).place).toBe(5);
	});

	it('With a Human for a queue that is no row any more', async () => {
		const person = await welcomed();
		const queue = [ROWS[0]!];
		const { place } = await routed('1');
		expect(place).toBe(OUT.comercial);
		const item = await person.answers('2');
		await route([json(item)]);
		// The same message again, after the row was removed.
		expect(placesOf(await route([json(item)], { queues: { queue } }))).toEqual([OUT.withHuman]);
	});

	it('none for what needs nothing, unless wanted (D-23)', async () => {
		const { person, json: out } = await routed('2');
		await operateConversation(rig.desk, out.conversation.id, { type: 'resolve', by: 'agent' });
		expect(placesOf(await route([json(await person.answers('obrigada!'))]))).toEqual([]);
		const options = { emitAbsorbed: true };
		const outputs = await route([json(await person.answers('valeu'))], { options });
		expect(placesOf(outputs)).toEqual([OUT.waiting]);
		expect(only(outputs).triage.output).toBe('absorbed');
	});

	it('With a Human for what a person wrote on the phone; none for delivery news', async () => {
		const item = json(await someone().says('Oi'));
		const outputs = await route([
			{ ...item, event: 'echo' },
			{ ...item, event: 'status', conversation: null },
		]);
		expect(placesOf(outputs)).toEqual([OUT.withHuman]);
		expect(only(outputs)).toMatchObject({ event: 'echo', triage: { output: 'withHuman', messageIds: [] } });
	});
});

describe('Queue Router: business hours', () => {
	const opensAt = new Date(Date.now() + 12 * 3_600_000).toISOString();
	const closed = {
		businessHours: {
			open: false,
			description: 'seg. a sex.',
			nextOpening: opensAt,
			nextOpeningText: 'amanhã às 08:00',
		},
	};

	it('says the away text with the hours, once, and waits for the opening (P-18, P-19, D-27)', async () => {
		const ana = someone();
		const parameters = { away: 'Atendemos [horario]. Voltamos [proximo_horario].' };
		const outputs = await route([json(await ana.says('Oi'), closed)], parameters);
		expect(placesOf(outputs)).toEqual([OUT.waiting]);
		expect(await ana.heard(1)).toEqual(['Atendemos seg. a sex.. Voltamos amanhã às 08:00.']);
		const again = await route([json(await ana.answers('alô?'), closed)], parameters);
		expect(only(again).triage.messageIds).toEqual([]);
		const id = only(outputs).conversation.id as string;
		const timer = await rig.desk.store.read((db) =>
			db.selectFrom('timer').selectAll().where('conversation_id', '=', id).executeTakeFirst(),
		);
		expect(timer).toMatchObject({ kind: 'opening', due_at: Date.parse(opensAt), workflow_id: 'workflow1' });
	});

	it('says another text inside than outside business hours, for some queues (P-23, P-24)', async () => {
		const rule = [{ type: 'transfer', when: 'inside', queues: ['suporte'], title: '', text: 'Chamando o [fila]…' }];
		const { person } = await routed('2', { messageRules: { rule } });
		expect((await person.heard(2))[1]).toBe('Chamando o Suporte…');
	});
});

describe('Queue Router: settings', () => {
	it.each([
		[
			'two rows with one number (B-40)',
			[ROWS[0]!, { number: 1, name: 'x' }],
			'Queue row 2 ("x") has number 1, already used by Queue row 1 ("comercial").',
		],
		[
			'two rows with one name',
			[ROWS[0]!, { number: 5, name: 'Comercial' }],
			'Queue row 2 ("Comercial") has the internal name of Queue row 1 ("comercial").',
		],
		['no row (B-50)', [], 'No queue is configured, so there is nothing to offer to the customer.'],
		['no active row (B-50)', [{ ...ROWS[0]!, active: false }], 'None of the 1 queue rows is active ("comercial").'],
	])('refuses %s', async (_, queue, message) => {
		const item = json(await someone().says('Oi'));
		await expect(route([item], { queues: { queue } })).rejects.toMatchObject({ message });
	});

	it('refuses an emptied mandatory text by its name (B-52, B-54)', async () => {
		const item = json(await someone().says('Oi'));
		await expect(route([item], { welcome: '' })).rejects.toThrow('Parameter "Welcome" is required.');
		await expect(route([item], { welcome: '={{ "" }}' })).rejects.toMatchObject({
			message: 'The text "Mensagem de Boas Vindas" is empty.',
		});
	});

	it('names the row whose expression gives nonsense', async () => {
		const item = json(await someone().says('Oi'));
		const queue = [ROWS[0]!, { number: '={{ $json.text }}', name: 'suporte' }];
		await expect(route([item], { queues: { queue } })).rejects.toMatchObject({
			message: expect.stringContaining('Queue row 2 ("suporte"): number is wrong'),
		});
	});

	it('does not offer a blocked queue (B-44, B-45)', async () => {
		await setQueueBlocked(rig.desk, 'suporte', true, 'treinamento');
		const person = await welcomed();
		expect((await person.heard(1))[0]).not.toContain('Suporte');
		await setQueueBlocked(rig.desk, 'suporte', false, null);
	});

	it('returns the texts instead of sending them', async () => {
		const person = someone();
		const outputs = await route([json(await person.says('Oi'))], { options: { sendTexts: 'return' } });
		const { triage } = only(outputs);
		expect(triage.messageIds).toEqual([]);
		expect(triage.texts).toEqual([
			{
				purpose: 'menu',
				text: expect.stringContaining('1 - Comercial'),
				content: expect.objectContaining({ type: 'menu' }),
			},
		]);
		expect(await rig.simulator.admin.messages(person.waId, { from: 'business' })).toEqual([]);
	});
});

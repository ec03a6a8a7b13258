import {
	operateTicket,
	readMessage,
	readStory,
	sendMessages,
	ticketFromConversation,
	upsertTickets,
	type SendRequest,
	type StoryOf,
} from '../../../../engine';
import { invoiceTopic, ticketTopic } from '../../../../engine/model-topic';
import { storyOfTopic } from '../../../../engine/topic-story';
import { appendTimeline } from '../../../../engine/timeline/timeline';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';

const ANA = '5511987654321';
const BRUNO = '5521976543210';
const MINUTE = 60_000;

describe.each(STORES)('the story of a ticket, on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, { listen: false, clock });
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	const send = async (phone: string, text: string, more: Partial<SendRequest>) => {
		const recipient = { type: 'phone', phone, name: phone === `+${ANA}` ? 'Ana' : 'Equipe' } as const;
		const request = { channelId: rig.channelId, recipient, content: { type: 'text', text }, origin: 'bot' } as const;
		return (await sendMessages(rig.desk, [{ ...request, ...more }], 10_000))[0]!;
	};
	const story = async (of: StoryOf, limit = 50) =>
		(await readStory(rig.desk, of, limit)).map(({ event, text }) => `${event} · ${text}`);

	it('has its steps, its messages to customer and team with every attempt, and why some did not go out (V-12, V-18, V-19)', async () => {
		await rig.simulator.admin.say(ANA, 'Minha geladeira parou');
		const conversation = await eventually(() =>
			rig.desk.store.db.selectFrom('conversation').selectAll().executeTakeFirst(),
		);
		const { ticket } = await ticketFromConversation(rig.desk, conversation.id);
		const topics = [ticketTopic(ticket.id)];
		clock.advance(MINUTE);
		const first = await send(`+${ANA}`, 'Recebemos o seu chamado', { topics, kind: 'notification' });
		await eventually(async () => (await readMessage(rig.desk, first.id!)).delivery === 'read');
		clock.advance(MINUTE);
		await send(`+${BRUNO}`, 'Chamado novo para a equipe', { topics });
		clock.advance(MINUTE);
		await send('', 'Ninguém recebe isto', { topics });
		await send(`+${ANA}`, 'De outro assunto', {});
		clock.advance(MINUTE);
		await operateTicket(rig.desk, ticket.id, { type: 'close', reason: 'Resolvido por telefone.' });

		const name = ticket.code;
		const lines = await story({ type: 'ticket', id: `whatsapp/${name}` });
		expect(lines).toEqual([
			`ticketOpened · Chamado ${name} aberto: Minha geladeira parou.`,
			'enqueued · Para Ana, "Recebemos o seu chamado": Entrou na fila de envio.',
			'accepted · Para Ana, "Recebemos o seu chamado": Enviada: o WhatsApp aceitou a mensagem.',
			'read · Para Ana, "Recebemos o seu chamado": Lida pelo contato.',
			'enqueued · Para Equipe, "Chamado novo para a equipe": Entrou na fila de envio.',
			expect.stringMatching(/^messageRefused · Para Equipe, "Chamado novo para a equipe": Não enviada: /),
			'messageRefused · Não possui telefone para envio de mensagem',
			`ticketClosed · Chamado ${name} encerrado. Motivo: Resolvido por telefone.`,
		]);
		expect(await story({ type: 'ticket', id: ticket.id }, 2)).toEqual(lines.slice(-2));
		await expect(story({ type: 'ticket', id: 'omie/1' })).rejects.toThrow('There is no ticket "omie/1".');
	});

	it('has messages that were handed over together in their order', async () => {
		const topics = [ticketTopic('tic_1')];
		const request = (text: string, phone: string): SendRequest => ({
			...{ channelId: rig.channelId, recipient: { type: 'phone', phone }, topics, origin: 'bot' },
			content: { type: 'text', text },
		});
		await sendMessages(rig.desk, [request('primeira', `+${ANA}`), request('segunda', `+${BRUNO}`)], 0);
		const lines = await storyOfTopic(rig.desk.store, topics[0]!, 50);
		const entered = lines.filter(({ event }) => event === 'enqueued').map(({ text }) => /"(.+)"/.exec(text)?.[1]);
		expect(entered).toEqual(['primeira', 'segunda']);
	});

	it('is told of receivables too, however the creditor is written', async () => {
		const topics = [invoiceTopic({ creditor: '11222333000181', invoice: 'NF 9/2' })];
		const told = { event: 'invoicePaid', at: clock.now(), text: 'Fatura paga.', topics };
		await rig.desk.store.transaction((tx) => appendTimeline(tx, rig.desk.store.dialect, [told]));
		clock.advance(MINUTE);
		await send('', 'Sua fatura', { topics });
		const expected = ['invoicePaid · Fatura paga.', 'messageRefused · Não possui telefone para envio de mensagem'];
		expect(await story({ type: 'invoice', id: '11222333000181/NF 9/2' })).toEqual(expected);
		expect(await story({ type: 'invoice', id: '11.222.333/0001-81/NF 9/2' })).toEqual(expected);
		expect(await story({ type: 'invoice', id: '11222333000181/NF 8' })).toEqual([]);
	});

	it('shows in its conversation what became of it', async () => {
		await rig.simulator.admin.say(ANA, 'Oi');
		const { id } = await eventually(() => rig.desk.store.db.selectFrom('conversation').selectAll().executeTakeFirst());
		await upsertTickets(rig.desk, [{ source: 'omie', code: '1', contact: { id: ANA } }]);
		expect(await story({ type: 'conversation', id })).toContain('ticketOpened · Chamado 1 aberto.');
	});
});

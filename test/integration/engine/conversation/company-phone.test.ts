import {
	compileTriageConfig,
	listConversations,
	openDesk,
	operateConversation,
	routeItems,
	type Desk,
} from '../../../../engine';
import { enqueue } from '../../../../engine/outbox/enqueue';
import type { EchoEvent, InboundEvent, MessageEvent, Sender } from '../../../../engine/model';
import { mergeContacts } from '../../../../engine/contact/merge-contacts';
import { storeArrivals } from '../../../../engine/receive';
import { ROUTER, THREE_QUEUES } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TUESDAY_10H = Date.parse('2026-03-10T13:00:00Z');
const CHANNELS = ['cloudApi:106540352242922', 'linkedDevice:atendimento'] as const;
const CASES = STORES.flatMap((store) => CHANNELS.map((channelId) => ({ ...store, channelId })));

const ANA = '5511987654321';
const BRUNO = '5511987654322';
const CARLA = '5511987654323';

/** What the phone of the company does, told the same way by both channels. */
describe.each(CASES)('the phone of the company, $channelId on $name', ({ create, channelId }) => {
	let store: TestStore;
	let desk: Desk;
	let clock: StandingClock;
	let ids = 0;

	beforeEach(async () => {
		store = await create();
		clock = new StandingClock(TUESDAY_10H);
		desk = await openDesk({ store: store.settings, clock });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const person = (digits: string): Sender => ({
		address: channelId.startsWith('cloudApi') ? digits : `${digits}@s.whatsapp.net`,
		waId: digits,
		bsuid: null,
		name: null,
		username: null,
	});
	const content = (text: string) => ({ type: 'text' as const, text, reply: null, media: null });
	const said = (digits: string, text: string): MessageEvent => ({
		...{ type: 'message', providerMessageId: `in-${++ids}`, sender: person(digits), sentAt: clock.now() },
		...{ content: content(text), quotedMessageId: null, raw: null },
	});
	const typed = (digits: string, text: string, id = `typed-${++ids}`): EchoEvent => ({
		...{ type: 'echo', providerMessageId: id, recipient: person(digits), sentAt: clock.now() },
		...{ content: content(text), raw: null },
	});
	const arrive = (...events: InboundEvent[]) =>
		storeArrivals(
			desk.store,
			events.map((event) => ({ channelId, event })),
			clock.now(),
		);
	const of = async (digits: string) =>
		(await listConversations(desk, { limit: 10 })).find(({ contact }) => contact.phone === `+${digits}`)!;
	const pausedFor = async (digits: string) => {
		const until = (await of(digits)).botPausedUntil;
		return until === null ? null : (Date.parse(until) - clock.now()) / MINUTE;
	};
	const told = async (event: string) =>
		(await desk.store.db.selectFrom('timeline').select(['event', 'text', 'channel_id']).execute()).filter(
			(line) => line.event === event,
		);

	it('a chat that a person begins there is silent for the bot from its first moment (D-09)', async () => {
		await arrive(typed(ANA, 'Oi Ana, aqui é a Bia da Oficina.'));
		expect(await of(ANA)).toMatchObject({ state: 'triage', channelId, lastInboundAt: null });
		expect(await pausedFor(ANA)).toBe(60);
		expect(await told('humanTookOver')).toHaveLength(1);
		await arrive(said(ANA, 'Oi Bia!'));
		const { id } = await of(ANA);
		const heard = await desk.store.db.selectFrom('inbound').select('id').where('kind', '=', 'message').execute();
		const event = { type: 'message', text: 'Oi Bia!', reply: null, contentType: 'text', late: false } as const;
		const config = compileTriageConfig(THREE_QUEUES);
		const request = { messageId: heard[0]!.id, conversationId: id, config, hours: null, event };
		const [result] = await routeItems(desk, [request], ROUTER);
		expect(result).toMatchObject({ output: { type: 'withHuman' } });
		expect(await desk.store.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
	});

	it('withdraws what the bot had waiting in the same commit, and leaves what agents wrote (D-07, X-06)', async () => {
		await arrive(said(ANA, 'Oi'));
		const { id, contact } = await of(ANA);
		const message = (origin: 'bot' | 'agent') => ({
			...{ channelId, contactId: contact.id, conversationId: id, address: ANA, origin },
			...{ content: { type: 'text' as const, text: `do ${origin}` } },
		});
		await desk.store.transaction((tx) => enqueue(tx, [message('bot'), message('agent')], clock.now()));
		await arrive(typed(ANA, 'Deixa comigo.'));
		const rows = await desk.store.db
			.selectFrom('outbox')
			.select(['origin', 'status', 'error_code'])
			.orderBy('seq')
			.execute();
		expect(rows).toEqual([
			{ origin: 'bot', status: 'refused', error_code: 'cancelled' },
			{ origin: 'agent', status: 'queued', error_code: null },
		]);
	});

	it('counts from the last message, is told once, and has an end (D-08)', async () => {
		await arrive(typed(ANA, 'Oi'));
		for (let i = 0; i < 9; i++) {
			clock.advance(50 * MINUTE);
			await arrive(typed(ANA, `mensagem ${i}`));
		}
		expect(await pausedFor(ANA)).toBe(30);
		expect(await told('humanTookOver')).toHaveLength(1);
	});

	it('ends by the word typed there, by the operation and by closing (X-06)', async () => {
		await arrive(typed(ANA, 'Oi'));
		await arrive(typed(ANA, '#bot'));
		expect(await pausedFor(ANA)).toBeNull();
		expect((await told('botResumed'))[0]!.text).toBe('O bot voltou a responder: retomado pelo celular da empresa.');

		await arrive(typed(ANA, 'Oi'));
		await operateConversation(desk, (await of(ANA)).id, { type: 'resumeBot' });
		expect(await pausedFor(ANA)).toBeNull();

		await arrive(typed(ANA, 'Oi'));
		await operateConversation(desk, (await of(ANA)).id, { type: 'resolve', by: 'agent', silent: true });
		expect(await of(ANA)).toMatchObject({ state: 'resolved', botPausedUntil: null });
	});

	it('is never taken for it when our own sends come back, before or after their answer (D-07, D-16)', async () => {
		await arrive(said(ANA, 'Oi'));
		const { id, contact } = await of(ANA);
		const request = {
			...{ channelId, contactId: contact.id, conversationId: id, address: ANA, origin: 'bot' as const },
			...{ content: { type: 'text' as const, text: 'menu' } },
		};
		const [sent] = await desk.store.transaction((tx) => enqueue(tx, [request], clock.now()));
		await desk.store.db
			.updateTable('outbox')
			.set({ provider_message_id: 'ours-1' })
			.where('id', '=', sent!.id)
			.execute();
		// A linked device writes its id down before the message leaves: the outbox does not know it yet.
		const row = { channel_id: channelId, id: 'ours-2', outbox_id: sent!.id, message: null, at: clock.now() };
		await desk.store.db.insertInto('linked_message').values(row).execute();
		const { fates } = await arrive(typed(ANA, 'menu', 'ours-1'), typed(ANA, 'menu', 'ours-2'), said(ANA, '2'));
		expect(fates).toEqual(['noted', 'noted', 'stored']);
		expect(await pausedFor(ANA)).toBeNull();
		expect(await desk.store.db.selectFrom('inbound').select('kind').execute()).toEqual([
			{ kind: 'message' },
			{ kind: 'message' },
		]);
	});

	it('is no takeover when it only reacts', async () => {
		await arrive({ ...typed(ANA, '👍'), content: { ...content('👍'), type: 'reaction' } });
		expect(await pausedFor(ANA)).toBeNull();
	});

	it('is no takeover when it answers by itself: told once a day with what to switch off (P-21)', async () => {
		const greeting = 'Olá! Agradecemos o seu contato. Em que podemos ajudar?';
		const greeted = async (digits: string, afterMs: number) => {
			await arrive(said(digits, 'Oi'));
			clock.advance(afterMs);
			await arrive(typed(digits, greeting));
		};
		// The first one could have been a person's.
		await greeted(ANA, 1_000);
		expect(await pausedFor(ANA)).toBe(60);
		expect(await told('phoneAutoReply')).toEqual([]);
		// The second one tells: nobody is silenced, and the first is given back.
		await greeted(BRUNO, 2_000);
		expect([await pausedFor(ANA), await pausedFor(BRUNO)]).toEqual([null, null]);
		await greeted(CARLA, 3_000);
		const [line, ...more] = await told('phoneAutoReply');
		expect(more).toEqual([]);
		expect(line).toMatchObject({
			channel_id: channelId,
			text: expect.stringContaining('desligue a mensagem de saudação'),
		});
		clock.advance(24 * HOUR);
		await greeted(BRUNO, 1_000);
		expect(await told('phoneAutoReply')).toHaveLength(2);
	});

	it('is a takeover when the same words come slower than that, or to nobody else (P-21)', async () => {
		for (const digits of [ANA, BRUNO]) {
			await arrive(said(digits, 'Oi'));
			clock.advance(4_000);
			await arrive(typed(digits, 'Bom dia! Já vou te atender.'));
			expect(await pausedFor(digits)).toBe(60);
		}
		expect(await told('phoneAutoReply')).toEqual([]);
		expect(await desk.store.db.selectFrom('phone_reply').selectAll().execute()).toEqual([]);
	});

	it('lasts as long as the Queue Router of the number says, also where no router was yet (D-09)', async () => {
		await arrive(said(BRUNO, 'Oi'));
		const { id } = await of(BRUNO);
		const { data } = await desk.store.db
			.selectFrom('conversation')
			.select('data')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		const { settings } = compileTriageConfig({ ...THREE_QUEUES, botPauseMinutes: 15, botPauseCapMinutes: 45 });
		const routed = JSON.stringify({ ...(JSON.parse(data) as object), settings });
		await desk.store.db.updateTable('conversation').set({ data: routed }).where('id', '=', id).execute();
		await arrive(typed(ANA, 'Oi Ana'));
		expect(await pausedFor(ANA)).toBe(15);
	});

	it('stays in force when two records turn out to be one person (D-07, X-07)', async () => {
		await arrive(said(ANA, 'Oi'));
		await arrive(typed(BRUNO, 'Oi, é a Bia'));
		const [ana, bruno] = [await of(ANA), await of(BRUNO)];
		await desk.store.transaction((tx) => mergeContacts(tx, ana.contact.id, bruno.contact.id, clock.now()));
		const open = await listConversations(desk, { limit: 10, states: ['triage'] });
		expect(open).toHaveLength(1);
		expect(open[0]!.botPausedUntil).not.toBeNull();
	});
});

import {
	buildItems,
	cloudApiChannelId,
	compileTriageConfig,
	openDesk,
	routeItems,
	type Desk,
	type StoredInbound,
} from '../../../../engine';
import { consentOf } from '../../../../engine/consent/consent';
import { saveChannelSettings } from '../../../../engine/settings/channel-settings';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { demoCredentials } from '../../../support/demo-credentials';
import { ROUTER, routeRequest, THREE_QUEUES } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';
import { message, text, webhook, type Value } from '../../../support/webhook-body';

const ANA = { waId: '5511987654321', name: 'Ana' };
const CHANNEL = cloudApiChannelId(DEMO_NUMBER.phoneNumberId);
const SUNDAY_10H = Date.parse('2026-11-22T13:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(STORES)('opting out by a word, on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	let clock: StandingClock;

	beforeEach(async () => {
		store = await create();
		clock = new StandingClock(SUNDAY_10H);
		desk = await openDesk({ store: store.settings, clock });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const receive = (...values: Value[]) => desk.receiveCloudApi(webhook(...values), demoCredentials());
	const say = (body: string) => receive(text(ANA, body, { at: clock.now() }));
	const tap = (title: string, payload: string) =>
		receive(message(ANA, { type: 'button', button: { text: title, payload } }, { at: clock.now() }));
	const ana = async () => (await desk.store.db.selectFrom('contact').select('id').executeTakeFirstOrThrow()).id;
	const consent = async () => (await consentOf(desk.store.db, [await ana()])).get(await ana()) ?? null;
	const confirmations = async () =>
		(
			await desk.store.db
				.selectFrom('outbox')
				.select(['purpose', 'origin', 'priority', 'address'])
				.where('purpose', 'like', '%Confirmation')
				.orderBy('seq')
				.execute()
		).map((row) => row.purpose);
	const told = async (...events: string[]) =>
		(
			await desk.store.db
				.selectFrom('timeline')
				.select(['event', 'text', 'contact_id'])
				.where('event', 'in', events)
				.orderBy('seq')
				.execute()
		).map((line) => line.text);
	const items = async () =>
		buildItems(
			desk.store,
			(await desk.store.db.selectFrom('inbound').selectAll().orderBy('seq').execute()).map((row) => [
				row as StoredInbound,
			]),
			{ raw: false, now: clock.now(), lateAfterMs: 15 * MINUTE },
		);
	/** The router decides on the latest message. */
	const route = async () => {
		const item = (await items()).at(-1)!;
		const [result] = await routeItems(desk, [routeRequest(item, compileTriageConfig(THREE_QUEUES))], ROUTER);
		return result!;
	};
	const conversation = () => desk.store.db.selectFrom('conversation').selectAll().executeTakeFirstOrThrow();

	it('writes an opt-out down, confirms it and tells it (D-35)', async () => {
		await say('PARAR!');
		expect(await consent()).toEqual({
			optedOutAt: SUNDAY_10H,
			marketingStoppedAt: null,
			optedInAt: null,
			proof: null,
		});
		const sent = await desk.store.db.selectFrom('outbox').selectAll().execute();
		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatchObject({ purpose: 'optOutConfirmation', origin: 'bot', priority: 0, address: ANA.waId });
		expect(JSON.parse(sent[0]!.content).text).toBe(
			'Pronto! Não enviaremos mais mensagens por nossa iniciativa para você. Se precisar de atendimento, é só escrever: ' +
				'continuaremos respondendo. Para voltar a receber, responda QUERO RECEBER.',
		);
		expect(await told('optedOut')).toEqual([
			'O contato não quer mais receber mensagens da empresa: respondeu “PARAR!”. Atendimentos continuam.',
		]);
		expect((await items()).map((item) => item.consent)).toEqual(['optedOut']);
	});

	it('does nothing about a sentence that only contains such a word (D-35)', async () => {
		await say('stop, o Zé não vem');
		expect(await consent()).toBeNull();
		expect(await confirmations()).toEqual([]);
		expect((await items()).map((item) => item.consent)).toEqual([null]);
	});

	it('confirms repeated words once within a day, and again after it (D-35)', async () => {
		await say('parar');
		clock.advance(HOUR);
		await say('sair');
		await say('PARE');
		expect(await confirmations()).toEqual(['optOutConfirmation']);
		expect(await told('optedOut')).toHaveLength(1);
		clock.advance(24 * HOUR);
		await say('parar');
		expect(await confirmations()).toEqual(['optOutConfirmation', 'optOutConfirmation']);
	});

	it('confirms once when the same webhook comes twice, and when two words come in one (D-02)', async () => {
		const word = text(ANA, 'parar', { at: clock.now() });
		await receive(word, text(ANA, 'PARAR', { at: clock.now() }));
		await receive(word);
		expect(await confirmations()).toEqual(['optOutConfirmation']);
	});

	it('takes a contact in again by their own word, which is the proof', async () => {
		await say('parar');
		clock.advance(MINUTE);
		await say('quero receber');
		expect(await consent()).toEqual({
			optedOutAt: null,
			marketingStoppedAt: null,
			optedInAt: SUNDAY_10H + MINUTE,
			proof: 'mensagem do próprio contato em 22/11/2026, 10:01 (“quero receber”)',
		});
		expect(await confirmations()).toEqual(['optOutConfirmation', 'optInConfirmation']);
		expect(await told('optedIn')).toEqual([
			'O contato aceitou receber mensagens: mensagem do próprio contato em 22/11/2026, 10:01 (“quero receber”).',
		]);
		expect((await items()).map((item) => item.consent)).toEqual(['optedOut', 'optedIn']);
	});

	it('takes the prefilled text of the opt-in link as consent of somebody new (M-24)', async () => {
		await say('Quero receber avisos da Oficina Aurora');
		expect(await consent()).toMatchObject({ optedOutAt: null, optedInAt: SUNDAY_10H });
		expect(await confirmations()).toEqual(['optInConfirmation']);
	});

	it('leaves “start” and “quero receber” alone when nobody opted out', async () => {
		await say('start');
		await say('quero receber');
		expect(await consent()).toBeNull();
		expect((await items()).map((item) => item.consent)).toEqual([null, null]);
	});

	it('stops only marketing when a marketing button is tapped (D-35)', async () => {
		await tap('Parar promoções', 'Parar promoções');
		expect(await consent()).toMatchObject({ optedOutAt: null, marketingStoppedAt: SUNDAY_10H });
		expect(await confirmations()).toEqual(['marketingStopConfirmation']);
		expect(await told('marketingStopped')).toEqual([
			'O contato não quer mais receber promoções: respondeu “Parar promoções”.',
		]);
		await tap('Quero voltar', 'opt_in');
		expect(await consent()).toMatchObject({ marketingStoppedAt: null });
	});

	it('stops confirming somebody whose mind changes without end (D-16)', async () => {
		for (let round = 0; round < 4; round++) {
			await say('parar');
			clock.advance(MINUTE);
			await say('quero receber mensagens');
			clock.advance(MINUTE);
		}
		expect(await confirmations()).toHaveLength(4);
		expect(await consent()).toMatchObject({ optedOutAt: null });
	});

	it('hears no words on a number whose settings say so', async () => {
		await desk.store.transaction((tx) => saveChannelSettings(tx, CHANNEL, { optOutWords: false }, clock.now()));
		await say('parar');
		expect((await items())[0]).toMatchObject({ consent: null, channel: { id: CHANNEL } });
		expect(await consent()).toBeNull();
	});

	describe('and the menu', () => {
		it('sends neither welcome nor menu to somebody whose first message is PARAR', async () => {
			await say('parar');
			const result = await route();
			expect(result).toMatchObject({ output: { type: 'waiting' }, messageIds: [] });
			expect(await confirmations()).toEqual(['optOutConfirmation']);
			expect(await conversation()).toMatchObject({ state: 'triage' });
			clock.advance(MINUTE);
			await say('oi');
			expect((await route()).messageIds).not.toEqual([]);
		});

		it('does not count an opt-out as an invalid answer', async () => {
			await say('oi');
			await route();
			const before = await conversation();
			clock.advance(MINUTE);
			await say('parar');
			const result = await route();
			expect(result).toMatchObject({ output: { type: 'waiting' }, messageIds: [] });
			expect(result.explanation).toBe(
				'Pediu para não receber mensagens: registrado e confirmado na chegada; o menu não responde.',
			);
			expect(JSON.parse((await conversation()).data)).toEqual(JSON.parse(before.data));
		});

		it('takes a word that is an option of the pending menu for an answer', async () => {
			await say('oi');
			const [first] = await items();
			const rows = [...THREE_QUEUES.rows, { number: 4, name: 'sair', displayName: 'Sair' }];
			const config = compileTriageConfig({ ...THREE_QUEUES, rows });
			await routeItems(desk, [routeRequest(first!, config)], ROUTER);
			clock.advance(MINUTE);
			await say('Sair');
			expect(await consent()).toBeNull();
			const answer = (await items()).at(-1)!;
			const [result] = await routeItems(desk, [routeRequest(answer, config)], ROUTER);
			expect(result!.output).toEqual({ type: 'queue', queue: 'sair' });
			clock.advance(MINUTE);
			await say('Sair');
			expect(await consent()).toMatchObject({ optedOutAt: clock.now() });
		});

		it('shows the word to a human who attends, and still confirms it', async () => {
			await say('oi');
			await desk.store.db.updateTable('conversation').set({ state: 'attending', agent: 'bia' }).execute();
			await say('parar');
			expect((await route()).output).toEqual({ type: 'withHuman' });
			expect(await confirmations()).toEqual(['optOutConfirmation']);
		});

		it('does not reopen a closed conversation', async () => {
			await say('oi');
			const until = { state: 'resolved', queue: 'suporte', grace_until: clock.now() + HOUR };
			await desk.store.db.updateTable('conversation').set(until).execute();
			await say('parar');
			expect(await route()).toMatchObject({ output: { type: 'waiting' }, conversation: { state: 'resolved' } });
		});
	});
});

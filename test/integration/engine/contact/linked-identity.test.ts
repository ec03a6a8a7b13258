import { openDesk, saveContacts, sendMessages, type Desk } from '../../../../engine';
import { findContact } from '../../../../engine/contact/contact-views';
import { buildItems, LATE_AFTER_MS, type StoredInbound } from '../../../../engine/inbound/message-item';
import type { InboundEvent, StatusEvent } from '../../../../engine/model';
import { storeArrivals } from '../../../../engine/receive';
import { STORES, type TestStore } from '../../../support/each-store';
import { pair, typed, wrote } from '../../../support/wa-messages';

const CHANNEL = 'linkedDevice:atendimento';
const PHONE = '5511987654321';
const PN = `${PHONE}@s.whatsapp.net`;
const LID = '91370000111122@lid';

describe.each(STORES)('who writes to a linked device, on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const receive = (...events: InboundEvent[]) =>
		storeArrivals(
			desk.store,
			events.map((event) => ({ channelId: CHANNEL, event })),
			Date.now(),
		);
	const contacts = () => desk.store.db.selectFrom('contact').select(['id', 'name', 'phone']).orderBy('id').execute();
	const names = async () =>
		(
			await desk.store.db
				.selectFrom('contact_address')
				.select(['kind', 'value'])
				.orderBy('kind')
				.orderBy('value')
				.execute()
		).map(({ kind, value }) => `${kind} ${value}`);
	const conversations = () =>
		desk.store.db.selectFrom('conversation').select(['id', 'contact_id', 'address', 'state']).orderBy('id').execute();
	const open = async () => (await conversations()).filter(({ state }) => state !== 'resolved');
	const told = async (event: string) =>
		(await desk.store.db.selectFrom('timeline').select('text').where('event', '=', event).execute()).map((l) => l.text);
	const rows = () => desk.store.db.selectFrom('inbound').selectAll().orderBy('seq').execute();
	/** Enqueued: no process holds the line. */
	const send = async (phone: string) => {
		const content = { type: 'text' as const, text: 'Oi' };
		const recipient = { type: 'phone' as const, phone };
		const [sent] = await sendMessages(desk, [{ channelId: CHANNEL, recipient, content, origin: 'bot' }], 0);
		return sent!.id;
	};
	const items = async () =>
		buildItems(
			desk.store,
			(await rows()).map((row) => [row as StoredInbound]),
			{ raw: false, now: Date.now(), lateAfterMs: LATE_AFTER_MS },
		);

	it('is known by the LID alone, without a phone, and answered there (D-04)', async () => {
		await receive(wrote({ jid: LID }, 'Oi'));
		expect(await contacts()).toMatchObject([{ name: 'Ana', phone: null }]);
		expect(await names()).toEqual([`lid ${LID}`]);
		expect(await conversations()).toMatchObject([{ address: LID }]);
	});

	it('is one contact under number and LID, and the reply goes to the one that wrote last (D-04)', async () => {
		await receive(wrote({ jid: PN, alt: LID }, 'Oi'));
		await receive(wrote({ jid: LID }, 'de novo'));
		expect(await contacts()).toMatchObject([{ phone: '+5511987654321' }]);
		expect(await conversations()).toMatchObject([{ address: LID }]);
		await receive(wrote({ jid: PN }, 'e outra vez'));
		expect(await conversations()).toMatchObject([{ address: PN }]);
		expect((await items()).map(({ contact }) => contact!.address)).toEqual([PN, LID, PN]);
	});

	it('takes both ninth-digit forms of a phone JID for one contact (D-06)', async () => {
		await receive(wrote({ jid: PN }, 'Oi'));
		await receive(wrote({ jid: '551187654321@s.whatsapp.net' }, 'de novo'));
		expect(await contacts()).toHaveLength(1);
	});

	it('stores a message once that comes under the phone and again under the LID (D-36)', async () => {
		const { fates } = await receive(
			wrote({ jid: PN, alt: LID }, 'Oi', { id: '3AX' }),
			wrote({ jid: LID, alt: PN }, 'Oi', { id: '3AX' }),
		);
		expect(fates).toEqual(['stored', 'duplicate']);
		expect((await receive(wrote({ jid: LID }, 'Oi', { id: '3AX' }))).fates).toEqual(['duplicate']);
		expect(await rows()).toHaveLength(1);
	});

	it('joins two contacts when one message shows both names, and tells it (X-07)', async () => {
		await saveContacts(desk, [{ phone: PHONE, name: 'Ana Souza' }]);
		await receive(wrote({ jid: LID, name: 'Aninha' }, 'sem telefone'));
		expect(await contacts()).toHaveLength(2);
		await receive(wrote({ jid: LID, alt: PN, name: 'Aninha' }, 'com os dois'));
		expect(await contacts()).toMatchObject([{ name: 'Ana Souza', phone: '+5511987654321' }]);
		expect(await open()).toMatchObject([{ address: LID }]);
		expect(await told('contactsMerged')).toHaveLength(1);
	});

	it('joins them when WhatsApp tells the pair later, once, and the conversation goes on where it was (X-07)', async () => {
		await saveContacts(desk, [{ phone: PHONE, name: 'Ana Souza' }]);
		await receive(wrote({ jid: LID }, 'sem telefone'));
		await receive(pair(LID, PHONE), pair(LID, PHONE));
		await receive(pair(LID, PHONE));
		expect(await contacts()).toMatchObject([{ name: 'Ana Souza', phone: '+5511987654321' }]);
		expect(await open()).toMatchObject([{ address: LID }]);
		expect(await told('contactsMerged')).toHaveLength(1);
		expect(await told('contactMoved')).toEqual([]);
	});

	it('learns the phone of a LID, and the LID of a phone, from a pair; a pair of strangers says nothing', async () => {
		await receive(wrote({ jid: LID }, 'Oi'));
		await saveContacts(desk, [{ phone: '5511912345678', name: 'Bruno' }]);
		await receive(
			pair(LID, PHONE),
			pair('95550000111122@lid', '5511912345678'),
			pair('96660000111122@lid', '5511955554444'),
		);
		expect((await contacts()).map(({ phone }) => phone)).toEqual(['+5511987654321', '+5511912345678']);
		expect(await names()).toEqual([
			`lid ${LID}`,
			'lid 95550000111122@lid',
			'phone +5511912345678',
			'phone +5511987654321',
			'waId 5511912345678',
			'waId 5511987654321',
		]);
	});

	it('leaves a pair alone that speaks against what is known: a number may have a new owner', async () => {
		await receive(wrote({ jid: LID, alt: PN }, 'Oi'));
		await receive(wrote({ jid: '95550000111122@lid', alt: '5511912345678@s.whatsapp.net', name: 'Bruno' }, 'Oi'));
		await receive(pair(LID, '5511912345678'), pair(LID, '5511955554444'));
		expect(await names()).not.toContain('phone +5511955554444');
		expect((await contacts()).map(({ phone }) => phone)).toEqual(['+5511987654321', '+5511912345678']);
		expect(await told('contactsMerged')).toEqual([]);
	});

	it('never joins two accounts: a number that passed from one LID to another goes with it', async () => {
		await receive(wrote({ jid: LID, alt: PN, name: 'Ana' }, 'meu número'));
		await receive(wrote({ jid: '95550000111122@lid', name: 'Bruno' }, 'sem telefone'));
		await receive(wrote({ jid: '95550000111122@lid', alt: PN, name: 'Bruno' }, 'agora o número é meu'));
		expect((await contacts()).map(({ name, phone }) => ({ name, phone }))).toEqual([
			{ name: 'Ana', phone: null },
			{ name: 'Bruno', phone: '+5511987654321' },
		]);
		await receive(wrote({ jid: LID, name: 'Ana' }, 'ainda eu'));
		expect(await contacts()).toHaveLength(2);
		expect(await told('contactsMerged')).toEqual([]);
	});

	it('finds the conversation of an echo by LID or by phone, and the bot is silent there (D-36, X-06)', async () => {
		await receive(wrote({ jid: LID, alt: PN }, 'Oi'));
		await receive(typed({ jid: PN }, 'Já te ligo'));
		await receive(typed({ jid: LID }, 'Pode ser às 15h?'));
		expect(await contacts()).toMatchObject([{ name: 'Ana' }]);
		const [conversation, ...others] = await open();
		expect(others).toEqual([]);
		expect(conversation!.address).toBe(LID);
		expect((await items()).map(({ origin, text }) => `${origin}: ${text}`)).toEqual([
			'customer: Oi',
			'phone: Já te ligo',
			'phone: Pode ser às 15h?',
		]);
		const { bot_paused_until } = await desk.store.db.selectFrom('conversation').selectAll().executeTakeFirstOrThrow();
		expect(Number(bot_paused_until)).toBeGreaterThan(Date.now());
	});

	it('opens the conversation when the company wrote first, and the answer lands in it (D-09)', async () => {
		await receive(typed({ jid: LID }, 'Seu carro está pronto'));
		await receive(wrote({ jid: PN, alt: LID }, 'Obrigada'));
		expect(await conversations()).toMatchObject([{ address: PN }]);
		expect(await contacts()).toMatchObject([{ name: 'Ana', phone: '+5511987654321' }]);
	});

	it('is late after a minute when WhatsApp kept it while the line was down (D3)', async () => {
		const before = (seconds: number) => Date.now() - seconds * 1_000;
		await receive(
			wrote({ jid: LID }, 'na queda', { upsert: 'append', at: before(90) }),
			wrote({ jid: LID }, 'na fila', { at: before(80) }),
			wrote({ jid: LID }, 'no reinício', { upsert: 'append', at: before(20) }),
		);
		expect((await items()).map(({ text, late }) => [text, late])).toEqual([
			['na queda', true],
			['na fila', false],
			['no reinício', false],
		]);
	});

	it('is found by the address of an item, and messages to it go there', async () => {
		await receive(wrote({ jid: LID, alt: PN }, 'Oi'));
		const [ana] = await contacts();
		expect(await findContact(desk.store.db, LID)).toBe(ana!.id);
		expect(await findContact(desk.store.db, PN)).toBe(ana!.id);
		expect(await findContact(desk.store.db, '95550000111122@lid')).toBeNull();
		await send(LID);
		expect(await contacts()).toHaveLength(1);
		const sent = await desk.store.db.selectFrom('outbox').select(['contact_id', 'address']).execute();
		expect(sent).toEqual([{ contact_id: ana!.id, address: LID }]);
	});

	it('learns the LID of a phone from the report about a message to it (X-07)', async () => {
		await saveContacts(desk, [{ phone: PHONE, name: 'Ana Souza' }]);
		const id = await send(PHONE);
		const report: StatusEvent = {
			...{ type: 'status', providerMessageId: '3EB0AA', status: 'delivered', at: Date.now(), outboxId: id },
			recipient: { address: LID, waId: null, bsuid: null, lid: LID, name: null, username: null },
			...{ error: null, pricing: null, raw: null },
		};
		await receive(report);
		expect(await names()).toContain(`lid ${LID}`);
		await receive(wrote({ jid: LID }, 'Recebi'));
		expect(await contacts()).toMatchObject([{ name: 'Ana Souza' }]);
	});

	it('explains a failure of this channel by its own codes (D-12)', async () => {
		await receive(wrote({ jid: LID }, 'Oi'));
		const id = await send(LID);
		await receive({
			...{
				type: 'status',
				providerMessageId: '3EB0AA',
				status: 'failed',
				at: Date.now(),
				outboxId: id,
				recipient: null,
			},
			...{ error: { code: 463, title: '', details: '' }, pricing: null, raw: null },
		});
		const row = await desk.store.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
		expect([row.status, row.error_code]).toEqual(['refused', '463']);
		expect(row.explanation).toContain('não deixa este número iniciar conversas');
	});
});

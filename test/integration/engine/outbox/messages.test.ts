import {
	cancelOutbound,
	listMessages,
	readMessage,
	readStory,
	resendOutbound,
	sendMessages,
	storeAttachment,
	type MessageFilter,
	type SendRequest,
} from '../../../../engine';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';

const ANA = '5511987654321';
const BRUNO = '5521976543210';
const DAY = 24 * 3_600_000;

describe.each(STORES)('messages to be sent, on $name', ({ create }) => {
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

	const writes = async (waId: string) => {
		await rig.simulator.admin.say(waId, 'Oi');
		await eventually(() =>
			rig.desk.store.db.selectFrom('inbound').select('id').where('address', '=', waId).executeTakeFirst(),
		);
	};
	const request = (phone: string, text: string, more: Partial<SendRequest> = {}): SendRequest => ({
		channelId: rig.channelId,
		recipient: { type: 'phone', phone: `+${phone}` },
		content: { type: 'text', text },
		origin: 'bot',
		...more,
	});
	const send = async (phone: string, text: string, more: Partial<SendRequest> = {}, waitMs = 10_000) =>
		(await sendMessages(rig.desk, [request(phone, text, more)], waitMs))[0]!.id!;
	const later = () => ({ notBefore: clock.now() + DAY });
	const refusedOne = (text = 'Oferta') => send(BRUNO, text);
	const texts = async (filter: Partial<MessageFilter> = {}) =>
		(await listMessages(rig.desk, { limit: 50, ...filter })).map(({ text }) => text);
	const resend = (id: string, more = {}) =>
		resendOutbound(rig.desk, id, { evenIfSent: false, by: 'pelo fluxo "Falhas"', waitMs: 10_000, ...more });

	it('are told with contact, delivery, cost and every step (V-12, V-18)', async () => {
		await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
		await writes(ANA);
		const id = await send(ANA, 'Seu pedido saiu', { label: 'pedidos', kind: 'notification' });
		await eventually(async () => (await readMessage(rig.desk, id)).delivery === 'read');
		const message = await readMessage(rig.desk, id);
		expect(message).toMatchObject({
			...{ id, status: 'sent', code: null, reason: null, type: 'text', text: 'Seu pedido saiu' },
			...{ label: 'pedidos', kind: 'notification', attempts: 1, origin: 'bot' },
			contact: { name: 'Ana', phone: `+${ANA}`, address: ANA },
			cost: { category: 'service' },
		});
		expect(message.history.map(({ event }) => event)).toEqual(['enqueued', 'accepted', 'read']);
		expect(await readMessage(rig.desk, message.providerMessageId!)).toEqual(message);
		await expect(readMessage(rig.desk, 'out_none')).rejects.toThrow(
			'There is no message to send with the ID "out_none".',
		);
	});

	it('say why they did not go out', async () => {
		const id = await refusedOne();
		const message = await readMessage(rig.desk, id);
		expect(message).toMatchObject({ status: 'refused', code: 'serviceWindowClosed' });
		expect(message.history.at(-1)).toMatchObject({ event: 'messageRefused', text: message.reason, code: message.code });
		expect((await readStory(rig.desk, { type: 'contact', id: `+${BRUNO}` }, 50)).map(({ text }) => text)).toEqual([
			message.reason,
		]);
	});

	it('are listed by what is asked, the newest first', async () => {
		await writes(ANA);
		await send(ANA, 'primeira', { label: 'natal' });
		const second = await send(ANA, 'segunda');
		const first = (await listMessages(rig.desk, { limit: 2 }))[1]!.id;
		await refusedOne('terceira');
		await send(BRUNO, 'quarta', { ...later(), label: 'natal' }, 0);
		for (const id of [first, second])
			await eventually(async () => (await readMessage(rig.desk, id)).delivery === 'read');

		expect(await texts()).toEqual(['quarta', 'terceira', 'segunda', 'primeira']);
		expect(await texts({ limit: 1 })).toEqual(['quarta']);
		expect(await texts({ statuses: ['postponed'] })).toEqual(['quarta']);
		expect(await texts({ statuses: ['queued', 'unknown', 'held'] })).toEqual([]);
		expect(await texts({ statuses: ['sent', 'refused'] })).toEqual(['terceira', 'segunda', 'primeira']);
		expect(await texts({ deliveries: ['read'] })).toEqual(['segunda', 'primeira']);
		expect(await texts({ onlyFailures: true })).toEqual(['terceira']);
		expect(await texts({ label: 'natal' })).toEqual(['quarta', 'primeira']);
		expect(await texts({ contact: '(21) 97654-3210' })).toEqual(['quarta', 'terceira']);
		expect(await texts({ contact: '+55 11 3000-0000' })).toEqual([]);
		expect(await texts({ channelId: 'cloudApi:other' })).toEqual([]);
		const conversation = await rig.desk.store.db.selectFrom('conversation').selectAll().executeTakeFirstOrThrow();
		expect(await texts({ conversation: conversation.protocol_number.toLowerCase() })).toEqual(['segunda', 'primeira']);
		expect(await texts({ conversation: conversation.id, contact: `+${BRUNO}` })).toEqual([]);
		const now = clock.now();
		expect(await texts({ since: now + 1 })).toEqual([]);
		expect(await texts({ until: now + 1, since: now - DAY, contact: `+${ANA}` })).toEqual(['segunda', 'primeira']);
	});

	it('can be taken back until they leave, and say when it is too late', async () => {
		await writes(ANA);
		const id = await send(ANA, 'Lembrete', later(), 0);
		const { cancelled, message } = await cancelOutbound(rig.desk, id, 'Boleto pago.');
		expect([cancelled, message.status, message.code, message.reason]).toEqual([
			...[true, 'refused', 'cancelled', 'Boleto pago.'],
		]);
		expect((await readMessage(rig.desk, id)).history.at(-1)).toMatchObject({
			event: 'messageCancelled',
			text: 'Boleto pago.',
		});
		expect(await cancelOutbound(rig.desk, id, 'De novo.')).toMatchObject({
			cancelled: false,
			explanation: 'A mensagem já estava cancelada.',
		});
		const sent = await send(ANA, 'Já foi');
		expect(await cancelOutbound(rig.desk, sent, 'Tarde.')).toMatchObject({
			cancelled: false,
			explanation: 'Tarde demais: a mensagem já foi enviada.',
			message: { status: 'sent' },
		});
		expect(await cancelOutbound(rig.desk, await refusedOne(), 'Tarde.')).toMatchObject({
			cancelled: false,
			explanation: expect.stringMatching(/^A mensagem já não ia sair: /),
		});
	});

	it('are not called unsent when an earlier attempt may have arrived', async () => {
		await writes(ANA);
		const [cancelled, refused] = [await send(ANA, 'Lembrete', later(), 0), await send(BRUNO, 'Oferta', later(), 0)];
		await rig.desk.store.db.updateTable('outbox').set({ unconfirmed: 1 }).execute();
		const doubt = 'Uma tentativa anterior ficou sem confirmação e pode ter chegado.';
		const reasonOf = async (id: string) => (await readMessage(rig.desk, id)).reason;
		await cancelOutbound(rig.desk, cancelled, 'Boleto pago.');
		expect(await reasonOf(cancelled)).toBe(`Boleto pago. ${doubt}`);
		clock.advance(2 * DAY);
		expect(await eventually(() => reasonOf(refused))).toBe(
			`Não enviada de novo: este contato ainda não escreveu para este número; a API oficial só aceita um modelo aprovado. ${doubt}`,
		);
	});

	describe('sent once more', () => {
		it('become a new message with a story that links both', async () => {
			const first = await refusedOne('Oferta');
			await writes(BRUNO);
			const { resent, message } = await resend(first);
			expect(resent).toEqual({ type: 'enqueued', id: message.id });
			expect(message).toMatchObject({ status: 'sent', text: 'Oferta' });
			expect(message.id).not.toBe(first);
			const line = 'Mensagem enviada de novo, como uma nova mensagem, pelo fluxo "Falhas".';
			expect((await readMessage(rig.desk, first)).history.map(({ text }) => text)).toContain(line);
			expect((await readMessage(rig.desk, message.id)).history.map(({ text }) => text)).toContain(line);
			expect((await rig.simulator.admin.messages(BRUNO, { from: 'business' })).map(({ text }) => text)).toEqual([
				'Oferta',
			]);
		});

		it('are refused while the first is open, when it was sent, and when it was sent again before', async () => {
			await writes(ANA);
			const planned = await send(ANA, 'Amanhã', later(), 0);
			expect((await resend(planned)).resent).toMatchObject({ type: 'refused', code: 'stillOpen', id: planned });
			const sent = await send(ANA, 'Foi');
			expect((await resend(sent)).resent).toMatchObject({ type: 'refused', code: 'alreadySent', id: sent });
			expect((await resend(sent, { evenIfSent: true })).message).toMatchObject({ status: 'sent' });

			const refused = await refusedOne();
			await writes(BRUNO);
			const { message } = await resend(refused);
			expect((await resend(refused)).resent).toMatchObject({ type: 'refused', code: 'alreadyResent', id: message.id });
			await eventually(async () => (await readMessage(rig.desk, message.id)).delivery === 'read');
			expect((await resend(refused)).resent).toMatchObject({ code: 'alreadyResent' });
		});

		it('may be tried again when the new one failed too', async () => {
			const first = await refusedOne();
			const second = await resend(first);
			expect(second.message).toMatchObject({ status: 'refused', code: 'serviceWindowClosed' });
			const third = await resend(first);
			expect(third.resent.type).toBe('enqueued');
			expect(third.message.id).not.toBe(second.message.id);
		});

		it('are one new message when two ask at the same moment', async () => {
			const first = await refusedOne();
			await writes(BRUNO);
			const answers = await Promise.all([resend(first), resend(first), resend(first)]);
			expect(answers.map(({ resent }) => resent.type).sort()).toEqual(['enqueued', 'refused', 'refused']);
			expect(new Set(answers.map(({ message }) => message.id)).size).toBe(1);
		});

		it('need their file', async () => {
			const file = { bytes: Buffer.from('%PDF-1.4'), mimeType: 'application/pdf', fileName: 'boleto.pdf' };
			const blobId = await storeAttachment(rig.desk, file);
			const content = { type: 'media', mediaType: 'document', source: { blobId }, fileName: 'boleto.pdf' } as const;
			const id = await send(BRUNO, '', { content });
			expect((await readMessage(rig.desk, id)).text).toBe('[documento: boleto.pdf]');
			await rig.desk.store.db.deleteFrom('blob').execute();
			expect((await resend(id)).resent).toMatchObject({ type: 'refused', code: 'fileGone' });
		});
	});

	it('tell the story of a conversation and of a contact, the last lines when there are many', async () => {
		await writes(ANA);
		const { id, contact_id, protocol_number } = await rig.desk.store.db
			.selectFrom('conversation')
			.selectAll()
			.executeTakeFirstOrThrow();
		const at = clock.now();
		await rig.desk.tell(
			[1, 2, 3].map((n) => ({
				event: 'note',
				text: `Linha ${n}`,
				at: at + n,
				contactId: contact_id,
				conversationId: id,
			})),
		);
		await rig.desk.tell([{ event: 'note', text: 'Fora da conversa', at: at + 4, contactId: contact_id }]);
		const story = async (type: 'conversation' | 'contact', of: string, limit: number) =>
			(await readStory(rig.desk, { type, id: of }, limit)).map(({ text }) => text);
		expect(await story('conversation', protocol_number, 2)).toEqual(['Linha 2', 'Linha 3']);
		expect(await story('contact', contact_id, 3)).toEqual(['Linha 2', 'Linha 3', 'Fora da conversa']);
		await expect(story('contact', 'cnt_none', 1)).rejects.toThrow('There is no contact "cnt_none".');
		await expect(story('conversation', 'none', 1)).rejects.toThrow('There is no conversation "none".');
	});
});

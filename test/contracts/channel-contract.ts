// What every channel has to do, whichever WhatsApp it talks to (D8, X-01). Each channel's own test file calls it.
import type { MediaReader } from '../../engine/channel/port';
import { newId } from '../../engine/ids';
import type { OutboundContent, SendResult } from '../../engine/model';
import type { TemplateContent } from '../../engine/model-template';
import { ANA, Stage, type PlayedChannel } from './played-channel';

/** Nobody is there. */
const STRANGER = '5511900000009';
/** Shows no phone. */
const HIDDEN = '5541955554444';

const PDF = { bytes: Buffer.from('%PDF-1.7 segunda via'), mimeType: 'application/pdf', fileName: 'boleto.pdf' };
const OPUS = {
	bytes: Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead'), Buffer.alloc(9)]),
	mimeType: 'audio/ogg',
	fileName: null,
};
const SHELF: Record<string, typeof PDF | typeof OPUS> = { pdf: PDF, opus: OPUS };
const shelf: MediaReader = { read: async ({ blobId }) => SHELF[blobId] ?? null };
const pdf = { type: 'media' as const, mediaType: 'document' as const, source: { blobId: 'pdf' } };

const TEMPLATE: TemplateContent = {
	...{ type: 'template', name: 'lembrete', language: 'pt_BR', category: 'utility', parameterFormat: 'positional' },
	...{ header: null, body: [{ name: '1', text: 'Ana' }], buttons: [], options: [] },
	text: 'Olá, Ana. Sua fatura vence amanhã.',
};

/** What a channel may be unable to do; each skip says why in words. */
export type OptionalRule = 'checksNumbers' | 'sameIdOnce';

export function channelContract(
	open: () => Promise<PlayedChannel>,
	skips: Partial<Record<OptionalRule, string>> = {},
): void {
	let stage: Stage;
	const channel = () => stage.played.channel;
	const send = (
		content: OutboundContent,
		change: { address?: string; quoted?: string; id?: string; attempt?: number } = {},
	) => {
		const { address = ANA, quoted, id = newId('out', Date.now()), attempt = 0 } = change;
		const quote = quoted === undefined ? {} : { quotedProviderMessageId: quoted };
		return channel().send({ id, address, content, attempt, ...quote }, shelf);
	};
	const sent = async (content: OutboundContent, change: Parameters<typeof send>[1] = {}) => {
		const result = await send(content, change);
		if (result.type !== 'sent') throw new Error(`Not sent: ${JSON.stringify(result)}`);
		return result;
	};
	const optional = (rule: OptionalRule, title: string, run: () => Promise<void>) => {
		const why = skips[rule];
		if (why === undefined) it(title, run);
		else it(`does not apply: ${title} (${why})`, () => expect(why).toMatch(/\S+ \S+ \S+/));
	};

	beforeAll(async () => {
		stage = new Stage(await open());
		const { admin } = stage.played;
		await admin.addContact({ waId: ANA, name: 'Ana Souza' });
		await admin.addContact({ waId: STRANGER, name: 'Ninguém', onWhatsApp: false });
		await stage.says('Bom dia');
	});
	afterAll(() => stage.played.close());

	describe('what it is', () => {
		it('carries its kind in its id and says no more than it can do', () => {
			const { id, kind, capabilities, templates } = channel();
			expect(id.startsWith(`${kind}:`)).toBe(true);
			expect(templates !== undefined).toBe(capabilities.templates);
			expect(capabilities.groups).toBe(false);
		});

		it('is healthy while it is open, with its own number', async () => {
			expect(await channel().status()).toMatchObject({ ok: true, phone: expect.stringMatching(/^\+\d/), problems: [] });
		});
	});

	describe('what goes out', () => {
		it.each([['Olá, *Ana*! 👋🏽\n\n— Oficina'], ['👍'], ['x'.repeat(4_096)]])(
			'a text arrives as it is: %#',
			async (text) => {
				const { providerMessageId } = await sent({ type: 'text', text });
				expect((await stage.arrives(providerMessageId)).text).toBe(text);
			},
		);

		it('is reported as delivered and read, under the id of the answer (D-32)', async () => {
			const { providerMessageId: id } = await sent({ type: 'text', text: 'Chegou?' });
			for (const status of ['delivered', 'read']) {
				const event = await stage.hears('status', (e) => e.providerMessageId === id && e.status === status);
				expect(event.error).toBeNull();
				expect(event.at).toBeLessThanOrEqual(Date.now() + 1_000);
			}
		});

		it('is never heard again as somebody’s words (D-07)', async () => {
			const { providerMessageId } = await sent({ type: 'text', text: 'Eu, o bot' });
			await stage.hears('status', (e) => e.providerMessageId === providerMessageId && e.status === 'read');
			const heard = stage.played.events.filter(({ type }) => type === 'echo' || type === 'message');
			expect(heard.some((event) => 'providerMessageId' in event && event.providerMessageId === providerMessageId)).toBe(
				false,
			);
		});

		it('a menu shows every option, and a hint says when it could not be tapped (C-18, D-18)', async () => {
			const titles = ['Comercial', 'Suporte', 'Financeiro'];
			const { providerMessageId, hint } = await sent({
				...{ type: 'menu', body: 'Escolha', style: 'auto' },
				plainText: `Escolha\n${titles.map((title, i) => `${i + 1} - ${title}`).join('\n')}`,
				options: titles.map((title) => ({ id: title, title })),
			});
			const { options, text } = await stage.arrives(providerMessageId);
			const isTappable = options.length > 0;
			expect(isTappable).toBe(channel().capabilities.buttons);
			expect(hint === undefined).toBe(isTappable);
			for (const title of titles) expect(isTappable ? options.map((o) => o.title).join() : text).toContain(title);
		});

		it('a stored file arrives byte by byte, with name and caption', async () => {
			const { providerMessageId } = await sent({ ...pdf, caption: 'Segunda via' });
			const message = await stage.arrives(providerMessageId);
			expect(message).toMatchObject({ type: 'document', text: 'Segunda via', content: { filename: 'boleto.pdf' } });
			expect((await stage.fileOf(message)).equals(PDF.bytes)).toBe(true);
		});

		it('a voice message is one', async () => {
			const voice = { type: 'media' as const, mediaType: 'audio' as const, source: { blobId: 'opus' }, voice: true };
			const { providerMessageId } = await sent(voice);
			expect(await stage.arrives(providerMessageId)).toMatchObject({ type: 'audio', content: { voice: true } });
		});

		it('a place and a contact card arrive', async () => {
			const place = await sent({ type: 'location', latitude: -23.55, longitude: -46.63, name: 'Oficina' });
			expect((await stage.arrives(place.providerMessageId)).content).toMatchObject({
				latitude: -23.55,
				name: 'Oficina',
			});
			const card = { name: 'Bruno Lima', phones: [{ phone: '+55 11 91234-5678' }] };
			const { providerMessageId } = await sent({ type: 'contacts', contacts: [card] });
			expect(JSON.stringify((await stage.arrives(providerMessageId)).content)).toContain('Bruno Lima');
		});

		it('an answer quotes what it answers, a reaction names it', async () => {
			const { providerMessageId: said } = await stage.says('Qual o valor?');
			const answer = await sent({ type: 'text', text: 'R$ 100' }, { quoted: said });
			expect((await stage.arrives(answer.providerMessageId)).contextId).toBe(said);
			const reaction = await sent({ type: 'reaction', messageId: said, emoji: '👍' });
			expect((await stage.arrives(reaction.providerMessageId)).content).toMatchObject({
				message_id: said,
				emoji: '👍',
			});
		});

		it('a template arrives as what it says, approved or not known at all', async () => {
			const { providerMessageId } = await sent(TEMPLATE);
			expect((await stage.arrives(providerMessageId)).text).toContain('Olá, Ana. Sua fatura vence amanhã.');
		});

		it.each<[string, OutboundContent]>([
			['a text without words', { type: 'text', text: ' \n' }],
			['a text without end', { type: 'text', text: 'x'.repeat(70_000) }],
			['a menu without text', { type: 'menu', body: '', plainText: '', options: [], style: 'text' }],
			['a file that is gone', { ...pdf, source: { blobId: 'gone' } }],
			['a file that is something else', { ...pdf, mediaType: 'image' }],
			['a sticker with a caption', { ...pdf, mediaType: 'sticker', caption: 'x' }],
			['a link that is none', { ...pdf, source: { link: 'boleto.pdf' } }],
			['a place that is nowhere', { type: 'location', latitude: 91, longitude: 0 }],
			['no card', { type: 'contacts', contacts: [] }],
			['a reaction to nothing', { type: 'reaction', messageId: '', emoji: '👍' }],
		])('%s is refused for good, in Portuguese, and nothing arrives (D-19)', async (_, content) => {
			const before = (await stage.shown()).length;
			const result = await send(content);
			expect(result).toMatchObject({ type: 'refused', retry: { kind: 'never' } });
			expect((result as Extract<SendResult, { type: 'refused' }>).explanation).toMatch(/^\p{Lu}.{20,}\.$/su);
			expect((await stage.shown()).length).toBe(before);
		});

		it('what is no address is refused', async () => {
			const result = await send({ type: 'text', text: 'Oi' }, { address: 'ana' });
			expect(result).toMatchObject({ type: 'refused', error: { code: 'badAddress' }, retry: { kind: 'never' } });
		});

		it('to a number that is not on WhatsApp is refused, or fails later; it never counts as delivered (V-10)', async () => {
			const result = await send({ type: 'text', text: 'Tem alguém?' }, { address: STRANGER });
			if (result.type === 'refused') expect(result.explanation).toContain('WhatsApp');
			else {
				const { providerMessageId: id } = result as Extract<SendResult, { type: 'sent' }>;
				const failure = await stage.hears('status', (e) => e.providerMessageId === id && e.status === 'failed');
				expect(failure.error).not.toBeNull();
				expect(
					stage.played.events.some(
						(e) => e.type === 'status' && e.providerMessageId === id && e.status === 'delivered',
					),
				).toBe(false);
			}
		});

		optional('sameIdOnce', 'the same message tried again is shown once (D4)', async () => {
			const id = newId('out', Date.now());
			const first = await sent({ type: 'text', text: 'Uma vez só' }, { id });
			await stage.arrives(first.providerMessageId);
			const second = await sent({ type: 'text', text: 'Uma vez só' }, { id, attempt: 1 });
			expect(second.providerMessageId).toBe(first.providerMessageId);
			expect((await stage.shown()).filter(({ text }) => text === 'Uma vez só')).toHaveLength(1);
		});
	});

	describe('what comes in', () => {
		it('names the person, the moment and an address that can be answered (D-04, D-05)', async () => {
			const before = Date.now();
			const { sender, sentAt, content, offline } = await stage.says('2️⃣ Suporte, por favor');
			expect(content).toMatchObject({ type: 'text', text: '2️⃣ Suporte, por favor', reply: null, media: null });
			expect(sender).toMatchObject({ waId: ANA, name: 'Ana Souza' });
			expect(Math.abs(sentAt - before)).toBeLessThan(5_000);
			expect(offline).toBeUndefined();
			const { providerMessageId } = await sent({ type: 'text', text: 'Um momento' }, { address: sender.address });
			expect((await stage.arrives(providerMessageId)).text).toBe('Um momento');
		});

		it('has no phone when the person hides it, and is answered all the same (D-04)', async () => {
			await stage.played.admin.addContact({ waId: HIDDEN, name: 'Sigilosa', hidePhone: true });
			const { sender } = await stage.says('Oi', HIDDEN);
			expect(sender.waId).toBeNull();
			const { providerMessageId } = await sent({ type: 'text', text: 'Olá' }, { address: sender.address });
			expect((await stage.arrives(providerMessageId, HIDDEN)).text).toBe('Olá');
		});

		it('a file can be fetched byte by byte, with its name and caption', async () => {
			const { content } = await stage.says({
				...{ type: 'media', media: 'document', mimeType: 'application/pdf', base64: PDF.bytes.toString('base64') },
				...{ fileName: 'nota.pdf', caption: 'Segue' },
			});
			const { media, text } = content;
			expect(text).toBe('Segue');
			expect(media).toMatchObject({ type: 'document', mimeType: 'application/pdf', fileName: 'nota.pdf' });
			const fetched = await channel().fetchMedia!(media!.providerMediaId!);
			expect(fetched.type === 'ok' && fetched.bytes.equals(PDF.bytes)).toBe(true);
		});

		it('a file that never was is not fetched, without an exception', async () => {
			const fetched = await channel().fetchMedia!('999000999000');
			expect(['gone', 'failed']).toContain(fetched.type);
		});

		it('a place, a card, a reaction and a quote read alike on every channel (X-01)', async () => {
			const place = await stage.says({ type: 'location', latitude: -23.55, longitude: -46.63, name: 'Sé' });
			expect(place.content).toMatchObject({
				type: 'location',
				location: { latitude: -23.55, longitude: -46.63, name: 'Sé' },
			});
			const cards = [{ name: { formatted_name: 'Rui' }, phones: [{ phone: '+5511955550000' }] }];
			const card = await stage.says({ type: 'contacts', contacts: cards });
			expect(card.content).toMatchObject({ type: 'contacts', contacts: cards });
			const { providerMessageId } = await sent({ type: 'text', text: 'Posso ajudar?' });
			const reaction = await stage.says({ type: 'reaction', messageId: providerMessageId, emoji: '❤️' });
			expect(reaction.content).toMatchObject({
				type: 'reaction',
				reaction: { messageId: providerMessageId, emoji: '❤️' },
			});
			const quote = await stage.says({ type: 'text', text: 'Pode', replyTo: providerMessageId });
			expect(quote.quotedMessageId).toBe(providerMessageId);
		});

		it('what a human types on the company’s phone is an echo to that person (X-06)', async () => {
			const { sender } = await stage.says('Tem horário hoje?');
			const id = await stage.played.typesOnPhone(ANA, 'Tem às 15h');
			const echo = await stage.hears('echo', (event) => event.providerMessageId === id);
			expect(echo.content).toMatchObject({ type: 'text', text: 'Tem às 15h' });
			const names = [echo.recipient.waId, echo.recipient.lid, echo.recipient.address];
			expect(names.some((name) => name !== null && [sender.waId, sender.lid].includes(name))).toBe(true);
		});

		it('is marked as read when it is asked for', async () => {
			const { admin, phoneNumberId } = stage.played;
			const { providerMessageId } = await stage.says('Você leu?');
			expect(await channel().markRead(providerMessageId, true)).toEqual({ type: 'ok' });
			const [message] = (await admin.messages(ANA, { from: 'contact', phoneNumberId })).filter(
				(m) => m.id === providerMessageId,
			);
			expect(message!.statuses.read).toBeDefined();
		});

		optional('checksNumbers', 'knows who is on WhatsApp and who is not (V-10)', async () => {
			expect(await channel().checkNumber!(ANA)).toMatchObject({ type: 'onWhatsApp' });
			expect(await channel().checkNumber!(STRANGER)).toMatchObject({ type: 'notOnWhatsApp' });
		});
	});

	describe('when nobody answers', () => {
		it('says so without an exception: nothing was sent, nothing is healthy, nothing is fetched', async () => {
			const { content } = await stage.says({ type: 'media', media: 'image' });
			const alone = await stage.played.unreachable();
			const message = { id: newId('out', Date.now()), address: ANA, content: { type: 'text' as const, text: 'Alô?' } };
			expect(await alone.send(message, shelf)).toMatchObject({ type: 'notSent', reason: expect.any(String) });
			expect((await alone.status()).ok).toBe(false);
			expect((await alone.status()).problems[0]).toMatchObject({ what: expect.any(String), fix: expect.any(String) });
			expect((await alone.fetchMedia!(content.media!.providerMediaId!)).type).toBe('failed');
			expect((await alone.markRead('x', false)).type).not.toBe('sent');
		});
	});
}

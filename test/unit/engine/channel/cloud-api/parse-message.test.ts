import { parseWebhook } from '../../../../../engine/channel/cloud-api/parse';
import { echoOf, fixture, identityOf, messageOf, NUMBER_ID, RECEIVED_AT } from './fixture';

describe('who wrote', () => {
	it('names phone, business-scoped id, name and the number that received it', () => {
		const body = fixture('text');
		const { events } = parseWebhook(body, RECEIVED_AT);
		const raw = body.entry[0].changes[0].value.messages[0];
		expect(events).toEqual([
			{
				channelPhoneNumberId: NUMBER_ID,
				event: {
					type: 'message',
					providerMessageId: 'wamid.TEXTO',
					sender: {
						address: '5511988887777',
						waId: '5511988887777',
						bsuid: 'BR.1000000000000001',
						name: 'Ana Souza',
						username: null,
					},
					sentAt: 1790000000000,
					content: { type: 'text', text: 'Olá 👋, preciso de ajuda', reply: null, media: null },
					quotedMessageId: null,
					raw,
				},
			},
		]);
	});

	it('points raw into the body instead of copying it', () => {
		const body = fixture('text');
		const { events } = parseWebhook(body, RECEIVED_AT);
		expect(events[0]!.event.raw).toBe(body.entry[0].changes[0].value.messages[0]);
	});

	it('answers a hidden phone at its business-scoped id (D-05)', () => {
		expect(messageOf('text-username-only').sender).toEqual({
			address: 'BR.1000000000000001',
			waId: null,
			bsuid: 'BR.1000000000000001',
			name: 'Ana Souza',
			username: 'ana.souza',
		});
	});

	it('learns the other id from the contacts list (D-05)', () => {
		const body = fixture('text');
		delete body.entry[0].changes[0].value.messages[0].from;
		const [{ event }] = parseWebhook(body, RECEIVED_AT).events as [any];
		expect(event.sender.waId).toBe('5511988887777');
		expect(event.sender.address).toBe('5511988887777');
	});

	it('gives each sender of one body its own name', () => {
		const body = fixture('text');
		const value = body.entry[0].changes[0].value;
		value.contacts.push({ profile: { name: 'Bruno Lima' }, wa_id: '5511977776666' });
		value.messages.push({ ...value.messages[0], id: 'wamid.B', from: '5511977776666', from_user_id: undefined });
		const names = parseWebhook(body, RECEIVED_AT).events.map(({ event }: any) => event.sender.name);
		expect(names).toEqual(['Ana Souza', 'Bruno Lima']);
	});

	it('rejects a message nobody can be answered for', () => {
		const body = fixture('text');
		const value = body.entry[0].changes[0].value;
		delete value.contacts;
		delete value.messages[0].from;
		delete value.messages[0].from_user_id;
		expect(parseWebhook(body, RECEIVED_AT).rejected).toEqual([
			{
				path: 'entry.0.changes.0.value.messages.0',
				reason: 'no sender: neither from, from_user_id nor a single contact',
			},
		]);
	});
});

describe('what was written (D-31)', () => {
	it('keeps the ad a first message came from', () => {
		const { content } = messageOf('text-from-ad');
		expect(content.text).toBe('Vi o anúncio');
		expect(content.referral).toMatchObject({ source_type: 'ad', ctwa_clid: 'ARclick123' });
	});

	it('names the quoted message', () => {
		expect(messageOf('text-quoting').quotedMessageId).toBe('wamid.SAIDA1');
		expect(messageOf('text-forwarded').quotedMessageId).toBeNull();
	});

	it.each([
		['image', 'image', 'Foto da etiqueta', { type: 'image', mimeType: 'image/jpeg', fileName: null }],
		['video', 'video', '', { type: 'video', mimeType: 'video/mp4', fileName: null }],
		['audio-voice', 'audio', '', { type: 'audio', mimeType: 'audio/ogg; codecs=opus', voice: true }],
		[
			'document',
			'document',
			'Segue o boleto',
			{ type: 'document', mimeType: 'application/pdf', fileName: 'boleto.pdf' },
		],
		['sticker', 'sticker', '', { type: 'sticker', mimeType: 'image/webp', animated: false }],
	])('reads the file of %s', (name, type, text, media) => {
		const { content } = messageOf(name);
		expect(content.type).toBe(type);
		expect(content.text).toBe(text);
		expect(content.media).toMatchObject({ ...media, providerMediaId: '700800900', size: null });
		expect(content.media?.sha256).toBe('c2FtcGxlLXNoYTI1Ni1vZi1hLWZpbGUtaW52ZW50ZWQ=');
	});

	it('reads a location', () => {
		expect(messageOf('location').content).toEqual({
			type: 'location',
			text: '',
			reply: null,
			media: null,
			location: { latitude: -23.5505, longitude: -46.6333, name: 'Praça da Sé', address: 'Sé, São Paulo' },
		});
	});

	it('reads contact cards as received', () => {
		const { content } = messageOf('contacts');
		expect(content.type).toBe('contacts');
		expect(content.contacts).toMatchObject([{ name: { formatted_name: 'Bruno Lima' } }]);
	});

	it('reads a reaction and its removal', () => {
		expect(messageOf('reaction').content.reaction).toEqual({ messageId: 'wamid.SAIDA1', emoji: '👍' });
		expect(messageOf('reaction-removed').content.reaction).toEqual({ messageId: 'wamid.SAIDA1', emoji: null });
	});

	it.each([
		['list-reply', { id: 'queue:financeiro', title: 'Financeiro' }],
		['button-reply', { id: 'queue:suporte', title: 'Suporte' }],
		['template-button', { id: 'stop_reminders', title: 'Parar lembretes' }],
	])('reads a tapped option from %s', (name, reply) => {
		const event = messageOf(name);
		expect(event.content).toEqual({ type: 'menuReply', text: reply.title, reply, media: null });
		expect(event.quotedMessageId).toBe('wamid.SAIDA1');
	});

	it('reads an order', () => {
		const { content } = messageOf('order');
		expect(content.type).toBe('order');
		expect(content.text).toBe('Quero este');
		expect(content.order).toMatchObject({ catalog_id: '300' });
	});

	it.each([
		['unsupported', 'poll_creation', ''],
		['unsupported-bare', 'unsupported', ''],
		['unknown-type', 'hologram', ''],
		['flow-reply', 'interactive.nfm_reply', 'Enviado'],
		['edit', 'edit', 'Olá, corrigindo'],
		['revoke', 'revoke', ''],
	])('shows %s as other instead of dropping it', (name, providerType, text) => {
		expect(messageOf(name).content).toEqual({ type: 'other', text, reply: null, media: null, providerType });
	});

	it('says which message was edited or deleted', () => {
		expect(messageOf('edit').quotedMessageId).toBe('wamid.TEXTO');
		expect(messageOf('revoke').quotedMessageId).toBe('wamid.TEXTO');
	});

	it.each([
		['text', { text: { body: 5 } }],
		['text', { text: null }],
		['image', { image: 'x' }],
		['location', { location: { latitude: 'north', longitude: 0 } }],
		['reaction', { reaction: { emoji: '👍' } }],
		['interactive', { interactive: { type: 'list_reply' } }],
		['button', { button: {} }],
		['order', { order: [] }],
		['__proto__', {}],
		['constructor', {}],
	])('shows a %s that is not as documented as other', (type, part) => {
		const body = fixture('text');
		const value = body.entry[0].changes[0].value;
		const { text: _, ...rest } = value.messages[0];
		value.messages[0] = { ...rest, type, ...part };
		const { events, rejected } = parseWebhook(body, RECEIVED_AT);
		const providerType = type === 'interactive' ? 'interactive.list_reply' : type;
		expect(rejected).toEqual([]);
		expect((events[0]!.event as any).content.type).toBe('other');
		expect(providerType.startsWith((events[0]!.event as any).content.providerType)).toBe(true);
	});

	it('takes NUL characters out of texts, which PostgreSQL cannot store', () => {
		const body = fixture('text');
		body.entry[0].changes[0].value.messages[0].text.body = 'O\u0000i';
		expect((parseWebhook(body, RECEIVED_AT).events[0]!.event as any).content.text).toBe('Oi');
	});
});

describe('people who change ids (D-05)', () => {
	it('follows a new business-scoped id though no sender is named', () => {
		expect(identityOf('system-user-id-changed')).toMatchObject({
			providerMessageId: 'wamid.ROTACAO',
			from: { waId: null, bsuid: 'BR.1000000000000001' },
			to: { waId: null, bsuid: 'BR.1000000000000002' },
			at: 1790000002000,
		});
	});

	it('follows a new phone', () => {
		expect(identityOf('system-number-changed')).toMatchObject({
			from: { waId: '5511988887777', bsuid: null },
			to: { waId: '5511966665555', bsuid: 'BR.1000000000000002' },
		});
	});

	it('keeps other system messages as system content', () => {
		expect(messageOf('system-other').content).toMatchObject({ type: 'system', text: 'Ana verified again' });
	});
});

describe('what a person typed on the phone of the company', () => {
	it('is an echo addressed to the contact', () => {
		expect(echoOf('echo-text')).toMatchObject({
			providerMessageId: 'wamid.ECO',
			recipient: { address: '5511988887777', bsuid: 'BR.1000000000000001' },
			sentAt: 1790000005000,
			content: { type: 'text', text: 'Oi, sou a Bia' },
		});
	});

	it('is an echo also when the phone of the contact is hidden (D-05)', () => {
		expect(echoOf('echo-username-only').recipient).toMatchObject({ address: 'BR.1000000000000001', waId: null });
	});
});

describe('groups', () => {
	it('are left alone but counted', () => {
		expect(parseWebhook(fixture('text-group'), RECEIVED_AT)).toEqual({
			events: [],
			rejected: [],
			ignoredGroupMessages: 1,
		});
	});
});

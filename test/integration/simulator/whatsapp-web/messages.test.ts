import { numberIdOf } from '../../../../simulator/whatsapp-web/client';
import type { Simulator } from '../../../../simulator/server';
import type { BaileysClient } from '../../../support/baileys-client';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';
import { ANA, BRUNO, linkedClient } from './support';

const phoneNumberId = numberIdOf(COMPANY_PHONE);
const ANA_JID = `${ANA}@s.whatsapp.net`;
let simulator: Simulator;
let client: BaileysClient;

beforeAll(async () => {
	simulator = await startWhatsAppWeb();
	client = await linkedClient(simulator, COMPANY_PHONE);
});
afterAll(async () => {
	client.end();
	await simulator.close();
});
beforeEach(() => {
	client.messages.length = 0;
	client.updates.length = 0;
});

describe('what customers write', () => {
	it('reaches the device at once, under an opaque id with the phone beside it', async () => {
		const id = await simulator.admin.web.say(COMPANY_PHONE, ANA, 'Bom dia');
		const [message] = await client.waitForMessages(1);
		expect(message).toMatchObject({ message: { conversation: 'Bom dia' }, pushName: 'Ana Souza' });
		expect(message!.key).toMatchObject({ id, fromMe: false, remoteJidAlt: ANA_JID });
		expect(message!.key.remoteJid).toMatch(/^1\d{14}@lid$/);
		expect(client.messages[0]!.type).toBe('notify');
	});

	it('comes from the phone number when the chat is addressed so, with the opaque id beside it', async () => {
		await simulator.admin.web.address(COMPANY_PHONE, BRUNO, 'pn');
		await simulator.admin.web.say(COMPANY_PHONE, BRUNO, 'Oi');
		const [message] = await client.waitForMessages(1);
		expect(message!.key.remoteJid).toBe(`${BRUNO}@s.whatsapp.net`);
		expect(message!.key.remoteJidAlt).toMatch(/@lid$/);
	});

	it('tells no phone of somebody who hides it', async () => {
		await simulator.admin.addContact({ waId: '5541955554444', name: 'Sigilosa', hidePhone: true });
		await simulator.admin.web.say(COMPANY_PHONE, '5541955554444', 'Oi');
		const [message] = await client.waitForMessages(1);
		expect(message!.key.remoteJid).toMatch(/@lid$/);
		expect(message!.key.remoteJidAlt).toBeUndefined();
	});

	it('arrives in order, also from many at once', async () => {
		const texts = Array.from({ length: 30 }, (_, index) => `Mensagem ${index + 1}`);
		const messages = texts.map((text) => ({ type: 'text' as const, text, waId: ANA, phoneNumberId }));
		await simulator.admin.sayMany(messages);
		const received = await client.waitForMessages(30);
		expect(received.map(({ message }) => message!.conversation)).toEqual(texts);
	});

	it('can be a place, a card, an answer to a message, a reaction or anything given as it travels', async () => {
		const say = (what: Parameters<Simulator['admin']['web']['say']>[2]) =>
			simulator.admin.web.say(COMPANY_PHONE, ANA, what);
		const first = await say('Onde fica?');
		await say({ type: 'location', latitude: -23.55, longitude: -46.63, name: 'Praça da Sé' });
		await say({
			type: 'contacts',
			contacts: [{ name: { formatted_name: 'Rui' }, phones: [{ phone: '+5511955550000' }] }],
		});
		await say({ type: 'text', text: 'Aqui', replyTo: first });
		await say({ type: 'reaction', messageId: first, emoji: '👍' });
		await say({
			type: 'raw',
			message: { listResponseMessage: { title: 'Vendas', singleSelectReply: { selectedRowId: 'v' } } },
		});
		const [, place, card, reply, reaction, raw] = await client.waitForMessages(6);
		expect(place!.message!.locationMessage).toMatchObject({ degreesLatitude: -23.55, name: 'Praça da Sé' });
		expect(card!.message!.contactsArrayMessage!.contacts![0]!.vcard).toContain('TEL;type=CELL:+5511955550000');
		expect(reply!.message!.extendedTextMessage).toMatchObject({ text: 'Aqui', contextInfo: { stanzaId: first } });
		expect(reaction!.message!.reactionMessage).toMatchObject({ text: '👍', key: { id: first } });
		expect(raw!.message!.listResponseMessage!.singleSelectReply!.selectedRowId).toBe('v');
	});

	it('counts as read once the device says so', async () => {
		const id = await simulator.admin.web.say(COMPANY_PHONE, ANA, 'Leu?');
		const [message] = await client.waitForMessages(1);
		const shown = async () => (await simulator.admin.messages(ANA, { phoneNumberId })).find((one) => one.id === id)!;
		await eventually(async () => (await shown()).statuses.delivered);
		expect((await shown()).statuses.read).toBeUndefined();
		await client.socket.readMessages([message!.key]);
		await eventually(async () => (await shown()).statuses.read);
	});
});

describe('what the device sends', () => {
	it('reaches the customer, who gets and reads it', async () => {
		const after = (await simulator.admin.messages(ANA, { phoneNumberId })).at(-1)?.seq ?? 0;
		const sent = await client.socket.sendMessage(ANA_JID, { text: 'Olá, Ana' });
		const [shown] = await simulator.admin.waitForReplies(ANA, 1, { after, phoneNumberId });
		expect(shown).toMatchObject({ id: sent!.key.id, text: 'Olá, Ana', from: 'business' });
		await client.waitForStatus(sent!.key.id!, 4);
	});

	it('answers an opaque id as well, again and again, in both directions', async () => {
		await simulator.admin.web.say(COMPANY_PHONE, ANA, 'Tem pão?');
		const [{ key } = { key: {} }] = await client.waitForMessages(1);
		const after = (await simulator.admin.messages(ANA, { phoneNumberId })).at(-1)!.seq;
		for (const text of ['Tem', 'Quantos?']) await client.socket.sendMessage(key.remoteJid!, { text });
		await simulator.admin.waitForReplies(ANA, 2, { after, phoneNumberId });
		await simulator.admin.web.say(COMPANY_PHONE, ANA, 'Dois');
		await client.waitForMessages(4);
		expect(client.messages.at(-1)!.message.message!.conversation).toBe('Dois');
	});

	it('reaches nobody where there is no WhatsApp, though the client believes it was sent', async () => {
		await simulator.admin.addContact({ waId: '5551944443333', onWhatsApp: false });
		expect(await client.socket.onWhatsApp('5551944443333', ANA)).toEqual([{ jid: ANA_JID, exists: true }]);
		await client.socket.sendMessage('5551944443333@s.whatsapp.net', { text: 'Alguém?' });
		expect(await simulator.admin.messages('5551944443333', { phoneNumberId })).toEqual([]);
	});

	it('waits for a phone that is off', async () => {
		await simulator.admin.addContact({ waId: BRUNO, online: false });
		const sent = await client.socket.sendMessage(`${BRUNO}@s.whatsapp.net`, { text: 'Chegou?' });
		await simulator.admin.waitForReplies(BRUNO, 1, { phoneNumberId });
		expect(client.updates).toEqual([]);
		await simulator.admin.addContact({ waId: BRUNO, online: true });
		await client.waitForStatus(sent!.key.id!, 4);
	});

	it('shows the same message once, however often its id is sent', async () => {
		const messageId = '3EB0AAAABBBBCCCCDDDD11';
		const after = (await simulator.admin.messages(ANA, { phoneNumberId })).at(-1)!.seq;
		await client.socket.sendMessage(ANA_JID, { text: 'Uma vez' }, { messageId });
		await client.socket.sendMessage(ANA_JID, { text: 'Uma vez' }, { messageId });
		const copies = async () => (await simulator.admin.messages(ANA, { after, phoneNumberId }))[0]?.copies === 1;
		await eventually(copies);
		expect(await simulator.admin.messages(ANA, { after, phoneNumberId })).toHaveLength(1);
	});

	it('lets the customer choose from a numbered menu by its words', async () => {
		const after = (await simulator.admin.messages(ANA, { phoneNumberId })).at(-1)!.seq;
		await client.socket.sendMessage(ANA_JID, { text: 'Escolha:\n*1* - Vendas\n*2* - Financeiro' });
		await simulator.admin.waitForReplies(ANA, 1, { after, phoneNumberId });
		const id = await simulator.admin.web.say(COMPANY_PHONE, ANA, { type: 'tap', option: 'Financeiro' });
		const chosen = await eventually(() => client.messages.find(({ message }) => message.key.id === id));
		expect(chosen.message.message!.conversation).toBe('2');
	});

	it('shows typing', async () => {
		await client.socket.sendPresenceUpdate('composing', ANA_JID);
		const typing = async () =>
			(await simulator.admin.state(phoneNumberId)).contacts.find(({ waId }) => waId === ANA)?.typing;
		await eventually(typing);
	});
});

describe("the company's own phone", () => {
	it('shows the device what was typed there, as its own message to that customer', async () => {
		const id = await simulator.admin.web.phoneSays(COMPANY_PHONE, ANA, 'Sou eu, a Joana');
		const [message] = await client.waitForMessages(1);
		expect(message).toMatchObject({ key: { id, fromMe: true }, message: { conversation: 'Sou eu, a Joana' } });
		expect(message!.key.remoteJid).toMatch(/@lid$/);
		expect(message!.key.remoteJidAlt).toBe(ANA_JID);
		expect((await simulator.admin.messages(ANA, { phoneNumberId })).at(-1)).toMatchObject({ from: 'phone' });
	});
});

describe('a reset of the simulator', () => {
	it('forgets people and chats, and leaves the devices linked', async () => {
		await simulator.admin.reset();
		expect(await simulator.admin.messages(ANA, { phoneNumberId })).toEqual([]);
		await simulator.admin.web.say(COMPANY_PHONE, ANA, 'De novo aqui');
		const [message] = await client.waitForMessages(1);
		expect(message!.message!.conversation).toBe('De novo aqui');
		await client.socket.sendMessage(message!.key.remoteJid!, { text: 'Bem-vinda de volta' });
		await simulator.admin.waitForReplies(ANA, 1, { phoneNumberId });
	});
});

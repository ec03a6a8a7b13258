import { createQuickReply, openDesk, sendMessages, type Desk, type SendRequest } from '../../../../engine';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';
import { text, webhook } from '../../../support/webhook-body';

const ANA = '5511987654321';
/** 10:00 in São Paulo. */
const TUESDAY_10H = Date.parse('2026-03-10T13:00:00Z');

describe.each(STORES)('sending ready messages on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	let channelId: string;
	let conversation: { id: string; protocol_number: string };

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings, clock: new StandingClock(TUESDAY_10H) });
		await desk.receiveCloudApi(webhook(text({ waId: ANA }, 'Oi')), demoCredentials());
		const row = await desk.store.db.selectFrom('conversation').selectAll().executeTakeFirstOrThrow();
		conversation = row;
		channelId = row.channel_id;
		await createQuickReply(desk, { name: 'Saudação', content: '[Saudação], [Cliente]! Protocolo [Protocolo].' });
		await createQuickReply(desk, { name: 'Aviso', content: '[Saudação]! [Texto]' });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const toAna = (reply: string, values = {}): SendRequest => ({
		channelId,
		recipient: { type: 'conversation', conversationId: conversation.id },
		content: { type: 'quickReply', reply, values },
		origin: 'bot',
	});
	const toPhone = (reply: string, values = {}): SendRequest => ({
		...toAna(reply, values),
		recipient: { type: 'phone', phone: '+55 21 99876-5432', name: 'Bruno' },
	});
	const waiting = async () =>
		(await desk.store.db.selectFrom('outbox').select('content').orderBy('seq').execute()).map(
			(row) => JSON.parse(row.content) as unknown,
		);

	it('fills each in for whoever receives it, in one go, among other messages (B-74)', async () => {
		const plain: SendRequest = { ...toAna(''), content: { type: 'text', text: '[Cliente]' } };
		const outcomes = await sendMessages(
			desk,
			[toAna('saudacao'), plain, toPhone('Aviso', { texto: 'Chegou.' }), toAna('Aviso', { Texto: '{{nome}}' })],
			0,
		);
		expect(outcomes.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued', 'queued']);
		expect(await waiting()).toEqual([
			{ type: 'text', text: `Bom dia, Ana Souza! Protocolo ${conversation.protocol_number}.` },
			{ type: 'text', text: '[Cliente]' },
			{ type: 'text', text: 'Bom dia! Chegou.' },
			{ type: 'text', text: 'Bom dia! {{nome}}' },
		]);
	});

	it('tells the ones that cannot be filled as results and on the timeline, the others go out (X-09)', async () => {
		const outcomes = await sendMessages(desk, [toPhone('Saudação'), toAna('Nenhuma'), toAna('Saudação')], 0);
		expect(outcomes.map(({ status, errorCode }) => [status, errorCode])).toEqual([
			['refused', 'quickReplyVariables'],
			['refused', 'quickReplyMissing'],
			['queued', null],
		]);
		expect(await waiting()).toHaveLength(1);
		const lines = await desk.store.db
			.selectFrom('timeline')
			.selectAll()
			.where('event', '=', 'messageRefused')
			.orderBy('seq')
			.execute();
		expect(lines.map((line) => [line.text, line.contact_id === outcomes[0]!.contactId])).toEqual([
			[
				'Mensagem não enviada: A mensagem pronta "Saudação" precisa de [Protocolo], e aqui não há esse valor. Corrija a mensagem ou informe o valor no envio.',
				true,
			],
			['Mensagem não enviada: A mensagem pronta "Nenhuma" não existe. Confira o nome ou crie a mensagem.', false],
		]);
	});

	it('does nothing at all when not one of them exists', async () => {
		const plain: SendRequest = { ...toAna(''), content: { type: 'text', text: 'Oi' } };
		await expect(sendMessages(desk, [plain, toAna('Nenhuma'), toAna('Nada')], 0)).rejects.toMatchObject({
			name: 'NotFound',
			message: 'There is no quick reply "Nenhuma".',
			hint: 'Quick replies there are: Aviso, Saudação.',
		});
		expect(await waiting()).toEqual([]);
	});

	it('tells a message that its sender knows to be unsendable once, however often it is tried', async () => {
		const unsendable: SendRequest = {
			...toPhone(''),
			content: { type: 'unsendable', code: 'templateMissing', explanation: 'O modelo não existe.' },
			dedupeKey: 'k',
			label: 'Campanha',
		};
		for (const _ of [1, 2]) {
			expect(await sendMessages(desk, [unsendable], 0)).toEqual([
				expect.objectContaining({
					status: 'refused',
					errorCode: 'templateMissing',
					explanation: 'O modelo não existe.',
				}),
			]);
		}
		const lines = await desk.store.db
			.selectFrom('timeline')
			.selectAll()
			.where('event', '=', 'messageRefused')
			.execute();
		expect(lines.map(({ data }) => JSON.parse(data))).toEqual([
			{ code: 'templateMissing', label: 'Campanha', to: { name: 'Bruno', phone: '+55 21 99876-5432' } },
		]);
	});
});

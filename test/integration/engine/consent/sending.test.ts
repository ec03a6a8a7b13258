import { checkNumber, getContact, sendMessages, type SendRequest } from '../../../../engine';
import type { TemplateContent } from '../../../../engine/model-template';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';

const ANA = '5531987654321';
const ANA_BEFORE_NINE = '553187654321';

describe.each(STORES)('what sending tells about a contact, on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;

	beforeEach(async () => {
		store = await create();
		rig = await startRig(store.settings, { listen: false });
		await rig.simulator.admin.addTemplate({
			name: 'oferta',
			category: 'MARKETING',
			components: [{ type: 'BODY', text: 'Oferta da semana' }],
		});
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	const template: TemplateContent = {
		type: 'template',
		name: 'oferta',
		language: 'pt_BR',
		category: 'marketing',
		parameterFormat: 'positional',
		header: null,
		body: [],
		buttons: [],
		text: 'Oferta da semana',
		options: [],
	};
	const send = async (more: Partial<SendRequest> = {}, phone = ANA) => {
		const request: SendRequest = {
			channelId: rig.channelId,
			recipient: { type: 'phone', phone },
			content: template,
			origin: 'bot',
			kind: 'notification',
			...more,
		};
		return (await sendMessages(rig.desk, [request], 10_000))[0]!;
	};
	const row = (id: string | null) =>
		rig.desk.store.db
			.selectFrom('outbox')
			.selectAll()
			.where('id', '=', id ?? '')
			.executeTakeFirstOrThrow();
	const reaches = (id: string | null, ...deliveries: string[]) =>
		eventually(async () => (deliveries.includes((await row(id)).delivery ?? '') ? row(id) : null));
	const told = async (event: string) =>
		(await rig.desk.store.db.selectFrom('timeline').select('text').where('event', '=', event).execute()).map(
			(line) => line.text,
		);
	const heard = async () =>
		(await rig.simulator.admin.messages(ANA, { from: 'business' })).map(({ type, text }) => text ?? type);

	it('tries a number WhatsApp does not know once more without the ninth digit, and remembers what worked (D-06)', async () => {
		await rig.simulator.admin.failSends({ kind: 'failLater', code: 131026 });
		const sent = await send();
		const arrived = await reaches(sent.id, 'delivered', 'read');
		expect(arrived).toMatchObject({ status: 'sent', address: ANA_BEFORE_NINE, attempts: 2, error_code: null });
		expect(await told('messagePostponed')).toEqual([
			'O WhatsApp não reconheceu o número com o nono dígito: nova tentativa sem ele.',
		]);
		expect(await told('messageFailed')).toEqual([]);
		expect((await checkNumber(rig.desk, ANA)).reachability).toMatchObject({ status: 'confirmed', by: 'delivery' });
	});

	it('tries it once only: the second refusal is the last word (D-06, V-10)', async () => {
		await rig.simulator.admin.addContact({ waId: ANA, onWhatsApp: false });
		const sent = await send();
		const failed = await reaches(sent.id, 'failed');
		expect(failed).toMatchObject({ status: 'refused', address: ANA_BEFORE_NINE, attempts: 2, error_code: '131026' });
		const again = await send();
		expect(await reaches(again.id, 'failed')).toMatchObject({ address: ANA, attempts: 1 });
		expect(await told('messagePostponed')).toHaveLength(1);
		const check = await checkNumber(rig.desk, ANA);
		expect(check).toMatchObject({
			reachability: { status: 'notOnWhatsApp', by: 'refusal' },
			explanation: 'O WhatsApp recusou o último envio: o número não tem WhatsApp ativo.',
		});
	});

	it('does the same when the refusal comes at once', async () => {
		await rig.simulator.admin.failSends({ kind: 'error', code: 131026, count: 1 });
		const sent = await send();
		expect(sent.status).toBe('sent');
		expect(await row(sent.id)).toMatchObject({ status: 'sent', address: ANA_BEFORE_NINE, attempts: 2 });
		expect(await told('messagePostponed')).toHaveLength(1);
	});

	it('learns the form Meta rewrote the number to, and writes there (D-06)', async () => {
		await rig.simulator.admin.addContact({ waId: ANA_BEFORE_NINE, name: 'Ana' });
		const first = await send();
		expect(await row(first.id)).toMatchObject({ address: ANA });
		const { addresses } = await eventually(async () => {
			const contact = await getContact(rig.desk, ANA);
			return contact.addresses.some(({ kind }) => kind === 'waId') ? contact : null;
		});
		expect(addresses).toEqual([
			{ kind: 'bsuid', value: expect.stringMatching(/^BR\./) },
			{ kind: 'phone', value: `+${ANA}` },
			{ kind: 'waId', value: ANA_BEFORE_NINE },
		]);
		expect(await row((await send()).id)).toMatchObject({ address: ANA_BEFORE_NINE });
	});

	it('stops the marketing of somebody who stopped it in WhatsApp (131050)', async () => {
		await rig.simulator.admin.failSends({ kind: 'failLater', code: 131050 });
		await reaches((await send()).id, 'failed');
		expect((await getContact(rig.desk, ANA)).consent.marketingStoppedAt).not.toBeNull();
		expect(await told('marketingStopped')).toEqual([
			'O contato não quer mais receber promoções: o WhatsApp recusou uma mensagem de marketing porque o contato as parou (131050).',
		]);
		expect(await send()).toMatchObject({ status: 'refused', errorCode: 'marketingOptedOut' });
		await rig.simulator.admin.failSends({ kind: 'error', code: 131050, count: 1 });
		await send({}, '5521976543210');
		expect((await getContact(rig.desk, '5521976543210')).consent.marketingStoppedAt).not.toBeNull();
	});

	it('follows a stop and a resume made inside WhatsApp', async () => {
		await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
		await rig.simulator.admin.setPreferences(ANA, 'stop');
		await eventually(async () => (await told('marketingStopped')).length === 1);
		expect(await send()).toMatchObject({ status: 'refused', errorCode: 'marketingOptedOut' });
		await rig.simulator.admin.setPreferences(ANA, 'resume');
		await eventually(async () => (await told('marketingResumed')).length === 1);
		expect((await send()).status).toBe('sent');
	});

	it('refuses what the company starts after an opt-out, answers all the same, and takes back in (D-35)', async () => {
		await rig.simulator.admin.say(ANA, 'parar');
		await eventually(async () => (await heard()).length === 1);
		expect(await send()).toMatchObject({ status: 'refused', errorCode: 'optedOut' });
		const answer = { content: { type: 'text', text: 'Sua OS está pronta.' }, kind: 'reply' } as const;
		expect(await send(answer)).toMatchObject({ status: 'sent' });
		await rig.simulator.admin.say(ANA, 'quero receber');
		await eventually(async () => (await heard()).length === 3);
		expect(await send()).toMatchObject({ status: 'sent' });
	});

	it('confirms an opt-out although a human attends the conversation (D-35, D-07)', async () => {
		await rig.simulator.admin.say(ANA, 'oi');
		await eventually(() => rig.desk.store.db.selectFrom('conversation').select('id').executeTakeFirst());
		await rig.desk.store.db.updateTable('conversation').set({ state: 'attending', agent: 'bia' }).execute();
		await rig.simulator.admin.say(ANA, 'parar');
		const texts = await eventually(async () => ((await heard()).length > 0 ? heard() : null));
		expect(texts).toEqual([expect.stringMatching(/^Pronto! Não enviaremos mais mensagens/)]);
	});
});

import { sendMessages, timelineOf, type SendRequest } from '../../../../engine';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { startRig, type DeskRig, type RigOptions } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';
import { changedNumber, status, webhook } from '../../../support/webhook-body';

const ANA = '5511987654321';
const BRUNO = '5521976543210';
const HOUR = 3_600_000;

describe.each(STORES)('the outbox on $name', ({ create }) => {
	let store: TestStore;
	const rigs: DeskRig[] = [];
	let rig: DeskRig;
	let clock: MovingClock;

	const open = async (options: RigOptions = {}) => {
		const opened = await startRig(store.settings, { listen: false, reconcileMs: 400, clock, ...options });
		rigs.push(opened);
		return opened;
	};
	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await open();
	});
	afterEach(async () => {
		for (const each of rigs.splice(0).reverse()) await each.close();
		await store.drop();
	});

	/** Somebody writes, so that the service window is open. */
	const writes = async (waId: string) => {
		const before = (await rig.desk.store.db.selectFrom('inbound').select('id').execute()).length;
		await rig.simulator.admin.say(waId, 'Oi');
		await eventually(
			async () => (await rig.desk.store.db.selectFrom('inbound').select('id').execute()).length > before,
		);
	};
	const toPhone = (phone: string, body: string, more: Partial<SendRequest> = {}): SendRequest => ({
		channelId: rig.channelId,
		recipient: { type: 'phone', phone: `+${phone}` },
		content: { type: 'text', text: body },
		origin: 'bot',
		...more,
	});
	const send = (requests: SendRequest[], waitMs = 10_000) => sendMessages(rig.desk, requests, waitMs);
	const heard = async (waId = ANA) =>
		(await rig.simulator.admin.messages(waId, { from: 'business' })).map((each) => each.text);
	const rows = () => rig.desk.store.db.selectFrom('outbox').selectAll().orderBy('seq').execute();
	const row = async (id: string | null) => (await rows()).find((each) => each.id === id)!;
	const told = async (event: string) =>
		(await rig.desk.store.db.selectFrom('timeline').selectAll().where('event', '=', event).execute()).map((line) => ({
			text: line.text,
			data: JSON.parse(line.data) as Record<string, unknown>,
		}));

	it('sends what was enqueued together in its order, and waits for all of it', async () => {
		await writes(ANA);
		const outcomes = await send(['1', '2', '3', '4'].map((body) => toPhone(ANA, body)));
		expect(outcomes.map(({ status: s, repeated }) => [s, repeated])).toEqual(Array(4).fill(['sent', false]));
		expect(outcomes[0]!.providerMessageId).toMatch(/^wamid\./);
		expect(await heard()).toEqual(['1', '2', '3', '4']);
	});

	describe('keeps a lane in order and sends nothing twice', () => {
		it.each([
			['too many to one contact', { kind: 'error' as const, code: 131056 }],
			['too many of the number', { kind: 'error' as const, code: 130429 }],
			['an outage Meta admits to', { kind: 'error' as const, code: 131016 }],
			['a gateway that gave up (5xx without a Graph error)', { kind: 'httpStatus' as const, status: 502 }],
			['a connection that drops before anything was accepted', { kind: 'reset' as const }],
		])('through %s', async (_name, fault) => {
			await writes(ANA);
			await writes(BRUNO);
			await rig.simulator.admin.failSends({ ...fault, to: ANA, count: 2 });
			const outcomes = send([toPhone(ANA, '1'), toPhone(ANA, '2'), toPhone(BRUNO, 'b'), toPhone(ANA, '3')], 25_000);
			// The waits are minutes in part: time passes more quickly here.
			const ticking = setInterval(() => clock.advance(500), 50);
			try {
				expect((await outcomes).map((each) => each.status)).toEqual(Array(4).fill('sent'));
			} finally {
				clearInterval(ticking);
			}
			expect(await heard()).toEqual(['1', '2', '3']);
			expect(await heard(BRUNO)).toEqual(['b']);
			expect((await rows()).find((each) => each.contact_id)!.attempts).toBe(3);
		});

		it('through an accepted message whose answer never came: the delivery report proves it (D4)', async () => {
			await writes(ANA);
			await rig.simulator.admin.setSettings({ statusDelaysMs: { sent: 100 } });
			await rig.simulator.admin.failSends({ kind: 'slowAnswer', ms: 3_000, to: ANA });
			const [first, second] = await send([toPhone(ANA, '1'), toPhone(ANA, '2')]);
			expect([first!.status, second!.status]).toEqual(['sent', 'sent']);
			expect(await heard()).toEqual(['1', '2']);
			expect((await row(first!.id)).attempts).toBe(1);
		});

		it('through a Meta that cannot be reached for a while', async () => {
			await writes(ANA);
			const { url } = rig.simulator;
			await rig.desk.useCloudApi({ ...rig.credentials, baseUrl: 'http://127.0.0.1:9' });
			const [waiting] = await send([toPhone(ANA, '1'), toPhone(ANA, '2')], 300);
			expect(waiting).toMatchObject({ status: 'queued', errorCode: 'unreachable' });
			expect((await told('messagePostponed'))[0]!.text).toMatch(/^O WhatsApp não pôde ser alcançado/);
			await rig.desk.useCloudApi({ ...rig.credentials, baseUrl: url });
			await rig.simulator.admin.waitForReplies(ANA, 2);
			expect(await heard()).toEqual(['1', '2']);
		});
	});

	it('takes the word of a delivery report that overtakes the answer, and of nothing after it', async () => {
		await writes(ANA);
		await rig.simulator.admin.failSends({ kind: 'slowAnswer', ms: 700, to: ANA });
		const [outcome] = await send([toPhone(ANA, '1')]);
		expect(outcome!.status).toBe('sent');
		await eventually(async () => (await row(outcome!.id)).delivery === 'read');
		await eventually(() => rig.desk.dispatcher.idle);
		expect(await row(outcome!.id)).toMatchObject({ status: 'sent', delivery: 'read', attempts: 1 });
	});

	it('believes a report of failure that overtakes the answer, not the answer', async () => {
		await writes(ANA);
		await rig.simulator.admin.setWebhookFaults({ dropStatuses: ['sent', 'delivered', 'read'] });
		await rig.simulator.admin.failSends({ kind: 'slowAnswer', ms: 500, to: ANA });
		const outcome = send([toPhone(ANA, '1')]);
		const sending = await eventually(async () => (await rows()).find((each) => each.status === 'sending'));
		const failed = status({ id: 'wamid.X', status: 'failed', opaque: sending.id, error: 131026 });
		await rig.desk.receiveCloudApi(webhook(failed), rig.credentials);
		expect((await outcome)[0]).toMatchObject({ status: 'refused', errorCode: '131026' });
		await eventually(() => rig.desk.dispatcher.idle);
		expect(await row(sending.id)).toMatchObject({ status: 'refused', delivery: 'failed', error_code: '131026' });
	});

	it('sends again what stayed without proof, only then and only once (D4)', async () => {
		await writes(ANA);
		await rig.simulator.admin.setWebhookFaults({ dropStatuses: ['sent', 'delivered', 'read'] });
		// A process died while it was sending: nothing ever reached Meta.
		const [queued] = await send([toPhone(ANA, '1')], 0);
		await eventually(async () => (await row(queued!.id)).status === 'sent');
		await rig.desk.store.db
			.updateTable('outbox')
			.set({ status: 'sending', claimed_by: 'elsewhere/1/gone', claimed_at: clock.now(), delivery: null })
			.execute();
		const [later] = await send([toPhone(ANA, '2')], 0);
		await eventually(async () => (await rows()).length === 2);
		expect((await row(later!.id)).status).toBe('queued');
		// Another machine's silence is believed after three minutes, then proof has its time.
		clock.advance(181_000);
		await eventually(async () => (await told('messageUnconfirmed')).length === 1);
		await eventually(async () => (await row(later!.id)).status === 'sent');
		expect(await heard()).toEqual(['1', '1', '2']);
		expect(await row(queued!.id)).toMatchObject({ status: 'sent', attempts: 2 });
	});

	it('gives up a message without proof after eight attempts, and its lane goes on', async () => {
		await writes(ANA);
		await rig.simulator.admin.setWebhookFaults({ dropStatuses: ['sent', 'delivered', 'read'] });
		const [first] = await send([toPhone(ANA, '1')]);
		await rig.desk.store.db.updateTable('outbox').set({ status: 'unknown', attempts: 8, delivery: null }).execute();
		const [second] = await send([toPhone(ANA, '2')]);
		expect(second!.status).toBe('sent');
		expect(await row(first!.id)).toMatchObject({ status: 'refused', error_code: 'unconfirmed' });
		expect(await heard()).toEqual(['1', '2']);
	});

	it('keeps messages while the token is expired and sends them once the credential is mended (190)', async () => {
		await writes(ANA);
		await rig.simulator.admin.setNumber({ phoneNumberId: DEMO_NUMBER.phoneNumberId, token: 'new-token' });
		const [one, two] = await send([toPhone(ANA, '1'), toPhone(ANA, '2')], 500);
		expect([one, two]).toMatchObject([{ status: 'queued', errorCode: '190' }, { status: 'queued' }]);
		expect(one!.explanation).toMatch(/token expirou/);
		await rig.desk.useCloudApi({ ...rig.credentials, accessToken: 'new-token' });
		await rig.simulator.admin.waitForReplies(ANA, 2);
		expect(await heard()).toEqual(['1', '2']);
	});

	it('refuses what a later report says was not delivered, with the reason on the timeline (V-12, V-18)', async () => {
		await writes(ANA);
		await rig.simulator.admin.failSends({ kind: 'failLater', code: 131026, to: ANA });
		const [outcome] = await send([toPhone(ANA, '1')]);
		const failed = await eventually(async () => {
			const found = await row(outcome!.id);
			return found.status === 'refused' ? found : null;
		});
		expect(failed).toMatchObject({ delivery: 'failed', error_code: '131026' });
		expect(await told('messageFailed')).toEqual([
			{
				text: failed.explanation,
				data: { messageId: outcome!.id, code: '131026', template: null, label: null },
			},
		]);
		expect(failed.explanation).toMatch(/não tem WhatsApp/);
		const [conversation] = await rig.desk.store.db.selectFrom('conversation').select('id').execute();
		expect((await timelineOf(rig.desk.store, conversation!.id)).map((line) => line.event)).toContain('messageFailed');
	});

	it('never goes back in what is known of a delivery (D-32)', async () => {
		await writes(ANA);
		await rig.simulator.admin.setWebhookFaults({ dropStatuses: ['sent', 'delivered', 'read'] });
		const [outcome] = await send([toPhone(ANA, '1')]);
		const id = outcome!.providerMessageId!;
		const news = async (...names: string[]) => {
			for (const name of names)
				await rig.desk.receiveCloudApi(
					webhook(status({ id, status: name, error: name === 'failed' ? 131047 : undefined })),
					rig.credentials,
				);
			const { status: s, delivery } = await row(outcome!.id);
			return [s, delivery];
		};
		expect(await news('failed')).toEqual(['refused', 'failed']);
		expect(await news('sent')).toEqual(['refused', 'failed']);
		expect(await news('delivered')).toEqual(['sent', 'delivered']);
		expect(await news('failed', 'sent')).toEqual(['sent', 'delivered']);
		expect(await news('read', 'delivered')).toEqual(['sent', 'read']);
	});

	it('sends a key once and answers the second time with the first result (V-13, D-34)', async () => {
		await writes(ANA);
		const [first] = await send([toPhone(ANA, 'boleto', { dedupeKey: 'boleto-77' })]);
		const again = await send([
			toPhone(ANA, 'boleto de novo', { dedupeKey: 'boleto-77' }),
			toPhone(ANA, 'outro', { dedupeKey: 'boleto-78' }),
			toPhone(ANA, 'outro ainda', { dedupeKey: 'boleto-78' }),
		]);
		expect(again.map(({ id, status: s, repeated }) => [id === first!.id, s, repeated])).toEqual([
			[true, 'sent', true],
			[false, 'sent', false],
			[false, 'sent', true],
		]);
		expect(again[0]!.providerMessageId).toBe(first!.providerMessageId);
		expect(await heard()).toEqual(['boleto', 'outro']);
	});

	it('sends a key once though two processes are asked at the same time (V-13)', async () => {
		await writes(ANA);
		const other = await open({ simulator: rig.simulator });
		const ask = (desk: DeskRig['desk']) => sendMessages(desk, [toPhone(ANA, 'boleto', { dedupeKey: 'b' })], 10_000);
		const outcomes = (await Promise.all([rig.desk, other.desk, rig.desk, other.desk].map(ask))).flat();
		expect(new Set(outcomes.map((each) => each.id)).size).toBe(1);
		expect(outcomes.filter((each) => !each.repeated)).toHaveLength(1);
		expect(await heard()).toEqual(['boleto']);
	});

	it('moves each lane in order although two processes send (D4)', async () => {
		const other = await open({ simulator: rig.simulator });
		const people = Array.from({ length: 10 }, (_, i) => `55119${80_000_000 + i}`);
		for (const waId of people) await rig.simulator.admin.say(waId, 'Oi');
		await rig.simulator.admin.waitForIdleWebhooks();
		await rig.simulator.admin.failSends(
			...people.map((to) => ({ kind: 'error' as const, code: 131056, to })),
			...people.map((to) => ({ kind: 'delay' as const, ms: 50, to })),
		);
		const bodies = Array.from({ length: 5 }, (_, i) => String(i));
		await Promise.all([
			sendMessages(
				rig.desk,
				bodies.flatMap((body) => people.map((waId) => toPhone(waId, body))),
				0,
			),
			sendMessages(other.desk, [], 0),
		]);
		for (const waId of people) {
			expect((await rig.simulator.admin.waitForReplies(waId, 5)).map((each) => each.text)).toEqual(bodies);
		}
	});

	it('refuses free text once the service window has closed, judged when its turn comes (D-19)', async () => {
		await writes(ANA);
		clock.advance(24 * HOUR);
		const [late] = await send([toPhone(ANA, 'tarde')]);
		expect(late).toMatchObject({ status: 'refused', errorCode: 'serviceWindowClosed' });
		expect(late!.explanation).toMatch(/^Não enviada: fora da janela de 24h/);
		const [never] = await send([toPhone(BRUNO, 'Oi')]);
		expect(never!.explanation).toMatch(/ainda não escreveu para este número/);
		expect(await heard()).toEqual([]);
		expect((await told('messageRefused')).map((line) => line.data.code)).toEqual([
			'serviceWindowClosed',
			'serviceWindowClosed',
		]);
	});

	it('refuses a message whose validity has passed', async () => {
		await writes(ANA);
		const [outcome] = await send([toPhone(ANA, 'velha', { validUntil: clock.now() - 1 })]);
		expect(outcome).toMatchObject({ status: 'refused', errorCode: 'expired' });
	});

	it('says the exact words for somebody without a phone, once, and serves the others (V-11)', async () => {
		await writes(ANA);
		const outcomes = await send([
			toPhone('', 'a', { recipient: { type: 'phone', phone: '' }, dedupeKey: 'os-1' }),
			toPhone(ANA, 'b'),
			toPhone('', 'c', { recipient: { type: 'phone', phone: '12' } }),
		]);
		expect(outcomes.map((each) => [each.status, each.errorCode])).toEqual([
			['refused', 'noPhone'],
			['sent', null],
			['refused', 'noPhone'],
		]);
		expect(outcomes[0]!.explanation).toBe('Não possui telefone para envio de mensagem');
		expect(outcomes[2]!.explanation).toMatch(/^Não possui telefone para envio de mensagem: /);
		await send([toPhone('', 'a', { recipient: { type: 'phone', phone: '' }, dedupeKey: 'os-1' })]);
		expect((await told('messageRefused')).map((line) => line.text)).toEqual(
			Array(2).fill('Não possui telefone para envio de mensagem'),
		);
	});

	it('writes to the address WhatsApp itself uses, whatever form was typed (D-06)', async () => {
		await rig.simulator.admin.addContact({ waId: '5531964440000', rewriteNinthDigit: true });
		await writes('553164440000');
		const [outcome] = await send([toPhone('5531964440000', 'Oi')]);
		expect(outcome!.status).toBe('sent');
		expect((await rows())[0]!.address).toBe('553164440000');
		expect(await rig.desk.store.db.selectFrom('contact').selectAll().execute()).toHaveLength(1);
	});

	it('sends what still waits to the new number of somebody who moved (D-05)', async () => {
		await writes(ANA);
		await rig.simulator.admin.failSends({ kind: 'error', code: 131056, to: ANA });
		await send([toPhone(ANA, 'espera')], 300);
		const moved = changedNumber({ waId: ANA }, { waId: '5511966665555' });
		await rig.desk.receiveCloudApi(webhook(moved), rig.credentials);
		expect((await rows())[0]).toMatchObject({ status: 'queued', address: '5511966665555' });
	});

	it('sends a file that is kept here, from whichever process', async () => {
		const { storeAttachment } = await import('../../../../engine');
		await writes(ANA);
		const blobId = await storeAttachment(rig.desk, {
			bytes: Buffer.from('%PDF-1.4'),
			mimeType: 'application/pdf',
			fileName: 'boleto.pdf',
		});
		const [outcome] = await send([
			toPhone(ANA, '', {
				content: { type: 'media', mediaType: 'document', source: { blobId }, caption: 'Seu boleto' },
			}),
		]);
		expect(outcome!.status).toBe('sent');
		expect(await heard()).toEqual(['Seu boleto']);
	});
});

import { resendOutbound, sendMessages, type SendRequest } from '../../../../engine';
import type { OutsideWindow } from '../../../../engine/model';
import { saveChannelSettings } from '../../../../engine/settings/channel-settings';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';
import { HOUR, someTemplate } from '../../../support/sending-facts';
import { changedNumber, status, text, webhook } from '../../../support/webhook-body';

const ANA = '5511987654321';
const HINT = 'Fora da janela de 24h — usado o modelo "lembrete".';
const TEMPLATE: OutsideWindow = { type: 'template', content: someTemplate() };
/** As the customer reads it. */
const AS_TEMPLATE = 'Olá, Ana. Sua fatura vence amanhã.';

describe.each(STORES)('outside the window, and what waits, on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, { listen: false, reconcileMs: 400, clock });
		await rig.simulator.admin.addTemplate({
			wabaId: DEMO_NUMBER.wabaId,
			name: 'lembrete',
			language: 'pt_BR',
			category: 'UTILITY',
			status: 'APPROVED',
			components: [{ type: 'BODY', text: 'Olá, {{1}}. Sua fatura vence amanhã.', example: { body_text: [['Ana']] } }],
		});
		await writes('Oi');
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	const rows = () => rig.desk.store.db.selectFrom('outbox').selectAll().orderBy('seq').execute();
	const writes = async (text: string) => {
		const inbound = () => rig.desk.store.db.selectFrom('inbound').select('id').execute();
		const before = (await inbound()).length;
		await rig.simulator.admin.say(ANA, text);
		await eventually(async () => (await inbound()).length > before);
	};
	const heard = async () => (await rig.simulator.admin.messages(ANA, { from: 'business' })).map((each) => each.text);
	const told = async (event: string) =>
		(await rig.desk.store.db.selectFrom('timeline').select('text').where('event', '=', event).execute()).map(
			(line) => line.text,
		);
	const send = async (body: string, more: Partial<SendRequest> = {}) => {
		const began = performance.now();
		const [outcome] = await sendMessages(
			rig.desk,
			[
				{
					channelId: rig.channelId,
					recipient: { type: 'phone', phone: `+${ANA}` },
					content: { type: 'text', text: body },
					origin: 'bot',
					...more,
				},
			],
			20_000,
		);
		return { ...outcome!, waitedMs: performance.now() - began };
	};

	it('sends the template, and the result says so (D-19)', async () => {
		clock.advance(25 * HOUR);
		const outcome = await send('Tudo bem?', { outsideWindow: TEMPLATE });
		expect(outcome).toMatchObject({ status: 'sent', hint: HINT, errorCode: null });
		expect(await heard()).toEqual([AS_TEMPLATE]);
		expect(await told('templateUsed')).toEqual([HINT]);
	});

	it('sends the template at once when the provider has closed the window before us (D-19)', async () => {
		await rig.simulator.admin.failSends({ kind: 'error', code: 131047, to: ANA });
		const outcome = await send('Tudo bem?', { outsideWindow: TEMPLATE });
		expect(outcome).toMatchObject({ status: 'sent', hint: HINT });
		expect(await heard()).toEqual([AS_TEMPLATE]);
		expect(await rows()).toMatchObject([{ attempts: 2, category: 'utility', hint: HINT }]);
		expect(await told('templateUsed')).toEqual([HINT]);
	});

	it('holds it when the provider has closed the window before us (D-19)', async () => {
		clock.advance(HOUR);
		await rig.simulator.admin.failSends({ kind: 'error', code: 131047, to: ANA });
		expect(await send('Tudo bem?', { outsideWindow: { type: 'hold' } })).toMatchObject({ status: 'held' });
		await writes('Voltei');
		await rig.simulator.admin.waitForReplies(ANA, 1);
		expect(await heard()).toEqual(['Tudo bem?']);
	});

	it('sends the template once when the refusal comes later, however often it is reported (D-19)', async () => {
		await rig.simulator.admin.failSends({ kind: 'failLater', code: 131047, to: ANA });
		const outcome = await send('Tudo bem?', { outsideWindow: TEMPLATE });
		// The report may come before the answer is written down.
		expect(outcome.status).toMatch(/^(sent|refused)$/);
		await eventually(async () => (await rows())[1]?.status === 'sent');
		const failed = status({
			id: (await rows())[0]!.provider_message_id!,
			status: 'failed',
			opaque: outcome.id!,
			error: 131047,
		});
		await rig.desk.receiveCloudApi(webhook(failed), rig.credentials);
		await eventually(() => rig.desk.dispatcher.idle);
		expect((await heard()).filter((text) => text === AS_TEMPLATE)).toHaveLength(1);
		expect(await rows()).toMatchObject([
			{ status: 'refused', error_code: '131047' },
			{ status: 'sent', dedupe_key: `${outcome.id}|template`, category: 'utility' },
		]);
		expect(await told('templateUsed')).toEqual([HINT]);
	});

	it('is not sent again by hand while the template in its place was sent (D-19, D-34)', async () => {
		await rig.simulator.admin.failSends({ kind: 'failLater', code: 131047, to: ANA });
		const outcome = await send('Tudo bem?', { outsideWindow: TEMPLATE });
		await eventually(async () => (await rows())[1]?.status === 'sent');
		const again = await resendOutbound(rig.desk, outcome.id!, { evenIfSent: false, by: 'pelo fluxo', waitMs: 0 });
		expect(again.resent).toMatchObject({ type: 'refused', code: 'alreadyResent', id: (await rows())[1]!.id });
		const wanted = await resendOutbound(rig.desk, outcome.id!, { evenIfSent: true, by: 'pelo fluxo', waitMs: 0 });
		expect(wanted.resent.type).toBe('enqueued');
		expect((await rows())[2]).toMatchObject({ dedupe_key: `resend|${outcome.id}|1` });
	});

	it('holds it when the refusal comes later, until the contact writes (D-19)', async () => {
		clock.advance(HOUR);
		await rig.simulator.admin.failSends({ kind: 'failLater', code: 131047, to: ANA });
		await send('Tudo bem?', { outsideWindow: { type: 'hold' } });
		await eventually(async () => (await rows())[0]?.status === 'held');
		expect(await rows()).toMatchObject([
			{ status: 'held', error_code: 'waitingForContact', delivery: null, finished_at: null, waits: 1 },
		]);
		expect(await told('messageHeld')).toEqual([expect.stringMatching(/^Guardada: fora da janela de 24h/)]);
		expect(await told('messageFailed')).toEqual([]);
		await writes('Voltei');
		await rig.simulator.admin.waitForReplies(ANA, 1);
		await eventually(async () => (await rows())[0]?.status === 'sent');
		expect((await heard()).filter((text) => text === 'Tudo bem?')).not.toEqual([]);
		expect(await rows()).toMatchObject([{ status: 'sent', attempts: 2, waits: 0 }]);
	});

	it('answers a sender at once that the message is held, and sends it when the contact writes (D-19)', async () => {
		clock.advance(25 * HOUR);
		const outcome = await send('Tudo bem?', { outsideWindow: { type: 'hold' } });
		expect(outcome).toMatchObject({
			status: 'held',
			errorCode: 'waitingForContact',
			explanation: 'Guardada: fora da janela de 24h. Sai assim que o contato escrever.',
		});
		expect(outcome.waitedMs).toBeLessThan(5_000);
		await rig.desk.receiveCloudApi(webhook(text({ waId: ANA }, 'Voltei', { at: clock.now() })), rig.credentials);
		await rig.simulator.admin.waitForReplies(ANA, 1);
		expect(await heard()).toEqual(['Tudo bem?']);
	});

	it('sends what was held to the new number of somebody who moved (D-05)', async () => {
		clock.advance(25 * HOUR);
		await send('Tudo bem?', { outsideWindow: { type: 'hold' } });
		const moved = changedNumber({ waId: ANA }, { waId: '5511966665555' });
		await rig.desk.receiveCloudApi(webhook(moved), rig.credentials);
		expect(await rows()).toMatchObject([{ status: 'held', address: '5511966665555' }]);
	});

	it('lets starts rest when too many come back as not delivered (X-08)', async () => {
		const strangers = Array.from({ length: 6 }, (_, i) => `552197654321${i}`);
		const toStranger = (waId: string) =>
			send('', { content: someTemplate(), kind: 'campaign', recipient: { type: 'phone', phone: `+${waId}` } });
		for (const waId of strangers) {
			await rig.simulator.admin.failSends({ kind: 'failLater', code: 130472, to: waId });
			await toStranger(waId);
		}
		await eventually(async () => (await told('startsBraked')).length === 1);
		expect(await told('startsBraked')).toEqual([
			expect.stringMatching(/^Inícios de conversa em pausa por 60 min: 6 dos últimos \d+ inícios foram rejeitados\./),
		]);
		expect(await toStranger('5521976543219')).toMatchObject({ status: 'queued', errorCode: 'braked' });
	});

	it('answers a sender at once that a message waits for its hour, and sends it then (X-05)', async () => {
		const notBefore = clock.now() + HOUR;
		const outcome = await send('Lembrete', { notBefore });
		expect(outcome).toMatchObject({ status: 'queued', errorCode: null, notBefore });
		expect(outcome.waitedMs).toBeLessThan(5_000);
		clock.advance(HOUR);
		await rig.simulator.admin.waitForReplies(ANA, 1);
		expect(await heard()).toEqual(['Lembrete']);
	});

	it('answers a sender at once that the day’s cap is reached (C-11)', async () => {
		await rig.desk.store.transaction((tx) => saveChannelSettings(tx, rig.channelId, { dailyStarts: 1 }, clock.now()));
		const toStranger = (phone: string) =>
			send('', { content: someTemplate(), kind: 'campaign', recipient: { type: 'phone', phone } });
		expect((await toStranger('+5521976543210')).status).toBe('sent');
		const second = await toStranger('+5521976543211');
		expect(second).toMatchObject({ status: 'queued', errorCode: 'dailyCap' });
		expect(second.explanation).toMatch(/limite diário/);
		expect(second.waitedMs).toBeLessThan(5_000);
	});

	it('lets starts rest when the quality of the number drops, and says so once (X-08)', async () => {
		await rig.simulator.admin.setNumberHealth(DEMO_NUMBER.phoneNumberId, { event: 'FLAGGED' });
		await eventually(async () => (await told('startsBraked')).length === 1);
		const outcome = await send('', {
			content: someTemplate(),
			kind: 'notification',
			recipient: { type: 'phone', phone: '+5521976543210' },
		});
		expect(outcome).toMatchObject({ status: 'queued', errorCode: 'braked' });
		expect((await send('Resposta')).status).toBe('sent');
		clock.advance(HOUR);
		await rig.simulator.admin.waitForReplies('5521976543210', 1);
		expect(await told('startsReleased')).toHaveLength(1);
	});
});

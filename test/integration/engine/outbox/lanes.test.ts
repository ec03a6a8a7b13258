import { expireMessages } from '../../../../engine/outbox/expire';
import { cancelMessage } from '../../../../engine/outbox/cancel';
import { releaseHeld } from '../../../../engine/outbox/release';
import { ClaimRig } from '../../../support/claim-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { HOUR, someTemplate } from '../../../support/sending-facts';

describe.each(STORES)('what is served when on $name', ({ create }) => {
	let test: TestStore;
	let rig: ClaimRig;

	beforeEach(async () => {
		test = await create();
		rig = await ClaimRig.open(test.settings, 'cloudApi:1');
		for (const contact of ['ana', 'bruno', 'carla']) await rig.wrote(contact);
	});
	afterEach(async () => {
		await rig.close();
		await test.drop();
	});

	const wrote = (contactId: string) =>
		rig.store.transaction((tx) => releaseHeld(tx, [{ contactId, channelId: rig.channelId }]));
	const textsOf = async () =>
		(await rig.claim()).claimed.map(({ contactId, content }) => [contactId, (content as { text: string }).text]);
	const text = (body: string) => ({ content: { type: 'text' as const, text: body } });
	const answered = () =>
		rig.store.db.updateTable('outbox').set({ status: 'sent' }).where('status', '=', 'sending').execute();

	it('serves answers before notifications before campaigns, also of one contact (X-05)', async () => {
		await rig.put(
			rig.message('ana', { kind: 'campaign', ...text('oferta') }),
			rig.message('bruno', { kind: 'campaign', ...text('oferta') }),
			rig.message('carla', { kind: 'notification', ...text('pedido') }),
			rig.message('bruno', { kind: 'reply', ...text('resposta') }),
		);
		expect(await textsOf()).toEqual([
			['bruno', 'resposta'],
			['carla', 'pedido'],
			['ana', 'oferta'],
		]);
		expect(await textsOf()).toEqual([]);
		await answered();
		expect(await textsOf()).toEqual([['bruno', 'oferta']]);
	});

	it('lets an answer overtake a campaign that is being tried again, but nothing that is on its way (D4)', async () => {
		await rig.put(rig.message('ana', { kind: 'campaign', ...text('oferta') }));
		await rig.claim();
		await rig.put(rig.message('ana', { kind: 'reply', ...text('resposta') }));
		expect(await textsOf()).toEqual([]);
		await rig.store.db
			.updateTable('outbox')
			.set({ status: 'queued', not_before: rig.clock.now() + HOUR })
			.where('status', '=', 'sending')
			.execute();
		expect(await textsOf()).toEqual([['ana', 'resposta']]);
	});

	it('sends what is scheduled at its time, without holding up others (X-05)', async () => {
		await rig.put(
			rig.message('ana', { notBefore: rig.clock.now() + HOUR, ...text('depois') }),
			rig.message('ana', text('agora')),
		);
		expect(await textsOf()).toEqual([['ana', 'agora']]);
		await answered();
		rig.clock.advance(HOUR - 1);
		expect(await textsOf()).toEqual([]);
		rig.clock.advance(1);
		expect(await textsOf()).toEqual([['ana', 'depois']]);
	});

	describe('what is held until the contact writes (D-19)', () => {
		beforeEach(async () => {
			rig.clock.advance(25 * HOUR);
			await rig.put(rig.message('ana', { outsideWindow: { type: 'hold' }, ...text('guardada') }));
		});

		it('is told once, holds up nobody, and leaves when the contact wrote', async () => {
			const { claimed, settled } = await rig.claim();
			expect(claimed).toEqual([]);
			expect(settled).toMatchObject([{ status: 'held', errorCode: 'waitingForContact' }]);
			await rig.put(rig.message('ana', { content: someTemplate(), kind: 'notification' }));
			expect(await rig.claimed()).toEqual(['ana']);
			await answered();
			await rig.wrote('ana');
			expect(await wrote('ana')).toBe(1);
			expect(await textsOf()).toEqual([['ana', 'guardada']]);
			expect(await rig.told('messageHeld')).toHaveLength(1);
		});

		it('is not freed by others, nor on another channel', async () => {
			await rig.claim();
			expect(await wrote('bruno')).toBe(0);
			expect(
				await rig.store.transaction((tx) => releaseHeld(tx, [{ contactId: 'ana', channelId: 'cloudApi:2' }])),
			).toBe(0);
		});

		it('can be taken back', async () => {
			await rig.claim();
			const { id } = await rig.row('ana');
			const cancel = () =>
				rig.store.transaction((tx) =>
					cancelMessage(tx, rig.store.dialect, id, 'Cancelada por Bruno.', rig.clock.now()),
				);
			expect(await cancel()).toEqual({ type: 'cancelled' });
			expect(await cancel()).toEqual({ type: 'tooLate', status: 'refused' });
			expect(await wrote('ana')).toBe(0);
			expect(await rig.row('ana')).toMatchObject({ status: 'refused', error_code: 'cancelled', waits: 0 });
			expect(await rig.told('messageCancelled')).toEqual([{ event: 'messageCancelled', text: 'Cancelada por Bruno.' }]);
		});
	});

	it('ends what runs out of time while it is held or scheduled, once', async () => {
		const soon = rig.clock.now() + 26 * HOUR;
		rig.clock.advance(25 * HOUR);
		await rig.put(
			rig.message('ana', { outsideWindow: { type: 'hold' }, validUntil: soon }),
			rig.message('bruno', { notBefore: soon + HOUR, validUntil: soon }),
			rig.message('carla', { notBefore: soon + HOUR, validUntil: soon + 2 * HOUR }),
		);
		await rig.claim();
		rig.clock.advance(HOUR + 1);
		const ended = await expireMessages(rig.store, rig.clock.now());
		expect(ended.map((each) => [each.status, each.errorCode])).toEqual(Array(2).fill(['refused', 'expired']));
		expect(await expireMessages(rig.store, rig.clock.now())).toEqual([]);
		expect((await rig.rows()).map((row) => row.status)).toEqual(['refused', 'refused', 'queued']);
		expect(await rig.told('messageRefused')).toHaveLength(2);
	});

	it('takes back what waits, not what is on its way; nobody by that id is said so', async () => {
		const [scheduled, next] = await rig.put(
			rig.message('ana', { notBefore: rig.clock.now() + HOUR }),
			rig.message('bruno'),
		);
		await rig.claim();
		const cancel = (id: string) =>
			rig.store.transaction((tx) => cancelMessage(tx, rig.store.dialect, id, 'Cancelada.', rig.clock.now()));
		expect(await cancel(scheduled!.id)).toEqual({ type: 'cancelled' });
		expect(await cancel(next!.id)).toEqual({ type: 'tooLate', status: 'sending' });
		expect(await cancel('out_none')).toEqual({ type: 'notFound' });
	});

	describe('judges on what is stored at that moment', () => {
		const consent = (values: { opted_out_at?: number; marketing_out_at?: number }) =>
			rig.store.db
				.insertInto('consent')
				.values({
					...{ contact_id: 'ana', opted_out_at: null, marketing_out_at: null, opted_in_at: null, proof: null },
					...{ updated_at: 1, ...values },
				})
				.execute();
		const codes = async () => (await rig.claim()).settled.map((each) => each.errorCode);

		it('consent, per kind of message (D-35)', async () => {
			await consent({ opted_out_at: 1 });
			await rig.put(
				rig.message('ana', { kind: 'notification' }),
				rig.message('ana', { kind: 'campaign' }),
				rig.message('ana', text('resposta')),
			);
			expect(await textsOf()).toEqual([['ana', 'resposta']]);
			await answered();
			expect([...(await codes()), ...(await codes())]).toEqual(['optedOut', 'optedOut']);
		});

		it('the state of the template (C-26)', async () => {
			const content = someTemplate();
			await rig.store.db
				.insertInto('template')
				.values({
					...{ channel_id: rig.channelId, name: content.name, language: content.language, provider_id: '1' },
					...{ category: 'utility', status: 'paused', quality: 'red', reason: null, parts: '{}', updated_at: 1 },
				})
				.execute();
			await rig.put(rig.message('ana', { content }));
			expect(await codes()).toEqual(['templateNotApproved']);
		});

		it('the margin of the window (D-19)', async () => {
			await rig.configure({ windowMarginSeconds: 1_800 });
			rig.clock.advance(23.5 * HOUR);
			await rig.put(rig.message('ana'));
			expect(await codes()).toEqual(['serviceWindowClosed']);
		});
	});

	it('sends the template in the place of the text once the window has closed, and keeps it so (D-19)', async () => {
		rig.clock.advance(25 * HOUR);
		await rig.put(rig.message('ana', { outsideWindow: { type: 'template', content: someTemplate() } }));
		const { claimed } = await rig.claim();
		const hint = 'Fora da janela de 24h — usado o modelo "lembrete".';
		expect(claimed).toMatchObject([{ content: someTemplate(), hint, startedAt: rig.clock.now() }]);
		expect(await rig.row('ana')).toMatchObject({ category: 'utility', hint, content: JSON.stringify(someTemplate()) });
		expect(await rig.told('templateUsed')).toEqual([{ event: 'templateUsed', text: hint }]);
	});
});

import type { Answer } from '../../../../engine/console/http';
import { consoleForTests, bodyOf } from '../../../support/console-browser';
import { STORES } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';

const PHONE = '+55 11 99999-9999';
const DEVICE = 'linkedDevice:atendimento';

describe.each(STORES)('the sessions on the pages on $name', ({ create }) => {
	const desk = consoleForTests(create);

	it('tells every session with its QR code drawn, and names as they are', async () => {
		const name = '</script><img src=x onerror=alert(1)>';
		await desk.rig.put('atendimento', {
			state: 'scan',
			wanted: 1,
			phone: '5511999999999',
			name,
			qr: 'CODE',
			qr_number: 2,
		});
		const { devices, id, now } = bodyOf(await desk.get({ api: 'state' }, await desk.signIn()));
		expect([now, id.startsWith('v_atendimento.')]).toEqual([desk.clock.now(), true]);
		expect(devices).toMatchObject([{ channelId: DEVICE, phoneText: '+55 11 99999-9999', name, state: 'scan' }]);
		expect(devices[0].qr).toMatchObject({ code: 'CODE', number: 2, size: 21 });
		expect(devices[0].qr.path).toMatch(/^M0 0h7v1h-7z/);
	});

	it('activates for a number as people type it, and says why it does not (B-14, B-17, B-21)', async () => {
		const browser = await desk.signIn();
		const bad = await desk.post('activate', { channelId: DEVICE, phone: '+55 20 99999-9999' }, browser);
		expect([(bad as Answer).status, bodyOf(bad).error]).toEqual([
			422,
			{ code: 'phone', message: 'O DDD 20 não existe. Exemplo: +55 11 99999-9999.', field: 'phone' },
		]);
		expect(await desk.post('activate', { channelId: DEVICE, phone: PHONE }, browser)).toMatchObject({ status: 200 });
		expect(await desk.rig.wanted('atendimento')).toEqual({ wanted: 1, phone: '5511999999999', pairing_wanted: 0 });
		const other = await desk.post('activate', { channelId: DEVICE, phone: '+351 912 345 678' }, browser);
		expect((other as Answer).status).toBe(409);
		expect(bodyOf(other).error.message).toContain('não pode ser trocado agora');
		const unknown = await desk.post('activate', { channelId: 'linkedDevice:nenhuma', phone: PHONE }, browser);
		expect((unknown as Answer).status).toBe(409);
		expect(bodyOf(unknown).error.message).toContain('Não há sessão "nenhuma"');
		const lines = await desk.rig.desk.store.db.selectFrom('timeline').select(['event', 'text']).execute();
		expect(lines).toEqual([
			{ event: 'linkedDeviceActivated', text: 'A conexão por QR Code foi ativada por uma pessoa no painel.' },
		]);
	});

	it('asks for a code to type, and deactivates (B-22, B-33)', async () => {
		const browser = await desk.signIn();
		await desk.post('activate', { channelId: DEVICE, phone: PHONE }, browser);
		expect(await desk.post('pairingCode', { channelId: DEVICE }, browser)).toMatchObject({ status: 200 });
		expect(await desk.rig.wanted('atendimento')).toMatchObject({ pairing_wanted: 1 });
		expect(await desk.post('deactivate', { channelId: DEVICE }, browser)).toMatchObject({ status: 200 });
		expect(await desk.rig.wanted('atendimento')).toMatchObject({ wanted: 0, pairing_wanted: 0 });
	});

	it('sends a test and says how it went (B-30, B-31)', async () => {
		await desk.rig.put('atendimento', { state: 'connected', wanted: 1 });
		const browser = await desk.signIn();
		const send = (phone: string, text: string) => desk.post('sendTest', { channelId: DEVICE, phone, text }, browser);
		expect(bodyOf(await send('11 3', 'Oi')).error.field).toBe('phone');
		expect(bodyOf(await send(PHONE, '  ')).error.field).toBe('text');
		expect(bodyOf(await send(PHONE, 'Teste de integração WhatsApp'))).toEqual({ status: 'sent', explanation: null });
		expect(desk.rig.channel.sent.map(({ content }) => content)).toEqual([
			{ type: 'text', text: 'Teste de integração WhatsApp' },
		]);
	});

	it('says that something is wrong without saying what, when the database is gone', () =>
		desk.onItsOwn(async () => {
			const browser = await desk.signIn();
			await desk.rig.desk.store.close();
			const answer = await desk.get({ api: 'state' }, browser);
			expect((answer as Answer).status).toBe(503);
			expect(bodyOf(answer).error).toMatchObject({ code: 'unavailable' });
			expect(((await desk.get({})) as Answer).status).toBe(200);
		}));

	it('tells the present at once and every change after it, and nothing twice', async () => {
		const watcher = await desk.watch(await desk.signIn());
		await eventually(() => watcher.snapshots().length === 1);
		await desk.rig.put('atendimento', { state: 'scan', wanted: 1, qr: 'UM' });
		await eventually(() => watcher.snapshots().at(-1)?.devices[0].qr?.code === 'UM');
		expect(watcher.snapshots().map(({ devices }) => devices[0].state)).toEqual(['inactive', 'scan']);
		watcher.stop();
		expect(desk.rig.desk.pages.watchers).toBe(0);
	});

	it('goes on where a page left off', async () => {
		const browser = await desk.signIn();
		const { id } = bodyOf(await desk.get({ api: 'state' }, browser));
		const watcher = await desk.watch(browser, { seen: id });
		await desk.rig.put('atendimento', { state: 'scan', wanted: 1, qr: 'UM' });
		await eventually(() => watcher.snapshots().length > 0);
		expect(watcher.snapshots().map(({ devices }) => devices[0].state)).toEqual(['scan']);
		const again = await desk.watch({ ...browser, 'last-event-id': watcher.lastId() });
		await desk.rig.put('atendimento', { state: 'linking' });
		await eventually(() => again.snapshots().length > 0);
		expect(again.snapshots().map(({ devices }) => devices[0].state)).toEqual(['linking']);
	});

	it('notices that the owner of a session died, which no row says', async () => {
		await desk.rig.put('atendimento', { state: 'connected', wanted: 1 });
		await desk.rig.desk.store.db
			.updateTable('linked_session')
			.set({ lease_until: desk.clock.now() + 30_000 })
			.execute();
		const watcher = await desk.watch(await desk.signIn());
		await eventually(() => watcher.snapshots().length === 1);
		desk.clock.advance(31_000);
		await eventually(() => watcher.snapshots().at(-1)?.devices[0].state === 'waiting');
	});

	it('keeps proxies awake, and ends when the sign-in does', async () => {
		const browser = await desk.signIn();
		const watcher = await desk.watch(browser);
		await eventually(() => watcher.snapshots().length === 1);
		desk.clock.advance(16_000);
		await eventually(() => watcher.text().includes(': ainda aqui'));
		await desk.rig.desk.store.db.deleteFrom('console_sign_in').execute();
		desk.clock.advance(16_000);
		await eventually(() => watcher.ended());
		expect(watcher.text()).toContain('event: signedOut');
	});

	it('ends at once with the sign-out, and with the desk', () =>
		desk.onItsOwn(async () => {
			const [mine, theirs] = [await desk.signIn(), await desk.signIn()];
			const [first, second] = [await desk.watch(mine), await desk.watch(theirs)];
			await desk.post('signOut', {}, mine);
			expect([first.ended(), second.ended()]).toEqual([true, false]);
			await desk.rig.desk.close();
			expect(second.ended()).toBe(true);
		}));
});

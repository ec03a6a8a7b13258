import { setChannelLimits } from '../../../../engine';
import type { Simulator } from '../../../../simulator/server';
import { ANA, CHANNEL, chatsOf, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

const DAY = 24 * 3_600_000;
const phoneNumberId = chatsOf(PHONE);

describe.each(STORES)('a linked device that may not start conversations (463), on $name', ({ create }) => {
	let store: TestStore;
	let simulator: Simulator;
	let rig: DeviceRig;
	const web = () => simulator.admin.web;

	beforeEach(async () => {
		store = await create();
		simulator = await startWhatsAppWeb();
		rig = await startDeviceRig(store.settings, simulator);
		await rig.link(PHONE);
	});
	afterEach(async () => {
		await rig.close();
		await simulator.close();
		await store.drop();
	});

	const rowOf = async (id: string) =>
		await rig.desk.store.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const received = async (text: string) =>
		(await simulator.admin.messages(ANA, { from: 'business', phoneNumberId })).filter((one) => one.text === text);
	const events = async () =>
		(await rig.told('linkedDeviceRestricted', 'linkedDeviceUnrestricted')).map(({ event }) => event.slice(12));
	const restricted = () => rig.until('connected', ({ problem }) => problem === 'restricted');
	const free = () => rig.until('connected', ({ problem }) => problem === null);
	const comesBack = async () => {
		await web().cut('drop', PHONE);
		await rig.until('reconnecting');
		await rig.until('connected');
	};
	const noBrake = () => setChannelLimits(rig.desk, CHANNEL, { brakeMinutes: 0 }, { workflowId: null });

	it('is shown and told once, as long as WhatsApp says so, and is never tried again (D-12)', async () => {
		await noBrake();
		await web().setFaults({ lockedUntil: Date.now() + DAY });
		const outcome = await rig.send('Oferta');
		expect(outcome).toMatchObject({ status: 'refused', errorCode: '463' });
		expect(outcome.explanation).toContain('não deixa este número iniciar conversas');
		expect((await restricted()).explanation).toContain('não iniciar conversas');
		expect((await rowOf(outcome.id!)).attempts).toBe(1);
		// Neither a line that drops nor a longer outage lifts it or tells it again.
		await comesBack();
		await web().setFaults({ refuseUpgrade: 503 });
		await web().cut('drop', PHONE);
		await rig.until('reconnecting', ({ problem }) => problem === 'unreachable');
		await web().setFaults({ refuseUpgrade: null });
		await restricted();
		expect(await events()).toEqual(['Restricted']);
		// WhatsApp is asked when the line opens.
		await web().clearFaults();
		await comesBack();
		expect(await free()).toMatchObject({ explanation: null });
		expect(await events()).toEqual(['Restricted', 'Unrestricted']);
		expect(await rig.send('Agora sim')).toMatchObject({ status: 'sent' });
		// The next restriction is told as well.
		await simulator.admin.addContact({ waId: '5511955550123', name: 'Nova' });
		await web().setFaults({ lockedUntil: Date.now() + DAY });
		expect(await rig.send('Oferta', { to: '5511955550123' })).toMatchObject({ errorCode: '463' });
		await restricted();
		expect(await events()).toEqual(['Restricted', 'Unrestricted', 'Restricted']);
	});

	it('is over when WhatsApp says that the time is up, without anybody doing anything', async () => {
		await web().setFaults({ lockedUntil: Date.now() + 2_500 });
		await rig.send('Oferta');
		await restricted();
		await free();
		expect(await events()).toEqual(['Restricted', 'Unrestricted']);
	});

	it('is taken for so while WhatsApp does not answer, with the reason, until it does', async () => {
		await web().setFaults({ unanswered: ['w:mex'] });
		await web().failSends({ kind: 'error', code: 463 });
		expect(await rig.send('Oferta')).toMatchObject({ errorCode: '463' });
		expect((await restricted()).explanation).toContain('não disse se o restringiu (sem resposta em 2 s)');
		await web().clearFaults();
		await free();
		expect(await events()).toEqual(['Restricted', 'Unrestricted']);
	});

	it('is not when only the leave for one contact is missing: that message ends, starts rest, nothing else is told', async () => {
		await web().failSends({ kind: 'error', code: 463 });
		const outcome = await rig.send('Oferta');
		expect(outcome).toMatchObject({ status: 'refused', errorCode: '463' });
		expect(outcome.explanation).toContain('disse que o número não está restrito');
		expect((await rowOf(outcome.id!)).attempts).toBe(1);
		expect((await rig.told('startsBraked')).length).toBe(1);
		expect(await free()).toMatchObject({ state: 'connected' });
		expect(await events()).toEqual([]);
	});

	describe('an answer to somebody who wrote within a day, with no restriction', () => {
		beforeEach(async () => {
			await web().say(PHONE, ANA, 'Oi');
			await eventually(async () => (await rig.stored()).length === 1);
		});

		it('is tried once more under the same id, and arrives once', async () => {
			await web().failSends({ kind: 'error', code: 463 });
			const { id } = await rig.send('Claro!', { waitMs: 0 });
			await eventually(async () => (await rowOf(id!)).status === 'sent', 15_000);
			expect((await rowOf(id!)).attempts).toBe(2);
			const copies = await received('Claro!');
			expect(copies.map(({ id: at, copies: more = 0 }) => [at, more])).toEqual([
				[(await rowOf(id!)).provider_message_id, 0],
			]);
			expect(await rig.told('startsBraked', 'linkedDeviceRestricted')).toEqual([]);
		});

		it('is tried no third time', async () => {
			await web().failSends({ kind: 'error', code: 463, count: 5 });
			const { id } = await rig.send('Claro!', { waitMs: 0 });
			await eventually(async () => (await rowOf(id!)).status === 'refused', 15_000);
			expect(await rowOf(id!)).toMatchObject({ attempts: 2, error_code: '463' });
			expect((await web().state()).faults.sends).toMatchObject([{ count: 3 }]);
			expect(await received('Claro!')).toEqual([]);
		});
	});
});

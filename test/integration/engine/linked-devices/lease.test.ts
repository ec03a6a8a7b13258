import { clearAuthState } from '../../../../engine/channel/linked-device/auth-state';
import { LeaseLost } from '../../../../engine/channel/linked-device/fence';
import { LEASE_MS, leaveLease, renewLease, takeLease } from '../../../../engine/channel/linked-device/lease';
import {
	ensureSession,
	readSession,
	report,
	viewOf,
	wish,
} from '../../../../engine/channel/linked-device/session-rows';
import { wishActive, wishInactive } from '../../../../engine/channel/linked-device/wishes';
import { openStore, type Store } from '../../../../engine/store/open-store';
import { STORES, type TestStore } from '../../../support/each-store';

const CHANNEL = 'linkedDevice:atendimento';
const NOW = Date.parse('2026-08-03T13:00:00Z');
const SECOND = 1_000;

describe.each(STORES)('the lease of a session on $name', ({ create }) => {
	let test: TestStore;
	let store: Store;

	beforeEach(async () => {
		test = await create();
		store = await openStore(test.settings, { now: () => NOW });
		await ensureSession(store, CHANNEL, NOW);
	});
	afterEach(async () => {
		await store.close();
		await test.drop();
	});

	const row = async () => (await readSession(store.db, CHANNEL))!;

	it('belongs to one of many that want it at the same moment', async () => {
		const names = Array.from({ length: 8 }, (_, i) => `processo/${i}`);
		const fences = await Promise.all(names.map((name) => takeLease(store, CHANNEL, name, NOW)));
		expect(fences.filter((fence) => fence !== null)).toEqual([1]);
		expect((await row()).owner).toBe(names[fences.indexOf(1)]);
	});

	it('is kept by renewing it, and taken over once it is over, with a higher fence', async () => {
		expect(await takeLease(store, CHANNEL, 'a', NOW)).toBe(1);
		expect(await renewLease(store, CHANNEL, 1, NOW, NOW + 15 * SECOND)).toBe(true);
		expect(await takeLease(store, CHANNEL, 'b', NOW + LEASE_MS)).toBeNull();
		expect(await takeLease(store, CHANNEL, 'b', NOW + 15 * SECOND + LEASE_MS)).toBe(2);
		expect(await renewLease(store, CHANNEL, 1, null, NOW + 40 * SECOND)).toBe(false);
		expect((await row()).heardAt).toBe(NOW);
	});

	it('is free at once when it was given back, and a former owner gives nothing back', async () => {
		await takeLease(store, CHANNEL, 'a', NOW);
		await leaveLease(store, CHANNEL, 1);
		expect(await takeLease(store, CHANNEL, 'b', NOW)).toBe(2);
		await leaveLease(store, CHANNEL, 1);
		expect((await row()).owner).toBe('b');
	});

	it('of an owner whose clock was far ahead is taken over by whoever saw it unchanged for longer than it lasts', async () => {
		await takeLease(store, CHANNEL, 'a', NOW + 3_600 * SECOND);
		const { leaseUntil } = await row();
		expect(await takeLease(store, CHANNEL, 'b', NOW)).toBeNull();
		expect(await takeLease(store, CHANNEL, 'b', NOW, leaseUntil! - 1)).toBeNull();
		expect(await takeLease(store, CHANNEL, 'b', NOW, leaseUntil)).toBe(2);
	});

	it('lets a former owner write nothing, neither of the session nor of its secrets', async () => {
		await takeLease(store, CHANNEL, 'a', NOW);
		await takeLease(store, CHANNEL, 'b', NOW + LEASE_MS);
		const late = { state: 'connected' };
		expect(await store.transaction((tx) => report(tx, { channelId: CHANNEL, fence: 1 }, late, NOW))).toBeNull();
		await expect(clearAuthState(store, CHANNEL, 1)).rejects.toThrow(LeaseLost);
		const written = await store.transaction((tx) => report(tx, { channelId: CHANNEL, fence: 2 }, late, NOW));
		expect(written).toMatchObject({ state: 'connected', version: 1 });
	});

	it('is seen to be over by pages: what a dead owner said last does not stand', async () => {
		await store.transaction((tx) => wishActive(tx, store.dialect, CHANNEL, '5511987654321', NOW));
		await takeLease(store, CHANNEL, 'a', NOW);
		await store.transaction((tx) => report(tx, { channelId: CHANNEL, fence: 1 }, { state: 'connected' }, NOW));
		expect(viewOf(await row(), NOW + LEASE_MS - 1).state).toBe('connected');
		expect(viewOf(await row(), NOW + LEASE_MS).state).toBe('waiting');
	});

	it('counts every change a page would show, and no renewal', async () => {
		await takeLease(store, CHANNEL, 'a', NOW);
		await renewLease(store, CHANNEL, 1, NOW, NOW);
		expect((await row()).version).toBe(0);
		await store.transaction((tx) => wish(tx, CHANNEL, { name: 'Oficina' }, NOW));
		expect((await row()).version).toBe(1);
	});

	it('keeps the number fixed while it is active or linked, and free otherwise (B-16, B-17)', async () => {
		const activate = (digits: string) => store.transaction((tx) => wishActive(tx, store.dialect, CHANNEL, digits, NOW));
		expect(await activate('5531987654321')).toBe(true);
		expect(await activate('553187654321')).toBe(false);
		await expect(activate('5511912345678')).rejects.toMatchObject({ rule: 'numberLocked' });
		const stop = { state: 'stopped', problem: 'replaced', linked_at: NOW };
		await store.transaction((tx) => wish(tx, CHANNEL, stop, NOW));
		await expect(activate('5511912345678')).rejects.toMatchObject({ rule: 'numberLocked' });
		expect(await activate('5531987654321')).toBe(true);
		await store.transaction((tx) => wishInactive(tx, store.dialect, CHANNEL, NOW));
		expect(await activate('5511912345678')).toBe(true);
	});
});

import { sql } from 'kysely';
import { openAuthState, clearAuthState } from '../../../../../engine/channel/linked-device/auth-state';
import { LeaseLost } from '../../../../../engine/channel/linked-device/fence';
import { systemClock } from '../../../../../engine/clock';
import { openStore, type Store } from '../../../../../engine/store/open-store';
import { STORES, type TestStore } from '../../../../support/each-store';
import { eventually } from '../../../../support/eventually';
import { fragileStore } from '../../../../support/fragile-store';
import { DEVICE, ownSession, SESSION_KEY } from '../../../../support/linked-session';

const OTHER = 'linkedDevice:vendas';
const NEW_KEY = 'a chave nova das oficinas Aurora';

describe.each(STORES)('the keys of a linked device when things go wrong, on $name', ({ create }) => {
	let place: TestStore;
	let store: Store;
	let told: string[];

	beforeEach(async () => {
		place = await create();
		store = await openStore(place.settings, systemClock);
		told = [];
		await ownSession(store);
		await ownSession(store, 1, OTHER);
	});
	afterEach(async () => {
		await store.close();
		await place.drop();
	});

	const open = (
		keys = { current: SESSION_KEY } as { current: string; previous?: string },
		channelId = DEVICE,
		fence: number | null = 1,
	) =>
		openAuthState(store, channelId, keys, () => fence, {
			leaseLost: () => told.push('leaseLost'),
			corrupt: (what) => told.push(`corrupt: ${what}`),
		});
	async function opened(...args: Parameters<typeof open>) {
		const auth = await open(...args);
		if (auth.type !== 'ok') throw new Error(auth.type);
		return auth;
	}
	/** A linked device that has spoken with one contact. */
	async function aLink(channelId = DEVICE) {
		const auth = await opened(undefined, channelId);
		await auth.saveCreds({ me: { id: `${channelId}@s.whatsapp.net` }, account: { details: Buffer.of(1) } });
		await auth.state.keys.set({
			'pre-key': { 1: { private: Buffer.alloc(32, 1), public: Buffer.alloc(32, 2) } },
			'identity-key': { '55.0': Buffer.alloc(33, 5) },
		});
		return auth;
	}
	const rows = () =>
		store.db.selectFrom('linked_secret').selectAll().orderBy('channel_id').orderBy('category').orderBy('id').execute();
	/** How many statements wait for another transaction to end. */
	const waitingForLocks = async () => {
		const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`.execute(store.db);
		return rows[0]!.count;
	};
	const replace = (category: string, value: Uint8Array) =>
		store.db
			.updateTable('linked_secret')
			.set({ value })
			.where('channel_id', '=', DEVICE)
			.where('category', '=', category)
			.execute();
	const flipped = (bytes: Uint8Array, at: number) => {
		const damaged = Buffer.from(bytes);
		damaged[at < 0 ? damaged.length + at : at]! ^= 0x10;
		return damaged;
	};

	it('keeps no secret readable in the database', async () => {
		const { state } = await aLink();
		const stored = (await rows()).map((row) => Buffer.from(row.value).toString('latin1')).join();
		const secrets = [state.creds.noiseKey.private, state.creds.signedIdentityKey.private, Buffer.alloc(32, 1)];
		for (const secret of secrets) {
			expect(stored).not.toContain(Buffer.from(secret).toString('latin1'));
			expect(stored).not.toContain(Buffer.from(secret).toString('base64'));
		}
		expect(stored).not.toContain('s.whatsapp.net');
	});

	it('knows a link from credentials that no phone has accepted yet', async () => {
		const auth = await opened();
		expect(auth.isLinked).toBe(false);
		await auth.saveCreds({ me: { id: '5511987654321:3@s.whatsapp.net' } });
		expect(auth.isLinked).toBe(false);
		await auth.saveCreds({ account: { details: Buffer.of(1) } });
		expect([auth.isLinked, (await opened()).isLinked]).toEqual([true, true]);
	});

	it('says so when the session key is another one, and touches nothing', async () => {
		await aLink();
		const before = await rows();
		expect(await open({ current: NEW_KEY })).toEqual({ type: 'wrongKey' });
		expect(await open({ current: NEW_KEY, previous: 'neither' })).toEqual({ type: 'wrongKey' });
		expect(await rows()).toEqual(before);
		expect((await opened()).isLinked).toBe(true);
	});

	it('writes everything anew when the session key was changed, and needs the previous one no more', async () => {
		const { state } = await aLink();
		await aLink(OTHER);
		const first = await opened({ current: NEW_KEY, previous: SESSION_KEY });
		expect(first.state.creds.registrationId).toBe(state.creds.registrationId);
		const auth = await opened({ current: NEW_KEY });
		expect(await auth.state.keys.get('identity-key', ['55.0'])).toEqual({ '55.0': Buffer.alloc(33, 5) });
		expect(auth.isLinked).toBe(true);
		expect(await open()).toEqual({ type: 'wrongKey' });
		expect((await opened(undefined, OTHER)).isLinked).toBe(true);
	});

	it('changes no key when another process owns the session', async () => {
		await aLink();
		const before = await rows();
		await expect(open({ current: NEW_KEY, previous: SESSION_KEY }, DEVICE, 2)).rejects.toThrow(LeaseLost);
		expect(await rows()).toEqual(before);
	});

	it.each(['creds', 'proof', 'pre-key', 'identity-key'])(
		'names a damaged secret (%s), whichever byte it is, and touches nothing',
		async (category) => {
			await aLink();
			const row = (await rows()).find((each) => each.channel_id === DEVICE && each.category === category)!;
			for (const at of [0, 1, 12, 13, 20, -17, -16, -1]) {
				await replace(category, flipped(row.value, at));
				const before = await rows();
				expect(await open()).toEqual({ type: 'corrupt', what: `${category}/${row.id}` });
				expect(await rows()).toEqual(before);
			}
			await replace(category, row.value.subarray(0, 20));
			expect(await open()).toEqual({ type: 'corrupt', what: `${category}/${row.id}` });
		},
	);

	it('tells a damaged secret from a wrong key when nothing but the credentials was stored yet', async () => {
		await (await opened()).saveCreds({});
		const creds = (await rows()).find((row) => row.category === 'creds')!;
		await replace('creds', flipped(creds.value, 40));
		expect(await open()).toEqual({ type: 'corrupt', what: 'creds/creds' });
		expect(await open({ current: NEW_KEY })).toEqual({ type: 'wrongKey' });
	});

	it('never takes keys without credentials for a new link', async () => {
		await aLink();
		await store.db.deleteFrom('linked_secret').where('category', '=', 'creds').execute();
		const before = await rows();
		expect(await open()).toEqual({ type: 'corrupt', what: 'creds/creds' });
		expect(await rows()).toEqual(before);
	});

	it('stores credentials together with the first key, whichever comes first', async () => {
		const { state } = await opened();
		await state.keys.set({ 'lid-mapping': { 55: '9137' } });
		expect((await rows()).map((row) => row.category)).toEqual(['creds', 'lid-mapping', 'proof']);
		expect((await opened()).state.creds.registrationId).toBe(state.creds.registrationId);
	});

	it("notices another session's credentials in its place", async () => {
		await aLink();
		await aLink(OTHER);
		const theirs = (await rows()).find((row) => row.channel_id === OTHER && row.category === 'creds')!;
		await replace('creds', theirs.value);
		expect(await open()).toEqual({ type: 'corrupt', what: 'creds/creds' });
	});

	it('tells whoever holds the socket when a secret is damaged while it is open', async () => {
		const { state } = await aLink();
		const row = (await rows()).find((each) => each.category === 'pre-key')!;
		await replace('pre-key', flipped(row.value, 30));
		await expect(state.keys.get('pre-key', ['1'])).rejects.toMatchObject({ name: 'SecretDamaged', what: 'pre-key/1' });
		expect(told).toEqual(['corrupt: pre-key/1']);
	});

	it('writes nothing once another process has taken the session, and says so', async () => {
		const { state, saveCreds, clear } = await aLink();
		const before = await rows();
		await ownSession(store, 2);
		await expect(state.keys.set({ 'lid-mapping': { 55: '9137' } })).rejects.toThrow(LeaseLost);
		await expect(saveCreds({ nextPreKeyId: 99 })).rejects.toThrow(LeaseLost);
		await expect(clear()).rejects.toThrow(LeaseLost);
		expect(await rows()).toEqual(before);
		expect(told).toEqual(['leaseLost', 'leaseLost', 'leaseLost']);
		// What could not be stored is not believed either.
		await ownSession(store, 1);
		expect(await state.keys.get('lid-mapping', ['55'])).toEqual({});
	});

	it('writes nothing that was on its way while the session changed hands', async () => {
		const { state } = await aLink();
		const before = await rows();
		let onItsWay: Promise<unknown> | undefined;
		await store.transaction(async (tx) => {
			await tx.updateTable('linked_session').set({ fence: 2 }).where('channel_id', '=', DEVICE).execute();
			onItsWay = Promise.resolve(state.keys.set({ 'lid-mapping': { 55: '9137' } })).catch((error: unknown) => error);
			if (store.dialect === 'postgres') await eventually(async () => (await waitingForLocks()) === 1);
		});
		expect(await onItsWay).toBeInstanceOf(LeaseLost);
		expect(await rows()).toEqual(before);
	});

	it('writes nothing for a process that knows it lost its lease, or never had one', async () => {
		let fence: number | null = 1;
		const auth = await openAuthState(store, DEVICE, { current: SESSION_KEY }, () => fence);
		fence = null;
		await expect(auth.type === 'ok' && auth.saveCreds({})).rejects.toThrow(LeaseLost);
		await expect((await opened(undefined, DEVICE, null)).saveCreds({})).rejects.toThrow(LeaseLost);
		// A lease taken anew is another lease: what was read under the first may be old.
		fence = 2;
		await ownSession(store, 2);
		await expect(auth.type === 'ok' && auth.saveCreds({})).rejects.toThrow(LeaseLost);
		expect(await rows()).toEqual([]);
	});

	it('deletes all secrets of its own session at once, and lets nobody write after that', async () => {
		const auth = await aLink();
		await aLink(OTHER);
		const set = auth.state.keys.set({ 'lid-mapping': { 55: '9137' } });
		await Promise.all([set, auth.clear()]);
		await expect(auth.state.keys.set({ 'lid-mapping': { 56: '9138' } })).rejects.toThrow(LeaseLost);
		await expect(auth.saveCreds({})).rejects.toThrow(LeaseLost);
		expect([...new Set((await rows()).map((row) => row.channel_id))]).toEqual([OTHER]);
		expect((await opened()).isLinked).toBe(false);
	});

	it('deletes what cannot be opened only when it is asked to', async () => {
		await aLink();
		await expect(clearAuthState(store, DEVICE, 2)).rejects.toThrow(LeaseLost);
		await clearAuthState(store, DEVICE, 1);
		expect((await opened({ current: NEW_KEY })).isLinked).toBe(false);
	});

	it('waits for a database that went away, and has stored everything when it is back', async () => {
		await store.close();
		const fragile = await fragileStore(place.settings);
		store = await openStore(fragile.settings, systemClock);
		const { state } = await aLink();
		await fragile.goAway();
		const set = state.keys.set({ 'lid-mapping': { 55: '9137' } });
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		await fragile.comeBack();
		await set;
		expect(await (await opened()).state.keys.get('lid-mapping', ['55'])).toEqual({ 55: '9137' });
		await store.close();
		await fragile.close();
		store = await openStore(place.settings, systemClock);
	});
});

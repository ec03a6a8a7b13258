/** What Baileys relies on in whatever keeps its credentials and keys. Each store's test file calls it with its own way to open. */
import { proto, type AuthenticationCreds, type AuthenticationState } from '@whiskeysockets/baileys';
import fc from 'fast-check';

export interface OpenKeyStore {
	state: AuthenticationState;
	saveCreds(update: Partial<AuthenticationCreds>): Promise<void>;
}

/** @param open opens what is stored, anew each time, with nothing left in memory from before */
export function keyStoreContract(open: () => Promise<OpenKeyStore>): void {
	it('begins with new credentials that no phone knows', async () => {
		const { creds } = (await open()).state;
		expect(creds).toMatchObject({ registered: false, nextPreKeyId: 1, accountSyncCounter: 0 });
		expect(creds.me).toBeUndefined();
		expect(creds.noiseKey.private).toHaveLength(32);
	});

	it('gives the same credentials to whoever opens next, once they were saved', async () => {
		const { state, saveCreds } = await open();
		await saveCreds(LINKED);
		const again = (await open()).state.creds;
		expect(Buffer.from(again.noiseKey.private)).toEqual(Buffer.from(state.creds.noiseKey.private));
		expect(again.signedPreKey).toEqual(asBuffers(state.creds.signedPreKey));
		expect(again.me).toEqual(LINKED.me);
		expect(proto.ADVSignedDeviceIdentity.encode(again.account!).finish()).toEqual(
			proto.ADVSignedDeviceIdentity.encode(LINKED.account).finish(),
		);
	});

	it('gives back every kind of key as it was set, to this opening and to the next', async () => {
		const first = await open();
		await first.saveCreds({});
		await first.state.keys.set(KEYS);
		for (const { keys } of [first.state, (await open()).state]) {
			expect((await keys.get('pre-key', ['7']))['7']).toEqual(KEYS['pre-key']['7']);
			expect((await keys.get('session', ['55.0']))['55.0']).toEqual(KEYS.session['55.0']);
			expect((await keys.get('identity-key', ['55.0']))['55.0']).toEqual(KEYS['identity-key']['55.0']);
			expect((await keys.get('lid-mapping', ['55']))['55']).toBe('9137');
			expect((await keys.get('device-list', ['55']))['55']).toEqual(['0', '12']);
			expect((await keys.get('sender-key-memory', ['g@g.us']))['g@g.us']).toEqual({ '55@s.whatsapp.net': true });
			expect((await keys.get('app-state-sync-version', ['regular']))['regular']).toEqual(
				KEYS['app-state-sync-version'].regular,
			);
			const sync = (await keys.get('app-state-sync-key', ['AAA']))['AAA']!;
			expect(sync).toBeInstanceOf(proto.Message.AppStateSyncKeyData);
			expect(Buffer.from(sync.keyData!)).toEqual(SYNC_KEY.keyData);
			expect(Number(sync.timestamp)).toBe(1_773_144_000);
		}
	});

	it('has nothing for what was never set, and deletes what is set to null', async () => {
		const { state, saveCreds } = await open();
		await saveCreds({});
		await state.keys.set({ 'lid-mapping': { a: '1', b: '2', c: '3' } });
		await state.keys.set({ 'lid-mapping': { a: null, c: '4' }, 'device-list': { a: null } });
		for (const { keys } of [state, (await open()).state]) {
			const found = await keys.get('lid-mapping', ['a', 'b', 'c', 'd']);
			expect(['a', 'b', 'c', 'd'].map((id) => found[id] ?? null)).toEqual([null, '2', '4', null]);
		}
	});

	it('keeps what is set at the same time, and of one key what was set last', async () => {
		const { state, saveCreds } = await open();
		await saveCreds({});
		const ids = Array.from({ length: 40 }, (_, i) => `p${i}`);
		const sets = ids.map((id) => state.keys.set({ 'device-list': { [id]: [id] }, 'lid-mapping': { same: id } }));
		await Promise.all([...sets, saveCreds({ nextPreKeyId: 813 })]);
		const again = (await open()).state;
		expect(await again.keys.get('device-list', ids)).toEqual(Object.fromEntries(ids.map((id) => [id, [id]])));
		expect(await again.keys.get('lid-mapping', ['same'])).toEqual({ same: 'p39' });
		expect(again.creds.nextPreKeyId).toBe(813);
	});

	it('hands every reader a value of its own', async () => {
		const { state, saveCreds } = await open();
		await saveCreds({});
		await state.keys.set({ 'device-list': { a: ['0'] } });
		(await state.keys.get('device-list', ['a']))['a']!.push('99');
		expect(await state.keys.get('device-list', ['a'])).toEqual({ a: ['0'] });
	});

	it('is what the last sets made of it, whatever was set, deleted and read before', async () => {
		const id = fc.constantFrom('0', '1', '2', '3', '4');
		const step = fc.record({
			values: fc.dictionary(id, fc.option(fc.uint8Array({ minLength: 1, maxLength: 9 })), {
				maxKeys: 3,
				noNullPrototype: true,
			}),
			read: fc.array(id, { maxLength: 3 }),
			reopen: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
				const first = await open();
				await first.saveCreds({});
				let { state } = first;
				await state.keys.set({ 'identity-key': { 0: null, 1: null, 2: null, 3: null, 4: null } });
				const expected: Record<string, Buffer> = {};
				for (const { values, read, reopen } of steps) {
					await state.keys.set({ 'identity-key': values });
					for (const [name, value] of Object.entries(values)) {
						if (value) expected[name] = Buffer.from(value);
						else delete expected[name];
					}
					if (reopen) ({ state } = await open());
					const found = await state.keys.get('identity-key', read);
					for (const name of read) expect(found[name] ?? null).toEqual(expected[name] ?? null);
				}
			}),
			{ numRuns: 12 },
		);
	});
}

const asBuffers = ({ keyPair, signature, keyId }: AuthenticationCreds['signedPreKey']) => ({
	keyPair: { private: Buffer.from(keyPair.private), public: Buffer.from(keyPair.public) },
	signature: Buffer.from(signature),
	keyId,
});

const LINKED = {
	me: { id: '5511987654321:3@s.whatsapp.net', lid: '9137:3@lid', name: 'Oficina Aurora' },
	account: proto.ADVSignedDeviceIdentity.create({
		details: Buffer.from('details'),
		accountSignatureKey: Buffer.alloc(32, 1),
		accountSignature: Buffer.alloc(64, 2),
		deviceSignature: Buffer.alloc(64, 3),
	}),
};

const SYNC_KEY = { keyData: Buffer.alloc(32, 9), timestamp: 1_773_144_000, fingerprint: { rawId: 5, currentIndex: 1 } };

const KEYS = {
	'pre-key': { 7: { private: Buffer.alloc(32, 1), public: Buffer.alloc(33, 2) } },
	session: {
		'55.0': { _sessions: { 'a+/=': { registrationId: 1, _chains: {} } }, version: 'v1' } as unknown as Uint8Array,
	},
	'identity-key': { '55.0': Buffer.alloc(33, 5) },
	'lid-mapping': { 55: '9137', '9137_reverse': '55' },
	'device-list': { 55: ['0', '12'] },
	'sender-key-memory': { 'g@g.us': { '55@s.whatsapp.net': true } },
	'app-state-sync-version': {
		regular: { version: 3, hash: Buffer.alloc(128, 7), indexValueMap: { 'q+w=': { valueMac: Buffer.alloc(32, 8) } } },
	},
	'app-state-sync-key': { AAA: proto.Message.AppStateSyncKeyData.create(SYNC_KEY) },
};

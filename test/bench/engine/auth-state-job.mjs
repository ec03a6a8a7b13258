// Runs in a process of its own: the same keys written and read by both stores in turn, round by round.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCacheableSignalKeyStore, useMultiFileAuthState } from '@whiskeysockets/baileys';
import { contactsWritingTo, receiver } from './signal-traffic.mjs';

const CHANNEL = 'linkedDevice:bench';
const SESSION_KEY = 'a long random text, as the credential has it';
const CONTACTS = 200;
const SETS = 100;
const AT_ONCE = 10;
const WRITERS = 20;
const MESSAGES = 200;
const PRE_KEYS = 812;
const SILENT = { trace: () => undefined };

process.once('message', async ({ dist, store: settings, folder, rounds }) => {
	const load = createRequire(join(dist, 'engine', 'index.js'));
	const { openStore } = load('./store/open-store.js');
	const { openAuthState } = load('./channel/linked-device/auth-state.js');
	const store = await openStore(settings, { now: Date.now });
	await store.db
		.insertInto('linked_session')
		.values({ channel_id: CHANNEL, state: 'connected', fence: 1, created_at: 0, updated_at: 0 })
		.execute();
	const openOurs = async () => {
		const opened = await openAuthState(store, CHANNEL, { current: SESSION_KEY }, () => 1);
		if (opened.type !== 'ok') throw new Error(`The keys cannot be opened: ${opened.type}.`);
		return opened;
	};
	const openFiles = async () => {
		await mkdir(folder, { recursive: true });
		const { state, saveCreds } = await useMultiFileAuthState(folder);
		return { state: { ...state, keys: makeCacheableSignalKeyStore(state.keys, SILENT) }, saveCreds };
	};
	const measured = { ours: [], peer: [] };
	for (let round = 0; round <= rounds; round++) {
		const keys = Array.from({ length: SETS * 5 }, (_, i) => keyOf(`55119${80_000_000 + (i % CONTACTS)}.${round % 2}`));
		const preKeys = Object.fromEntries(Array.from({ length: PRE_KEYS }, (_, i) => [round * PRE_KEYS + i, preKey()]));
		const order = round % 2 === 0 ? ['ours', 'peer'] : ['peer', 'ours'];
		for (const who of order) {
			const found = await measure(who === 'ours' ? openOurs : openFiles, keys, preKeys);
			// The first round warms up.
			if (round > 0) measured[who].push(found);
		}
	}
	await store.close();
	process.send({ ours: medians(measured.ours), peer: medians(measured.peer) });
	process.disconnect();
});

async function measure(open, keys, preKeys) {
	// What the other left unwritten must not be waited for by this one.
	execFileSync('sync');
	const first = await open();
	await first.saveCreds({});
	const firstSet = await msOf(() => first.state.keys.set({ 'pre-key': preKeys }));
	const sets = Array.from({ length: SETS }, (_, i) => ({ session: Object.fromEntries(keys.slice(i * 5, i * 5 + 5)) }));
	const before = process.cpuUsage();
	const inTurn = await msOf(async () => {
		for (const set of sets) await first.state.keys.set(set);
	});
	const { user, system } = process.cpuUsage(before);
	const atOnce = await msOf(async () => {
		for (let i = 0; i < SETS; i += AT_ONCE)
			await Promise.all(sets.slice(i, i + AT_ONCE).map((set) => first.state.keys.set(set)));
	});
	await first.state.keys.set({ 'pre-key': Object.fromEntries(Object.keys(preKeys).map((id) => [id, null])) });

	const ids = [...new Set(keys.map(([id]) => id))];
	let opened;
	const readAll = async () => {
		for (const id of ids) {
			const found = await opened.state.keys.get('session', [id]);
			if (found[id].version !== 'v1') throw new Error(`The session ${id} is lost.`);
		}
	};
	const uncached = await msOf(async () => {
		opened = await open();
		await readAll();
	});
	const cached = await msOf(readAll);
	const write = await contactsWritingTo(first.state, WRITERS);
	const decrypt = receiver(first.state);
	for (const message of await write(2)) await decrypt(message);
	const messages = await write(MESSAGES / WRITERS);
	const decrypted = await msOf(async () => {
		for (const message of messages) await decrypt(message);
	});
	const burst = await write(MESSAGES / WRITERS);
	const decryptedAtOnce = await msOf(() => Promise.all(burst.map(decrypt)));
	return {
		decrypted: MESSAGES / (decrypted / 1_000),
		decryptedAtOnce: MESSAGES / (decryptedAtOnce / 1_000),
		firstSet,
		cpuMsPerSet: (user + system) / 1_000 / SETS,
		sets: SETS / (inTurn / 1_000),
		setsAtOnce: SETS / (atOnce / 1_000),
		openAndRead: uncached,
		cached: ids.length / (cached / 1_000),
	};
}

/** A Signal session as libsignal writes it: one ratchet, two chains, some skipped messages. */
function keyOf(id) {
	const key = () => randomBytes(32).toString('base64');
	const chain = (chainType, skipped) => ({
		chainKey: { counter: 12, key: key() },
		chainType,
		messageKeys: Object.fromEntries(Array.from({ length: skipped }, (_, i) => [i, key()])),
	});
	const session = {
		registrationId: 12345,
		currentRatchet: {
			ephemeralKeyPair: { pubKey: key(), privKey: key() },
			lastRemoteEphemeralKey: key(),
			previousCounter: 3,
			rootKey: key(),
		},
		indexInfo: { baseKey: key(), baseKeyType: 2, closed: -1, used: 1, created: 1, remoteIdentityKey: key() },
		_chains: { [key()]: chain(1, 0), [key()]: chain(2, 5) },
	};
	return [id, { _sessions: { [key()]: session }, version: 'v1' }];
}

function preKey() {
	return { private: randomBytes(32), public: randomBytes(33) };
}

async function msOf(work) {
	const at = performance.now();
	await work();
	return performance.now() - at;
}

function medians(found) {
	return Object.fromEntries(
		Object.keys(found[0]).map((name) => {
			const values = found.map((each) => each[name]).sort((a, b) => a - b);
			return [name, values[values.length >> 1]];
		}),
	);
}

import { useMultiFileAuthState } from '@whiskeysockets/baileys';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuthState } from '../../../../../engine/channel/linked-device/auth-state';
import { systemClock } from '../../../../../engine/clock';
import { openStore, type Store } from '../../../../../engine/store/open-store';
import { keyStoreContract } from '../../../../contracts/key-store.contract';
import { STORES, type TestStore } from '../../../../support/each-store';
import { DEVICE, ownSession, SESSION_KEY } from '../../../../support/linked-session';

describe.each(STORES)('the keys of a linked device on $name', ({ create }) => {
	let place: TestStore;
	let store: Store;

	beforeEach(async () => {
		place = await create();
		store = await openStore(place.settings, systemClock);
		await ownSession(store);
	});
	afterEach(async () => {
		await store.close();
		await place.drop();
	});

	keyStoreContract(async () => {
		const opened = await openAuthState(store, DEVICE, { current: SESSION_KEY }, () => 1);
		if (opened.type !== 'ok') throw new Error(opened.type);
		return opened;
	});
});

describe("the contract, held against Baileys' own files", () => {
	let folder: string;
	beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'baileys-files-'))));
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	keyStoreContract(async () => {
		const { state, saveCreds } = await useMultiFileAuthState(folder);
		return { state, saveCreds: (update) => saveCreds.call(Object.assign(state.creds, update)) };
	});
});

// Writes keys of a linked device one set after another, and says which are durable, until it is killed.
import { openAuthState } from '../../../engine/channel/linked-device/auth-state';
import { systemClock } from '../../../engine/clock';
import { openStore } from '../../../engine/store/open-store';
import type { StoreSettings } from '../../../engine/store/settings';
import { DEVICE, SESSION_KEY } from '../linked-session';

export interface SecretWriterSettings {
	store: StoreSettings;
	/** The first set's number. */
	from: number;
}

if (require.main === module) {
	void (async () => {
		const { store: settings, from } = JSON.parse(process.argv[2]!) as SecretWriterSettings;
		const store = await openStore(settings, systemClock);
		const auth = await openAuthState(store, DEVICE, { current: SESSION_KEY }, () => 1);
		if (auth.type !== 'ok') throw new Error(auth.type);
		for (let n = from; ; n++) {
			const number = String(n);
			await Promise.all([
				auth.state.keys.set({
					'device-list': { a: [number], b: [number], c: [number] },
					'lid-mapping': { [number]: number },
				}),
				auth.saveCreds({ nextPreKeyId: n }),
			]);
			process.send?.(n);
		}
	})();
}

// A store that can be taken away and given back, on either database.
import { DatabaseSync } from 'node:sqlite';
import type { StoreSettings } from '../../engine/store/settings';
import { startTcpProxy } from './tcp-proxy';

export interface FragileStore {
	settings: StoreSettings;
	goAway(): Promise<void>;
	comeBack(): Promise<void>;
	close(): Promise<void>;
}

export async function fragileStore(settings: StoreSettings): Promise<FragileStore> {
	return settings.type === 'postgres' ? await behindDoor(settings) : lockable(settings);
}

/** PostgreSQL behind a door that cuts every connection and refuses new ones. */
async function behindDoor({
	connection,
	...rest
}: Extract<StoreSettings, { type: 'postgres' }>): Promise<FragileStore> {
	let isAway = false;
	const url = new URL((connection as { connectionString: string }).connectionString);
	const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
	url.hostname = '127.0.0.1';
	url.port = String(proxy.port);
	return {
		settings: { ...rest, connection: { connectionString: url.href } },
		goAway: async () => {
			isAway = true;
			await proxy.shut();
		},
		comeBack: async () => {
			if (isAway) await proxy.open();
			isAway = false;
		},
		close: () => proxy.shut(),
	};
}

/** SQLite that somebody else keeps locked, as a backup might. */
function lockable(settings: Extract<StoreSettings, { type: 'sqlite' }>): FragileStore {
	let holder: DatabaseSync | undefined;
	const comeBack = async () => {
		holder?.close();
		holder = undefined;
	};
	return {
		settings,
		comeBack,
		close: comeBack,
		goAway: async () => {
			holder = new DatabaseSync(settings.path, { timeout: 5_000 });
			holder.exec('begin immediate');
		},
	};
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreSettings } from '../../engine/store/settings';
import { freshDatabase, hasPostgres } from './real-postgres';

/** A store of its own for a test, and how to throw it away. */
export interface TestStore {
	settings: StoreSettings;
	drop(): Promise<void>;
}

/** The databases the desk runs on; a suite runs once for each. */
export const STORES: ReadonlyArray<{ name: 'sqlite' | 'postgres'; create(): Promise<TestStore> }> = [
	{
		name: 'sqlite',
		async create() {
			const folder = mkdtempSync(join(tmpdir(), 'desk-store-'));
			return {
				settings: { type: 'sqlite', path: join(folder, 'whatsapp-desk.sqlite') },
				drop: async () => rmSync(folder, { recursive: true, force: true }),
			};
		},
	},
	...(hasPostgres()
		? [
				{
					name: 'postgres' as const,
					async create() {
						const database = await freshDatabase('desk');
						return {
							settings: { type: 'postgres' as const, poolSize: 4, connection: { connectionString: database.url } },
							drop: () => database.drop(),
						};
					},
				},
			]
		: []),
];

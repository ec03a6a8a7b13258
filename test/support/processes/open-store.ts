// Opens a store, says how many migrations were applied, and goes.
import { systemClock } from '../../../engine/clock';
import { appliedMigrations } from '../../../engine/store/migrations';
import { openStore } from '../../../engine/store/open-store';

if (require.main === module) {
	void (async () => {
		const store = await openStore(JSON.parse(process.argv[2]!), systemClock);
		const applied = await appliedMigrations(store.db);
		await store.close();
		process.send?.(applied.length, () => process.disconnect());
	})();
}

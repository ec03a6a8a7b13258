// A process of the desk that may be killed at any moment: webhook server, router and outbox against a simulator elsewhere.
import { SimulatorClient } from '../../../simulator/client';
import type { StoreSettings } from '../../../engine';
import { startRig, type RigOptions } from '../desk-rig';

export interface CrashWorkerSettings {
	store: StoreSettings;
	simulatorUrl: string;
	/** Always the same, as the address of a real installation. */
	port: number;
	rig: Pick<RigOptions, 'config' | 'reconcileMs' | 'batchSize' | 'listen' | 'credentials'>;
}

if (require.main === module) {
	const { store, simulatorUrl, port, rig } = JSON.parse(process.argv[2]!) as CrashWorkerSettings;
	const simulator = { url: simulatorUrl, admin: new SimulatorClient(simulatorUrl), close: async () => undefined };
	void startRig(store, { ...rig, simulator, port }).then(
		() => process.send?.('ready'),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
}

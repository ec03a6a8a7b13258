// A process that runs the payment ladder once and may be killed at any moment in it.
import type { DunningPolicy, Receivable, StoreSettings } from '../../../engine';
import { SimulatorClient } from '../../../simulator/client';
import { startRig } from '../desk-rig';
import { MovingClock } from '../moving-clock';
import { runLadder } from '../run-ladder';

export interface PlanningWorkerSettings {
	store: StoreSettings;
	simulatorUrl: string;
	/** Always the same, as the address of a real installation; null: it hears no delivery reports. */
	port: number | null;
	/** Its clock when the machine's shows 0. */
	offsetMs: number;
	reconcileMs: number;
	receivables: Receivable[];
	policy: DunningPolicy;
}

if (require.main === module) {
	const settings = JSON.parse(process.argv[2]!) as PlanningWorkerSettings;
	const { store, simulatorUrl, port, offsetMs, reconcileMs, receivables, policy } = settings;
	const clock = new MovingClock();
	clock.advance(offsetMs);
	const simulator = { url: simulatorUrl, admin: new SimulatorClient(simulatorUrl), close: async () => undefined };
	void startRig(store, { simulator, port: port ?? undefined, clock, reconcileMs, listen: false })
		.then(async ({ desk, channelId }) => {
			process.send?.('ready');
			await runLadder(desk, { channelId, receivables, policy });
			process.send?.('done');
		})
		.catch((error: unknown) => {
			console.error(error);
			process.exit(1);
		});
}

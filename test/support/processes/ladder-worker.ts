// A process that runs the payment ladder several times at once and may be killed at any moment.
import { sendMessages } from '../../../engine';
import type { DunningPlan } from '../../../engine/dunning/types';
import { SimulatorClient } from '../../../simulator/client';
import { startRig } from '../desk-rig';
import type { CrashWorkerSettings } from './crash-worker';

export interface LadderWorkerSettings extends CrashWorkerSettings {
	/** One reminder each. */
	reminders: Array<{ phone: string; plan: DunningPlan }>;
	/** How many runs look at the same list at the same moment. */
	runs: number;
	/** Reminders of one transaction. */
	atOnce: number;
}

if (require.main === module) {
	const settings = JSON.parse(process.argv[2]!) as LadderWorkerSettings;
	void run(settings).catch((error: unknown) => {
		console.error(error);
		process.exit(1);
	});
}

async function run({ store, simulatorUrl, port, rig, reminders, runs, atOnce }: LadderWorkerSettings): Promise<void> {
	const simulator = { url: simulatorUrl, admin: new SimulatorClient(simulatorUrl), close: async () => undefined };
	const { desk, channelId } = await startRig(store, { ...rig, simulator, port });
	process.send?.('ready');
	const ladder = async (from: number) => {
		const turned = [...reminders.slice(from), ...reminders.slice(0, from)];
		for (let i = 0; i < turned.length; i += atOnce) {
			const requests = turned.slice(i, i + atOnce).map(({ phone, plan }) => ({
				...{ channelId, recipient: { type: 'phone' as const, phone }, origin: 'bot' as const, dunning: plan },
				content: { type: 'text' as const, text: plan.steps.map(({ number }) => number).join(', ') },
			}));
			await sendMessages(desk, requests, 0);
		}
	};
	await Promise.all(Array.from({ length: runs }, (_, i) => ladder(Math.floor((reminders.length * i) / runs))));
	process.send?.('done');
}

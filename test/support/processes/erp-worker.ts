// A process that takes what an ERP delivers and runs for it, and may be killed at any moment.
import { openDesk, type StoreSettings } from '../../../engine';
import { erpCall, SOURCE } from '../erp-calls';

export type ErpWorkerMessage =
	| { type: 'ready' }
	/** The delivery of this number was answered. */
	| { type: 'answered'; delivery: number; status: number }
	/** A run began, ended. */
	| { type: 'began' | 'ended'; charges: string[] };

/** What the parent sends. */
export interface ErpDeliveryMessage {
	delivery: number;
	body: string;
}

const RUN_MS = 20;

async function work(store: StoreSettings): Promise<void> {
	const send = (message: ErpWorkerMessage) => process.send?.(message);
	const desk = await openDesk({ store });
	process.on('message', ({ delivery, body }: ErpDeliveryMessage) => {
		void desk.receiveErp(erpCall(body)).then(({ status }) => send({ type: 'answered', delivery, status }));
	});
	await desk.listenToErp({
		source: SOURCE,
		workflowId: 'fluxoErp00000001',
		batchSize: 10,
		runForIgnored: true,
		raw: false,
		emit: async (items) => {
			const charges = items.map((item) => item.sourceId!);
			send({ type: 'began', charges });
			await new Promise((resolve) => setTimeout(resolve, RUN_MS));
			send({ type: 'ended', charges });
			return 'succeeded';
		},
		onFailed: async () => undefined,
	});
	send({ type: 'ready' });
}

if (require.main === module) {
	void work(JSON.parse(process.argv[2]!) as StoreSettings).catch((error: unknown) => {
		console.error(error);
		process.exit(1);
	});
	// The desk's own timers keep nobody alive.
	setInterval(() => undefined, 60_000);
}

import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator/server';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver';

/** Ana's simulator with a callback, and the two calls every test makes. */
export const ANA = '5511987654321';
export const BRUNO = '5521976543210';
const GRAPH = '/v26.0/109876543210987';

export interface Rehearsal {
	simulator: Simulator;
	receiver: WebhookReceiver;
	/** POST /{phone-number-id}/messages with the usual head. */
	send(body: Record<string, unknown>): Promise<{ status: number; body: any }>;
	graph(method: string, path: string, init?: RequestInit): Promise<{ status: number; body: any }>;
	/** The statuses received so far, as `status` words by wamid. */
	statuses(): any[];
	close(): Promise<void>;
}

export async function startRehearsal(options: SimulatorOptions = {}): Promise<Rehearsal> {
	const receiver = await startWebhookReceiver();
	const simulator = await startSimulator({ ...options, number: { callbackUrl: receiver.url, ...options.number } });
	const graph: Rehearsal['graph'] = async (method, path, init = {}) => {
		const response = await fetch(`${simulator.url}${path}`, {
			method,
			...init,
			headers: { authorization: 'Bearer demo-token', ...init.headers },
		});
		const text = await response.text();
		return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
	};
	return {
		simulator,
		receiver,
		graph,
		send: (body) =>
			graph('POST', `${GRAPH}/messages`, {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ messaging_product: 'whatsapp', to: `+${ANA}`, ...body }),
			}),
		statuses: () => receiver.changes().flatMap((change) => change.value.statuses ?? []),
		close: async () => {
			await simulator.close();
			await receiver.close();
		},
	};
}

export function text(body: string): Record<string, unknown> {
	return { type: 'text', text: { body } };
}

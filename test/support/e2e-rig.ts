import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { DEMO_NUMBER } from '../../simulator/options';
import { startSimulator, type Simulator } from '../../simulator/server';
import type { NewTemplate } from '../../simulator/templates/model';
import { openFrontDoor } from './front-door';
import { startN8n, type RealN8n, type RealN8nOptions } from './real-n8n';

/** A real n8n with the pack installed, joined with a simulator: what a customer writes there reaches the published workflows. */
export interface E2eRig {
	simulator: Simulator;
	n8n: RealN8n;
	/** Lines of the desk's timeline of this event, oldest first (SQLite only). */
	timeline(event: string): Array<{ text: string; data: any }>;
	/** What a query finds in the desk's own database (SQLite only). */
	rows(sql: string, ...values: string[]): Array<Record<string, unknown>>;
	close(): Promise<void>;
}

export const DEMO_CREDENTIAL = 'WhatsApp Cloud API';

/**
 * `credentials` come beside the one of the demo's number, `templates` are approved from the start; with `whatsAppWeb`
 * linked devices find the simulator too; with `frontDoor` webhooks come in only while n8n is ready.
 */
export async function startE2eRig({
	templates,
	whatsAppWeb,
	frontDoor,
	...options
}: RealN8nOptions & { templates?: NewTemplate[]; whatsAppWeb?: boolean; frontDoor?: boolean }): Promise<E2eRig> {
	const simulator = await startSimulator({ templates, whatsAppWeb });
	const n8n = await startN8n({
		...options,
		webPointer: simulator.webPointer,
		credentials: [
			{
				name: DEMO_CREDENTIAL,
				type: 'whatsAppCloudApi',
				data: {
					accessToken: DEMO_NUMBER.token,
					phoneNumberId: DEMO_NUMBER.phoneNumberId,
					wabaId: DEMO_NUMBER.wabaId,
					appId: DEMO_NUMBER.appId,
					appSecret: DEMO_NUMBER.appSecret,
					verifyToken: DEMO_NUMBER.verifyToken,
					graphVersion: 'v26.0',
					baseUrl: simulator.url,
				},
			},
			...(options.credentials ?? []),
		],
	}).catch(async (error) => {
		await simulator.close();
		throw error;
	});
	const door = frontDoor ? await openFrontDoor(n8n.url) : null;
	await simulator.admin.setNumber({
		phoneNumberId: DEMO_NUMBER.phoneNumberId,
		callbackUrl: `${door?.url ?? n8n.url}/webhook/whatsapp-desk/cloud-api`,
	});
	const rows: E2eRig['rows'] = (sql, ...values) => {
		const database = new DatabaseSync(join(n8n.userFolder, '.n8n', 'whatsapp-desk.sqlite'), { readOnly: true });
		try {
			return database.prepare(sql).all(...values);
		} finally {
			database.close();
		}
	};
	return {
		simulator,
		n8n,
		rows,
		timeline: (event) =>
			rows('select text, data from timeline where event = ? order by seq', event).map((row) => ({
				text: String(row.text),
				data: JSON.parse(String(row.data)),
			})),
		async close() {
			await n8n.stop();
			await simulator.close();
			await door?.close();
		},
	};
}

/** A workflow that answers every text with the same words: the least a desk can do. */
export const ECHO_WORKFLOW = {
	id: 'firstReply000001',
	name: 'Responde',
	nodes: [
		{
			id: '11111111-1111-4111-8111-111111111111',
			name: 'Chegou mensagem',
			type: 'n8n-nodes-whatsapp-desk.whatsAppTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '22222222-2222-4222-8222-222222222222',
			name: 'Responder',
			type: 'n8n-nodes-whatsapp-desk.sendMessage',
			typeVersion: 1,
			position: [200, 0],
			parameters: { text: '={{ "Você disse: " + $json.text }}' },
		},
	],
	connections: { 'Chegou mensagem': { main: [[{ node: 'Responder', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};

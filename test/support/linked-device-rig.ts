/** A company whose number is linked by QR code, in a real n8n: its credential, its workflows, and the console as a program uses it. */
import type { MessageView } from '../../simulator/view';
import { numberIdOf } from '../../simulator/whatsapp-web/client';
import type { E2eRig } from './e2e-rig';
import { until } from './desk-tool';

type Json = Record<string, any>;

export const SESSION = 'atendimento';
export const CHANNEL = `linkedDevice:${SESSION}`;
export const COMPANY = '5511930000001';
export const CONSOLE_PASSWORD = 'senha do console 1';

export const DEVICE_CREDENTIAL = {
	name: 'WhatsApp por QR Code',
	type: 'whatsAppLinkedDevice',
	data: { sessionName: SESSION, sessionKey: 'uma chave que só existe neste teste', previousSessionKey: '' },
};

export const CONSOLE_CREDENTIAL = {
	name: 'Desk Console',
	type: 'deskConsole',
	data: { password: CONSOLE_PASSWORD },
};

/** The same workflow on the other channel: nothing changes but which credential its nodes ask for. */
export function overLinkedDevice<W extends { nodes: Json[] }>(workflow: W): W {
	const asked = ['whatsAppTrigger', 'sendMessage', 'sendTemplate'];
	const nodes = workflow.nodes.map((node) =>
		asked.some((name) => node.type.endsWith(`.${name}`))
			? { ...node, parameters: { ...node.parameters, connectThrough: 'linkedDevice' } }
			: node,
	);
	return { ...workflow, nodes };
}

/** What the company's bot said to a customer, as the customer's phone shows it. */
export async function repliesTo(rig: E2eRig, waId: string): Promise<MessageView[]> {
	return await rig.simulator.admin.messages(waId, { from: 'business', phoneNumberId: numberIdOf(COMPANY) });
}

/** The node that serves the pages, alone. */
export const CONSOLE_WORKFLOW = {
	id: 'deskConsole00001',
	name: 'Console',
	nodes: [
		{
			id: '0c000000-0000-4000-8000-000000000001',
			name: 'Desk Console',
			type: 'n8n-nodes-whatsapp-desk.deskConsole',
			typeVersion: 2,
			position: [0, 0],
			webhookId: '0c000000-0000-4000-8000-000000000002',
			parameters: {},
		},
	],
	connections: {},
	settings: { executionOrder: 'v1' },
};

/** What the page shows and its buttons do, without a browser. */
export interface ConsoleClient {
	/** The session, as the page gets it. */
	device(): Promise<Json>;
	activate(): Promise<void>;
	deactivate(): Promise<void>;
	/** Waits until the session is at one of these. */
	until(states: string | string[], patienceMs?: number): Promise<Json>;
}

/** Signs in; good for as long as the desk's database is, whatever becomes of n8n meanwhile. */
export async function openConsole(rig: Pick<E2eRig, 'n8n'>): Promise<ConsoleClient> {
	const url = `${rig.n8n.webhookUrl}/whatsapp-desk`;
	const headers: Record<string, string> = { origin: new URL(url).origin, 'content-type': 'application/json' };
	const ask = async (api: string, body?: Json): Promise<Json> => {
		const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
		const response = await fetch(`${url}?api=${api}`, { headers, ...init });
		if (!response.ok) throw new Error(`The console answered ${response.status} to ${api}: ${await response.text()}`);
		const [cookie] = response.headers.getSetCookie();
		if (cookie) headers.cookie = cookie.split(';')[0]!;
		return (await response.json()) as Json;
	};
	const { csrf } = await ask('signIn', { password: CONSOLE_PASSWORD, path: new URL(url).pathname });
	headers['x-desk-csrf'] = csrf;
	const device = async () => (await ask('state')).devices.find((one: Json) => one.channelId === CHANNEL);
	return {
		device,
		activate: async () => void (await ask('activate', { channelId: CHANNEL, phone: `+${COMPANY}` })),
		deactivate: async () => void (await ask('deactivate', { channelId: CHANNEL })),
		until: async (states, patienceMs = 60_000) => {
			const look = async () => {
				const now = await device();
				return [states].flat().includes(now?.state) ? now : undefined;
			};
			return await until(`the session to be ${[states].flat().join(' or ')}`, look, patienceMs);
		},
	};
}

/** Activates the number and lets its phone scan the code; resolves when messages come and go. */
export async function link(rig: E2eRig, console: ConsoleClient): Promise<void> {
	await console.activate();
	const { qr } = await console.until('scan');
	await rig.simulator.admin.web.scan(qr.code, COMPANY, 'Oficina Aurora');
	await console.until('connected');
}

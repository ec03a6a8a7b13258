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

/** What the desk knows of the session. */
export function sessionOf(rig: E2eRig): Json {
	return rig.rows('select * from linked_session where channel_id = ?', CHANNEL)[0] ?? {};
}

/** Waits until the session is at this. */
export async function untilState(rig: E2eRig, state: string, patienceMs = 60_000): Promise<Json> {
	return await until(
		`the session to be ${state}`,
		() => Promise.resolve(sessionOf(rig).state === state ? sessionOf(rig) : undefined),
		patienceMs,
	);
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

/** What the page's buttons do, without a browser. */
export async function signIn(consoleUrl: string): Promise<(api: string, body: Json) => Promise<Json>> {
	const origin = new URL(consoleUrl).origin;
	const headers: Record<string, string> = { origin, 'content-type': 'application/json' };
	const post = async (api: string, body: Json) => {
		const response = await fetch(`${consoleUrl}?api=${api}`, { method: 'POST', headers, body: JSON.stringify(body) });
		if (!response.ok) throw new Error(`The console answered ${response.status} to ${api}: ${await response.text()}`);
		const [cookie] = response.headers.getSetCookie();
		if (cookie) headers.cookie = cookie.split(';')[0]!;
		return (await response.json()) as Json;
	};
	const { csrf } = await post('signIn', { password: CONSOLE_PASSWORD, path: new URL(consoleUrl).pathname });
	headers['x-desk-csrf'] = csrf;
	return post;
}

/** Activates the number and lets its phone scan the code; resolves when messages come and go. */
export async function link(rig: E2eRig): Promise<void> {
	const console = await signIn(`${rig.n8n.webhookUrl}/whatsapp-desk`);
	await console('activate', { channelId: CHANNEL, phone: `+${COMPANY}` });
	const { qr } = await untilState(rig, 'scan');
	await rig.simulator.admin.web.scan(qr, COMPANY, 'Oficina Aurora');
	await untilState(rig, 'connected');
}

// A desk that only sends: messages go in as a Send node hands them over, and a channel takes them.
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const CREDENTIALS = {
	accessToken: 'bench-token',
	phoneNumberId: '109876543210987',
	wabaId: '102030405060708',
	appSecret: 'bench-app-secret',
	verifyToken: 'bench-verify-token',
	graphVersion: 'v26.0',
	baseUrl: 'http://127.0.0.1:9',
};

export const TEMPLATE_NAME = 'aviso_de_pedido';
export const TEMPLATE_BODY = 'Olá {{1}}, o seu pedido saiu para entrega. Obrigado!';

/** One filled template, as the engine's fillTemplate makes it. */
export const template = (name) => ({
	type: 'template',
	name: TEMPLATE_NAME,
	language: 'pt_BR',
	category: 'utility',
	parameterFormat: 'positional',
	header: null,
	body: [{ name: '1', text: name }],
	buttons: [],
	text: TEMPLATE_BODY.replace('{{1}}', name),
	options: [],
});

/**
 * @param {{ dist: string, store: object, credentials?: object }} options with credentials the real Cloud API channel is used, else
 * one that accepts everything at once
 */
export async function openSendingDesk({ dist, store, credentials }) {
	const load = createRequire(join(dist, 'engine', 'index.js'));
	const { openDesk, sendMessages, cloudApiChannelId } = load('./index.js');
	const { CLOUD_API_CAPABILITIES } = load('./channel/cloud-api/channel.js');
	const desk = await openDesk({ store, log: (message, details) => console.error(message, details) });
	const channelId = cloudApiChannelId(CREDENTIALS.phoneNumberId);
	let wamids = 0;
	const accepting = {
		id: channelId,
		kind: 'cloudApi',
		capabilities: CLOUD_API_CAPABILITIES,
		async send({ address }) {
			await new Promise((resolve) => setImmediate(resolve));
			return { type: 'sent', providerMessageId: `wamid.${Date.now()}${wamids++}`, waId: address, bsuid: null };
		},
		markRead: async () => ({ type: 'ok' }),
		status: async () => ({ ok: true, phone: null, name: null, quality: 'green', problems: [] }),
	};
	const channel = credentials
		? await desk.useCloudApi(credentials)
		: desk.channels.use(channelId, 'accepting', () => accepting).channel;
	return {
		desk,
		channel,
		channelId,
		/** Hands messages over together, as a node does, and waits until each was accepted. */
		async send(messages) {
			const outcomes = await sendMessages(
				desk,
				messages.map(({ phone, content }) => ({
					channelId,
					recipient: { type: 'phone', phone },
					content,
					origin: 'bot',
					kind: 'notification',
				})),
				300_000,
			);
			const failed = outcomes.filter(({ status }) => status !== 'sent');
			if (failed.length > 0) throw new Error(`${failed.length} were not sent, e.g. ${JSON.stringify(failed[0])}`);
		},
	};
}

import { createCloudApiChannel } from '../../../../../engine/channel/cloud-api/channel';
import { parseWebhook } from '../../../../../engine/channel/cloud-api/parse';
import type { InboundEvent } from '../../../../../engine/model';
import { DEMO_NUMBER } from '../../../../../simulator/options';
import { startSimulator } from '../../../../../simulator/server';
import { channelContract } from '../../../../contracts/channel-contract';
import type { PlayedChannel } from '../../../../contracts/played-channel';
import { demoCredentials } from '../../../../support/demo-credentials';
import { startWebhookReceiver } from '../../../../support/webhook-receiver';

async function open(): Promise<PlayedChannel> {
	const { phoneNumberId, wabaId } = DEMO_NUMBER;
	const simulator = await startSimulator();
	const receiver = await startWebhookReceiver();
	const { admin } = simulator;
	const events: InboundEvent[] = [];
	receiver.answer = ({ body }) => {
		events.push(...parseWebhook(body, Date.now()).events.map(({ event }) => event));
		return 200;
	};
	await admin.setNumber({ phoneNumberId, callbackUrl: receiver.url });
	await admin.addTemplate({
		...{ wabaId, name: 'lembrete', language: 'pt_BR', category: 'UTILITY', status: 'APPROVED' },
		components: [{ type: 'BODY', text: 'Olá, {{1}}. Sua fatura vence amanhã.', example: { body_text: [['Ana']] } }],
	});
	const channel = createCloudApiChannel(demoCredentials(simulator.url));
	const dead = createCloudApiChannel(demoCredentials());
	return {
		...{ channel, events, admin, phoneNumberId },
		typesOnPhone: (waId, text) => admin.typeOnCompanyPhone(waId, text),
		unreachable: () => Promise.resolve(dead),
		async close() {
			channel.close?.();
			dead.close?.();
			await simulator.close();
			await receiver.close();
		},
	};
}

describe('the Cloud API as a channel', () => {
	channelContract(open, {
		checksNumbers: 'the official API tells nobody who is on WhatsApp; a refused message does',
		sameIdOnce: 'Graph has no key by which a message could be repeated safely, so it never is',
	});
});

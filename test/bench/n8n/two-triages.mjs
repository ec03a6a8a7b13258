// One n8n with the triage built twice, and one simulator with a number for each.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { connectToN8n } from '../../../scripts/lib/n8n-rest.mjs';
import { DEMO_OWNER, encryptionKeyOf, n8nEnv, prepareUserFolder, startN8n } from '../../../scripts/lib/n8n.mjs';
import { linkPack } from '../../../scripts/lib/pack.mjs';
import { anyFreePort } from '../../../scripts/lib/ports.mjs';
import { BUILT_IN_PATH, builtInWorkflow, STATE_TABLE } from './built-in-workflow.mjs';
import { deskWorkflows } from './desk-workflows.mjs';

const SECRET = 'bench-app-secret';
const TOKEN = 'bench-token';
const OURS = { phoneNumberId: '100000000000001', wabaId: '200000000000001', displayPhone: '+55 11 3000-0001' };
const PEER = { phoneNumberId: '100000000000002', wabaId: '200000000000002', displayPhone: '+55 11 3000-0002' };

/** @param {import('../benchmarks.mjs').BenchOptions} options */
export async function startTwoTriages({ dist, folder, profiles, n8n }) {
	const { startSimulator } = createRequire(join(dist, 'simulator', 'server.js'))('./server.js');
	const number = { token: TOKEN, appSecret: SECRET, verifyToken: 'bench-verify-token' };
	const simulator = await startSimulator({
		number: { ...number, ...OURS },
		contacts: [],
		settings: { historyLimit: 50 },
	});

	const { runtime, template, nodes } = await n8n();
	const userFolder = join(folder, 'n8n');
	mkdirSync(userFolder);
	await prepareUserFolder(join(userFolder), template);
	await linkPack(nodes, userFolder);
	const [port, brokerPort] = [await anyFreePort(), await anyFreePort()];
	const encryptionKey = await encryptionKeyOf(userFolder);
	const env = {
		...n8nEnv({ runtime, userFolder, port, brokerPort, encryptionKey }),
		...(profiles ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profiles}` } : {}),
	};
	const service = await startN8n({ runtime, env, log: join(folder, 'n8n.log') });
	const url = `http://127.0.0.1:${port}`;
	try {
		await publishBoth(await connectToN8n(url, DEMO_OWNER), simulator.url);
		await simulator.admin.setNumber({ ...OURS, callbackUrl: `${url}/webhook/whatsapp-desk/cloud-api` });
		await simulator.admin.setNumber({ ...number, ...PEER, callbackUrl: `${url}/webhook/${BUILT_IN_PATH}` });
	} catch (error) {
		await service.stop();
		await simulator.close();
		throw error;
	}
	return {
		pid: service.pid,
		simulator,
		sides: [
			{ key: 'ours', phoneNumberId: OURS.phoneNumberId, firstWaId: 5511910000000 },
			{ key: 'peer', phoneNumberId: PEER.phoneNumberId, firstWaId: 5511920000000 },
		],
		tail: () => service.tail(),
		async stop() {
			await service.stop();
			await simulator.close();
		},
	};
}

async function publishBoth(rest, graphUrl) {
	const store = async (name, type, data) => {
		const { id } = await rest.credentials.put({ name, type, data });
		return { id, name };
	};
	const cloudApi = await store('Bench: WhatsApp Cloud API', 'whatsAppCloudApi', {
		accessToken: TOKEN,
		phoneNumberId: OURS.phoneNumberId,
		wabaId: OURS.wabaId,
		appSecret: SECRET,
		verifyToken: 'bench-verify-token',
		graphVersion: 'v26.0',
		baseUrl: graphUrl,
	});
	const secret = await store('Bench: app secret', 'crypto', { hmacSecret: SECRET });
	const token = await store('Bench: token', 'httpHeaderAuth', { name: 'Authorization', value: `Bearer ${TOKEN}` });
	const { id: projectId } = await rest.call('GET', '/projects/personal');
	const { id: tableId } = await rest.call('POST', `/projects/${projectId}/data-tables`, STATE_TABLE);
	const workflows = [
		...deskWorkflows(cloudApi),
		builtInWorkflow({ graphUrl, phoneNumberId: PEER.phoneNumberId, tableId, secret, token }),
	];
	for (const workflow of workflows) await rest.workflows.publish((await rest.workflows.put(workflow)).id);
}

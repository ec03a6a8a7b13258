// The same 1,000 templates to the same number of people, sent by one run of Send Template and by one run of n8n's own WhatsApp
// node, in turns in the same n8n: how many go out per second, and at what cost?
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectToN8n } from '../../../scripts/lib/n8n-rest.mjs';
import { DEMO_OWNER, encryptionKeyOf, n8nEnv, prepareUserFolder, startN8n } from '../../../scripts/lib/n8n.mjs';
import { linkPack } from '../../../scripts/lib/pack.mjs';
import { anyFreePort } from '../../../scripts/lib/ports.mjs';
import { TEMPLATE_BODY, TEMPLATE_NAME } from '../engine/sending-desk.mjs';
import { figure } from '../figures.mjs';
import { costOfTree } from './process-tree.mjs';
import { CREDENTIALS, sendingWorkflows } from './sending-workflows.mjs';

const TEMPLATES = 1_000;

/** @type {import('../benchmarks.mjs').Benchmark} */
export const n8nSendTemplate = {
	name: 'templates in n8n, beside the built-in node',
	async run(options) {
		const { startSimulator } = createRequire(join(options.dist, 'simulator', 'server.js'))('./server.js');
		const { phoneNumberId, wabaId, accessToken: token, appSecret, verifyToken } = CREDENTIALS;
		const simulator = await startSimulator({
			number: { phoneNumberId, wabaId, token, appSecret, verifyToken, displayPhone: '+55 11 3000-0001' },
			contacts: [],
			settings: { historyLimit: 50 },
		});
		await simulator.admin.addTemplate({
			wabaId,
			name: TEMPLATE_NAME,
			language: 'pt_BR',
			category: 'UTILITY',
			status: 'APPROVED',
			components: [{ type: 'BODY', text: TEMPLATE_BODY, example: { body_text: [['Ana']] } }],
		});
		const service = await startBenchN8n(options, simulator.url);
		try {
			const { ours, peer } = await measureInTurns(service, options);
			return [
				figure('n8n: templates sent by one run', {
					ours: ours.perSecond,
					peer: peer.perSecond,
					goal: 'ratio >= 2',
					unit: 'messages/s',
				}),
				figure('n8n: CPU per template', { ours: ours.cpuMs, peer: peer.cpuMs, unit: 'ms' }),
			];
		} finally {
			await service.stop();
			await simulator.close();
		}
	},
};

async function startBenchN8n({ folder, n8n }, graphUrl) {
	const { runtime, template, nodes } = await n8n();
	const userFolder = join(folder, 'n8n-templates');
	mkdirSync(userFolder);
	await prepareUserFolder(userFolder, template);
	await linkPack(nodes, userFolder);
	const [port, brokerPort] = [await anyFreePort(), await anyFreePort()];
	const env = {
		...n8nEnv({ runtime, userFolder, port, brokerPort, encryptionKey: await encryptionKeyOf(userFolder) }),
		NODE_OPTIONS: `--require ${fileURLToPath(new URL('./graph-to-simulator.cjs', import.meta.url))}`,
		BENCH_GRAPH_URL: graphUrl,
	};
	const service = await startN8n({ runtime, env, log: join(folder, 'n8n-templates.log') });
	const url = `http://127.0.0.1:${port}`;
	const rest = await connectToN8n(url, DEMO_OWNER);
	for (const workflow of await sendingWorkflows(rest, graphUrl)) {
		await rest.workflows.publish((await rest.workflows.put(workflow)).id);
	}
	return { url, pid: service.pid, stop: () => service.stop() };
}

async function measureInTurns({ url, pid }, { quick, say }) {
	const found = { ours: [], peer: [] };
	let first = 0;
	for (let round = 0; round <= (quick ? 3 : 7); round++) {
		for (const key of round % 2 === 0 ? ['ours', 'peer'] : ['peer', 'ours']) {
			const people = Array.from({ length: TEMPLATES }, (_, i) => ({
				phone: `+55119${String(10_000_000 + first + i)}`,
				name: `Cliente ${i}`,
			}));
			first += TEMPLATES;
			const before = { at: performance.now(), ...costOfTree(pid) };
			const sent = await runOnce(`${url}/webhook/bench-${key}`, people);
			if (sent !== TEMPLATES) throw new Error(`${key} sent ${sent} of ${TEMPLATES}.`);
			const seconds = (performance.now() - before.at) / 1_000;
			const cpuMs = (costOfTree(pid).cpuMs - before.cpuMs) / TEMPLATES;
			say(`${key}: ${(TEMPLATES / seconds).toFixed(0)}/s`);
			// The first round warms both up and is not counted.
			if (round > 0) found[key].push({ perSecond: TEMPLATES / seconds, cpuMs });
		}
	}
	return { ours: median(found.ours), peer: median(found.peer) };
}

/** One run, from the request to the answer of its last node. @returns how many items it says were sent */
async function runOnce(url, people) {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ people }),
	});
	if (!response.ok) throw new Error(`${url} answered ${response.status} ${await response.text()}`);
	return (await response.json()).sent;
}

function median(all) {
	const of = (key) => all.map((each) => each[key]).toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
	return { perSecond: of('perSecond'), cpuMs: of('cpuMs') };
}

// What does it cost to send 10,000 messages to 10,000 people, from the node's hand-over to the answer of the API? The simulated
// API runs in this process, the desk in its own; the same requests sent bare show how much of it is HTTP.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { figure } from '../figures.mjs';
import { runJob } from '../job.mjs';
import { CREDENTIALS, TEMPLATE_BODY, TEMPLATE_NAME } from './sending-desk.mjs';

const MESSAGES = 10_000;

/** @type {import('../benchmarks.mjs').Benchmark} */
export const engineSending = {
	name: 'engine with the simulated API: sending',
	async run(options) {
		const { startSimulator } = createRequire(join(options.dist, 'simulator', 'server.js'))('./server.js');
		const { baseUrl: _, graphVersion: __, accessToken: token, ...number } = CREDENTIALS;
		const simulator = await startSimulator({
			number: { ...number, token, displayPhone: '+55 11 3000-0001', callbackUrl: null },
			contacts: [],
			settings: { historyLimit: 50 },
		});
		try {
			await simulator.admin.addTemplate({
				wabaId: CREDENTIALS.wabaId,
				name: TEMPLATE_NAME,
				language: 'pt_BR',
				category: 'UTILITY',
				status: 'APPROVED',
				components: [{ type: 'BODY', text: TEMPLATE_BODY, example: { body_text: [['Ana']] } }],
			});
			options.say(`${MESSAGES.toLocaleString('en-US')} messages to as many contacts, three times`);
			const input = {
				dist: options.dist,
				store: { type: 'sqlite', path: join(options.folder, 'sending.sqlite') },
				credentials: { ...CREDENTIALS, baseUrl: simulator.url },
				messages: MESSAGES,
			};
			const found = await runJob('./engine/sending-job.mjs', input, options);
			await provedInOrder(simulator, found.lanes);
			return [
				figure('engine with the simulated API, SQLite: messages accepted', {
					ours: found.perSecond,
					unit: 'messages/s',
				}),
				figure('engine with the simulated API, SQLite: CPU per message, against the bare request', {
					ours: found.cpuMs,
					peer: found.bareCpuMs,
					unit: 'ms',
				}),
				figure('engine with the simulated API, SQLite: our own CPU per message', {
					ours: found.cpuMs - found.bareCpuMs,
					goal: 'ours <= 1',
					unit: 'ms',
				}),
				figure('engine with the simulated API, SQLite: live memory after 30,000 messages against after 10,000', {
					ours: found.heapMb.at(-1),
					peer: found.heapMb[0],
					goal: 'ratio <= 1.2',
					unit: 'MB',
				}),
				figure('engine with the simulated API, SQLite: memory (RSS) after 30,000 messages against after 10,000', {
					ours: found.rssMb.at(-1),
					peer: found.rssMb[0],
					unit: 'MB',
				}),
			];
		} finally {
			await simulator.close();
		}
	},
};

/** Lanes keep order: what these contacts got must be 1, 2, 3… */
async function provedInOrder(simulator, lanes) {
	for (const { waId, texts } of lanes) {
		const got = (await simulator.admin.messages(waId)).map(({ text }) => text);
		if (JSON.stringify(got) !== JSON.stringify(texts)) throw new Error(`${waId} got ${got.join(' | ')}`);
	}
}

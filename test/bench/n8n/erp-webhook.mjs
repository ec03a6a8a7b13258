// Notices of an ERP: how quickly are they answered at 50 a second while workflows run for them, and how many go through, from the
// request to the end of the run, beside Webhook → Code → Data Table in the same n8n?
import { mkdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { connectToN8n } from '../../../scripts/lib/n8n-rest.mjs';
import { DEMO_OWNER, encryptionKeyOf, n8nEnv, prepareUserFolder, startN8n } from '../../../scripts/lib/n8n.mjs';
import { linkPack } from '../../../scripts/lib/pack.mjs';
import { anyFreePort } from '../../../scripts/lib/ports.mjs';
import { figure } from '../figures.mjs';
import { erpWorkflows, OURS, PEER, SECRET } from './erp-workflows.mjs';
import { costOfTree } from './process-tree.mjs';

const PER_SECOND = 50;
// Enough to keep each busy; more only queue up.
const CONNECTIONS = 20;
const DRAIN_MS = 60_000;
const TIMES = {
	quick: { warmUp: 6_000, steady: 20_000, full: 8_000, rounds: 1 },
	long: { warmUp: 8_000, steady: 20_000, full: 15_000, rounds: 3 },
};

/** @type {import('../benchmarks.mjs').Benchmark} */
export const n8nErpWebhook = {
	name: 'notices of an ERP in n8n, beside Webhook → Code → Data Table',
	async run(options) {
		const times = options.quick ? TIMES.quick : TIMES.long;
		const rig = await startBenchN8n(options);
		try {
			await atSaturation(rig, 'ours', times.warmUp);
			const steady = await atRate(rig, times.steady);
			options.say(`${PER_SECOND}/s: p50 ${steady.p50.toFixed(1)} ms, p99 ${steady.p99.toFixed(1)} ms`);
			await atSaturation(rig, 'peer', times.warmUp);
			const full = { ours: [], peer: [] };
			for (let round = 0; round < times.rounds; round++) {
				for (const side of round % 2 === 0 ? ['ours', 'peer'] : ['peer', 'ours']) {
					const found = await atSaturation(rig, side, times.full);
					options.say(`${side}: ${found.perSecond.toFixed(0)}/s, p99 ${found.p99.toFixed(0)} ms`);
					full[side].push(found);
				}
			}
			const [ours, peer] = [median(full.ours), median(full.peer)];
			const both = (name, unit, pick, goal = null) =>
				figure(`n8n: ${name}`, { ours: pick(ours), peer: pick(peer), goal, unit });
			return [
				figure(`n8n: answer to an ERP p50 at ${PER_SECOND}/s`, { ours: steady.p50, unit: 'ms' }),
				figure(`n8n: answer to an ERP p99 at ${PER_SECOND}/s`, { ours: steady.p99, unit: 'ms', goal: 'ours <= 50' }),
				both('ERP notices through at saturation', 'notices/s', (side) => side.perSecond, 'ratio >= 5'),
				both('answer to an ERP p99 at saturation', 'ms', (side) => side.p99),
				both('CPU per ERP notice at saturation', 'ms', (side) => side.cpuMs),
			];
		} catch (error) {
			throw new Error(`${error.message}\nThe last lines of n8n:\n${rig.tail()}`, { cause: error });
		} finally {
			await rig.stop();
		}
	},
};

async function startBenchN8n({ folder, profiles, n8n }) {
	const { runtime, template, nodes } = await n8n();
	const userFolder = join(folder, 'n8n-erp');
	mkdirSync(userFolder);
	await prepareUserFolder(userFolder, template);
	await linkPack(nodes, userFolder);
	const [port, brokerPort] = [await anyFreePort(), await anyFreePort()];
	const env = {
		...n8nEnv({ runtime, userFolder, port, brokerPort, encryptionKey: await encryptionKeyOf(userFolder) }),
		...(profiles ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profiles}` } : {}),
	};
	const service = await startN8n({ runtime, env, log: join(folder, 'n8n-erp.log') });
	const rest = await connectToN8n(`http://127.0.0.1:${port}`, DEMO_OWNER);
	for (const workflow of await erpWorkflows(rest))
		await rest.workflows.publish((await rest.workflows.put(workflow)).id);
	// n8n closes idle connections after five seconds; one that is just being closed must not be used again.
	const agent = new Agent({ keepAlive: true, maxSockets: 200, timeout: 2_000 });
	let notices = 0;
	return {
		pid: service.pid,
		database: join(userFolder, '.n8n', 'whatsapp-desk.sqlite'),
		tail: () => service.tail(),
		/** One notice nobody had before; resolves to how long its answer took. */
		async post(side) {
			const n = ++notices;
			const payment = {
				id: `pay_${n}`,
				customer: `cus_${n % 500}`,
				value: 99.9,
				dueDate: '2026-03-10',
				status: 'RECEIVED',
			};
			const body = JSON.stringify({ id: `evt_${n}`, event: 'PAYMENT_RECEIVED', payment });
			const began = performance.now();
			const status = await send(agent, port, `/webhook/${side === 'ours' ? OURS.path : PEER.path}`, body);
			if (status !== 200) throw new Error(`${side} answered ${status}.`);
			return performance.now() - began;
		},
		async stop() {
			agent.destroy();
			await service.stop();
		},
	};
}

function send(agent, port, path, body) {
	return new Promise((resolve, reject) => {
		const headers = {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			'asaas-access-token': SECRET,
		};
		const call = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
			response.resume();
			response.on('end', () => resolve(response.statusCode));
		});
		call.on('error', reject);
		call.end(body);
	});
}

/** Evenly, whether the ones before were answered or not. */
async function atRate(rig, ms) {
	const before = progress(rig);
	const calls = [];
	const began = performance.now();
	for (let n = 0; n < (ms * PER_SECOND) / 1_000; n++) {
		const due = began + (n * 1_000) / PER_SECOND;
		const left = due - performance.now();
		if (left > 0) await wait(left);
		// Counted from when it was due: a generator that falls behind must not flatter the answer.
		calls.push(rig.post('ours').then(() => performance.now() - due));
	}
	const took = (await Promise.all(calls)).toSorted((a, b) => a - b);
	const during = progress(rig).done - before.done;
	if (during < calls.length / 2) throw new Error(`Runs did not keep up: ${during} of ${calls.length}.`);
	await drained(rig);
	return { p50: percentile(took, 50), p99: percentile(took, 99) };
}

/** Everybody posts again as soon as the answer has come; counted until the last run has ended. */
async function atSaturation(rig, side, ms) {
	const cpuBefore = costOfTree(rig.pid).cpuMs;
	const began = performance.now();
	const took = [];
	await Promise.all(
		Array.from({ length: CONNECTIONS }, async () => {
			while (performance.now() - began < ms) took.push(await rig.post(side));
		}),
	);
	if (side === 'ours') await drained(rig);
	const seconds = (performance.now() - began) / 1_000;
	const sorted = took.toSorted((a, b) => a - b);
	const cpuMs = (costOfTree(rig.pid).cpuMs - cpuBefore) / took.length;
	return { perSecond: took.length / seconds, p99: percentile(sorted, 99), cpuMs };
}

async function drained(rig) {
	const deadline = performance.now() + DRAIN_MS;
	while (performance.now() < deadline) {
		const { done, all } = progress(rig);
		if (done === all) return;
		await wait(50);
	}
	throw new Error(`Runs had not ended after ${DRAIN_MS / 1_000} s.`);
}

/** Notices that are stored, and those whose run has ended. */
function progress({ database }) {
	const store = new DatabaseSync(database, { readOnly: true });
	try {
		const { all, done } = store
			.prepare(
				'select count(*) as "all", coalesce(sum(e.seq <= c.cursor), 0) as done from erp_event e join consumer c on c.id = e.source',
			)
			.get();
		return { all, done };
	} finally {
		store.close();
	}
}

function percentile(sorted, p) {
	return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * p) / 100) - 1)];
}

function median(all) {
	const of = (key) => all.map((each) => each[key]).toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
	return { perSecond: of('perSecond'), p99: of('p99'), cpuMs: of('cpuMs') };
}

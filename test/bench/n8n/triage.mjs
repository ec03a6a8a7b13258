// The same triage in the same n8n, once with this package and once with n8n's own nodes: how quick are the replies when it is
// quiet and when it is busy, how many messages go through when nobody waits, and what does a message cost?
import { setTimeout as wait } from 'node:timers/promises';
import { figure } from '../figures.mjs';
import { openCustomers } from './customers.mjs';
import { costOfTree } from './process-tree.mjs';
import { startTwoTriages } from './two-triages.mjs';

// Enough to keep each busy, and no more: with a crowd the size of ours the built-in nodes lose messages (their code runner
// refuses what it cannot start in time), and fewer get through.
const CROWD = { ours: 600, peer: 60 };
const DRAIN_MS = 60_000;
const SETTLING_MS = 6_000;
const TIMES = {
	quick: { warmUp: 4_000, calm: 20_000, busy: 15_000, full: 12_000 },
	long: { warmUp: 20_000, calm: 90_000, busy: 60_000, full: 45_000 },
};

/** @type {import('../benchmarks.mjs').Benchmark} */
export const n8nTriage = {
	name: 'triage in n8n, beside built-in nodes',
	async run(options) {
		const times = options.quick ? TIMES.quick : TIMES.long;
		const rig = await startTwoTriages(options);
		try {
			for (const side of rig.sides) {
				options.say(`warming up: ${side.key}`);
				await atRate(rig, side, 5, times.warmUp);
			}
			const found = { ours: {}, peer: {} };
			const tell = ({ perSecond, p50, p95, cpuMs }) =>
				options.say(
					`… ${perSecond.toFixed(1)} messages/s, p50 ${p50} ms, p95 ${p95} ms, ${cpuMs.toFixed(1)} ms CPU each`,
				);
			for (const [phase, rate] of [
				['calm', 2],
				['busy', 10],
			]) {
				for (const side of rig.sides) {
					options.say(`${rate} messages/s: ${side.key}`);
					found[side.key][phase] = await atRate(rig, side, rate, times[phase]);
					tell(found[side.key][phase]);
				}
			}
			for (const side of rig.sides) {
				options.say(`as many as go through: ${side.key}`);
				found[side.key].full = await atSaturation(rig, side, times.full);
				tell(found[side.key].full);
			}
			return figuresOf(found);
		} catch (error) {
			throw new Error(`${error.message}\nThe last lines of n8n:\n${rig.tail()}`, { cause: error });
		} finally {
			await rig.stop();
		}
	},
};

function figuresOf({ ours, peer }) {
	const both = (name, unit, pick, goal = null) =>
		figure(`n8n: ${name}`, { ours: pick(ours), peer: pick(peer), goal, unit });
	return [
		both('messages at saturation', 'messages/s', (side) => side.full.perSecond, 'ratio >= 20'),
		...[50, 95, 99].map((p) =>
			both(`first reply p${p} at 2 messages/s`, 'ms', (side) => side.calm[`p${p}`], p === 99 ? null : 'ratio <= 1'),
		),
		...[50, 95, 99].map((p) =>
			both(`first reply p${p} at 10 messages/s`, 'ms', (side) => side.busy[`p${p}`], p === 95 ? 'ratio <= 0.35' : null),
		),
		...[
			['2', 'calm'],
			['10', 'busy'],
		].map(([rate, phase]) => both(`CPU per message at ${rate} messages/s`, 'ms', (side) => side[phase].cpuMs)),
		both('CPU per message at saturation', 'ms', (side) => side.full.cpuMs),
		both('memory of n8n at saturation (RSS)', 'MB', (side) => side.full.rssMb),
	];
}

/** Customers with time to read: a line every two seconds or so. */
function atRate(rig, side, rate, ms) {
	return withCustomers(
		rig,
		side,
		() => 1_000 + Math.random() * 2_000,
		async (customers) => {
			const stop = customers.arrive(rate);
			// Until the first customers are through their script, only some of the lines are spoken.
			await wait(SETTLING_MS);
			const measured = await measure(rig, ms);
			stop();
			return measured;
		},
	);
}

function atSaturation(rig, side, ms) {
	return withCustomers(
		rig,
		side,
		() => 300 + Math.random() * 600,
		async (customers) => {
			const stop = customers.crowd(CROWD[side.key]);
			await wait(ms / 2);
			const measured = await measure(rig, ms);
			stop();
			return measured;
		},
	);
}

async function withCustomers({ simulator }, side, paceMs, act) {
	const firstWaId = side.firstWaId;
	side.firstWaId += 100_000;
	const { admin, url } = simulator;
	const customers = await openCustomers({ admin, url, phoneNumberId: side.phoneNumberId, firstWaId, paceMs });
	try {
		const measured = await act(customers);
		await drained(simulator, customers, side);
		return measured;
	} finally {
		customers.close();
	}
}

async function measure({ pid, simulator }, ms) {
	await simulator.admin.clearMetrics();
	const before = { ...costOfTree(pid), at: performance.now() };
	await wait(ms);
	const { firstReply } = await simulator.admin.metrics();
	const after = costOfTree(pid);
	if (firstReply.count === 0) throw new Error('Nobody got a reply.');
	const seconds = (performance.now() - before.at) / 1_000;
	return {
		perSecond: firstReply.count / seconds,
		cpuMs: (after.cpuMs - before.cpuMs) / firstReply.count,
		rssMb: after.rssMb,
		p50: firstReply.p50,
		p95: firstReply.p95,
		p99: firstReply.p99,
	};
}

/** Everybody still in the middle of the script is served to the end, so that nothing of it falls into the next measurement. */
async function drained({ admin }, customers, side) {
	const deadline = performance.now() + DRAIN_MS;
	while (customers.open > 0 && performance.now() < deadline) await wait(100);
	await admin.waitForIdleWebhooks(5_000);
	if (customers.open > 0)
		throw new Error(`${customers.open} customers of ${side.key} were still waiting after ${DRAIN_MS / 1_000} s.`);
	if (customers.wrong.length > 0) {
		throw new Error(
			`${customers.wrong.length} replies of ${side.key} were wrong, e.g. ${customers.wrong.slice(0, 3).join(' | ')}`,
		);
	}
}

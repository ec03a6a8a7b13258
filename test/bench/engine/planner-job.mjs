// Runs in a process of its own: fills a store with the past of a book of receivables, or plans the reminders of a day.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CREDITOR, receivableAt, receivables } from './receivables.mjs';

/** Tuesday, 24 November 2026, 14:00 in São Paulo: open hours everywhere. */
const NOW = Date.parse('2026-11-24T17:00:00Z');
const DAY_MS = 86_400_000;

process.once('message', async ({ dist, store, work, count, book }) => {
	// The desk's timers let a process end; this one stays until it has told its result.
	process.channel.ref();
	const load = createRequire(join(dist, 'engine', 'index.js'));
	const engine = load('./index.js');
	const { insertMany } = load('./store/sql.js');
	const { noteTold } = load('./receivable/told-steps.js');
	const desk = await engine.openDesk({ store, clock: { now: () => NOW } });
	const policy = engine.dunningPolicy({ creditor: CREDITOR });
	process.send(await { fill, plan, planAgain, stream, weigh, tell }[work]());
	await desk.close();
	process.disconnect();

	/** The input as a list, the decisions as a list: what an n8n node holds. */
	async function plan() {
		const idle = idleMemory();
		await warmUp();
		const peak = watchRss();
		const list = [...receivables(count)];
		const startedAt = performance.now();
		const cpuBefore = process.cpuUsage();
		const decisions = await engine.planAll(desk, list, policy, NOW);
		const cpu = process.cpuUsage(cpuBefore);
		const seconds = (performance.now() - startedAt) / 1_000;
		const rss = peak();
		const live = idleMemory().live - idle.live;
		if (list.length !== count || decisions.length === 0) throw new Error('Nothing was decided.');
		return {
			seconds,
			cpuSeconds: (cpu.user + cpu.system) / 1e6,
			rssMb: (rss - idle.rss) / 1e6,
			liveMb: live / 1e6,
			decisions: countTypes(decisions),
		};
	}

	/** The process of the day's first run runs it again: the middle one of five. */
	async function planAgain() {
		const list = [...receivables(count)];
		await engine.planAll(desk, list, policy, NOW);
		const seconds = [];
		for (let i = 0; i < 5; i++) {
			const startedAt = performance.now();
			await engine.planAll(desk, list, policy, NOW);
			seconds.push((performance.now() - startedAt) / 1_000);
		}
		return { seconds: seconds.sort((a, b) => a - b)[2] };
	}

	/** Nothing is kept. */
	async function stream() {
		await warmUp();
		const idle = idleMemory();
		const peak = watchRss();
		const startedAt = performance.now();
		let decided = 0;
		for await (const _ of engine.planDunning(desk, receivables(count), policy, NOW)) decided++;
		const seconds = (performance.now() - startedAt) / 1_000;
		if (decided < count / 2) throw new Error(`Only ${decided} decisions about ${count} receivables.`);
		return { seconds, rssMb: (peak() - idle.rss) / 1e6 };
	}

	/** What a stream cannot let go of, looked at ten times on the way: apart, because looking frees what may be freed. */
	async function weigh() {
		await warmUp();
		const idle = idleMemory();
		let live = 0;
		let decided = 0;
		for await (const _ of engine.planDunning(desk, receivables(count), policy, NOW)) {
			if (++decided % Math.floor(count / 11) === 0) live = Math.max(live, idleMemory().live);
		}
		return { liveMb: (live - idle.live) / 1e6 };
	}

	/** What was told on the days before, and how one in ten stands. */
	async function fill() {
		const steps = [];
		const messages = [];
		const states = [];
		for (let i = 0; i < book; i++) {
			const one = receivableAt(i);
			const late = Math.round((NOW - Date.parse(`${one.dueDate}T12:00:00Z`)) / DAY_MS);
			for (const { key, offset, action } of policy.steps) {
				if (action === 'human' || offset >= late) continue;
				const at = NOW - (late - offset) * DAY_MS;
				steps.push({ creditor: one.creditor, invoice: one.invoice, step: key, outbox_id: `out_${i}_${key}`, at });
			}
			// One in ten has a story; the others that were told are open.
			if (i % 10 === 0 || steps.at(-1)?.invoice === one.invoice) states.push(stateRow(one, i));
			if (late > 8 || i % 3 > 0) continue;
			const day = new Date(NOW - 3 * DAY_MS).toISOString().slice(0, 10);
			messages.push(messageRow(one.payer.key, `out_${i}_m`, day, NOW - 3 * DAY_MS));
		}
		await insert('dunning_step', steps);
		await insert(
			'dunning_message',
			firstOf(messages, ({ contact_id }) => contact_id),
		);
		await insert('receivable', states);
		await note(steps);
		return { steps: steps.length };
	}

	/** The reminders of today as the outbox would have taken them. */
	async function tell() {
		const steps = [];
		const messages = [];
		const states = [];
		for await (const decision of engine.planDunning(desk, receivables(book), policy, NOW)) {
			if (decision.type !== 'sendNow') continue;
			const { plan } = decision;
			const outbox_id = `out_${plan.dedupeKey}`;
			messages.push(messageRow(plan.payer, outbox_id, plan.day, NOW));
			for (const { invoice, step } of plan.steps)
				steps.push({ creditor: plan.creditor, invoice, step, outbox_id, at: NOW });
			for (const { receivable } of decision.invoices) states.push(stateRow(receivable, 1));
		}
		await insert('dunning_message', messages);
		await insert('dunning_step', steps);
		await insert('receivable', states);
		await note(steps);
		return { told: messages.length };
	}

	/** The code has run once before it is measured; the stores are as cold as after a start. */
	async function warmUp() {
		await engine.planAll(desk, [...receivables(5_000)], policy, NOW);
	}

	async function insert(table, rows) {
		for (let at = 0; at < rows.length; at += 20_000) {
			await desk.store.transaction((tx) =>
				insertMany(tx, table, rows.slice(at, at + 20_000), 'on conflict do nothing'),
			);
		}
	}

	async function note(steps) {
		for (let at = 0; at < steps.length; at += 20_000) {
			await desk.store.transaction((tx) => noteTold(tx, steps.slice(at, at + 20_000)));
		}
	}

	function messageRow(payer, outbox_id, day, at) {
		return { outbox_id, creditor: CREDITOR.document, payer, contact_id: `cnt_${payer}`, day, after_due: 1, at };
	}

	function stateRow({ creditor, invoice, number, payer, dueDate, amountCents }, i) {
		const state = i % 10 === 0 ? ['promised', 'claimedPaid', 'disputed', 'paid', 'open'][(i / 10) % 5] : 'open';
		return {
			creditor,
			invoice,
			number,
			payer: payer.key,
			contact_id: null,
			due_date: dueDate,
			amount_cents: amountCents,
			state,
			state_at: NOW - DAY_MS,
			reason: null,
			promise_date: state === 'promised' ? '2026-11-30' : null,
			promises: state === 'promised' ? 1 : 0,
			promises_kept: 0,
			paid_at: state === 'paid' ? NOW - DAY_MS : null,
			paid_cents: state === 'paid' ? amountCents : null,
			created_at: NOW - DAY_MS,
			updated_at: NOW - DAY_MS,
		};
	}
});

function countTypes(decisions) {
	const counts = {};
	for (const { type } of decisions) counts[type] = (counts[type] ?? 0) + 1;
	return counts;
}

function firstOf(rows, keyOf) {
	return [...new Map(rows.toReversed().map((row) => [keyOf(row), row])).values()];
}

/** What the process needs when it has nothing to do: `live` is what no garbage collection could free. */
function idleMemory() {
	setFlagsFromString('--expose-gc');
	const gc = runInNewContext('gc');
	for (let i = 0; i < 3; i++) gc();
	const { rss, heapUsed, external } = process.memoryUsage();
	return { rss, live: heapUsed + external };
}

/** @returns the largest RSS since, in bytes */
function watchRss() {
	let largest = 0;
	const look = () => void (largest = Math.max(largest, process.memoryUsage.rss()));
	const timer = setInterval(look, 20);
	return () => {
		look();
		clearInterval(timer);
		return largest;
	};
}

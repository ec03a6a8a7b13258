// What does a linked device of the desk cost beside the raw client it is made of? Both talk to the same simulated WhatsApp Web, each
// in a process of its own: the raw client as its example has it, with keys in files and nothing else stored, ours with sealed keys
// on the disk, stored messages and a consumer that gets them as items. Then many sessions in one process: memory of each, and how soon all are back after a cut.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyFreePort } from '../../../scripts/lib/ports.mjs';
import { figure } from '../figures.mjs';

const JOB = fileURLToPath(new URL('./linked-device-job.mjs', import.meta.url));
const PRELOAD = fileURLToPath(new URL('../../../scripts/lib/point-baileys.cjs', import.meta.url));
const TIMES = { quick: { rounds: 2, messages: 300, sessions: 50 }, long: { rounds: 3, messages: 1_500, sessions: 50 } };

/** @type {import('../benchmarks.mjs').Benchmark} */
export const engineLinkedDevice = {
	name: 'engine alone: a linked device beside the raw client',
	async run(options) {
		const { rounds, messages, sessions } = options.quick ? TIMES.quick : TIMES.long;
		const simulator = await startSimulator(options);
		try {
			const found = { ours: [], raw: [], bare: [] };
			for (let round = 0; round < rounds; round++) {
				for (const side of round % 2 === 0 ? ['ours', 'raw', 'bare'] : ['bare', 'raw', 'ours']) {
					const store = { type: 'sqlite', path: join(options.folder, `linked-${side}-${round}.sqlite`) };
					const phone = `55113000${['ours', 'raw', 'bare'].indexOf(side)}${String(round).padStart(3, '0')}`;
					const input = { work: 'traffic', side, phone, store, folder: options.folder, messages };
					const result = await runHere(input, simulator, options);
					options.say(`${side}: out ${result.out.toFixed(0)}/s, in ${result.in.toFixed(0)}/s`);
					found[side].push(result);
				}
			}
			const many = {};
			for (const side of ['ours', 'raw']) {
				const store = { type: 'sqlite', path: join(options.folder, `linked-many-${side}.sqlite`) };
				const input = { work: 'sessions', side, store, folder: options.folder, sessions };
				many[side] = await runHere(input, simulator, options);
				options.say(`${side}: ${sessions} sessions, back after ${many[side].backSeconds.toFixed(1)} s`);
			}
			const both = (what, unit, key, goal = null) =>
				figure(`a linked device: ${what}`, { ours: median(found.ours, key), peer: median(found.raw, key), goal, unit });
			return [
				both('messages sent', 'messages/s', 'out', 'ratio >= 0.8'),
				both('CPU per message sent', 'ms', 'outCpuMs'),
				figure('a linked device: messages sent, beside keys in memory only', {
					...{ ours: median(found.ours, 'out'), peer: median(found.bare, 'out'), unit: 'messages/s' },
				}),
				both('messages received, to the item', 'messages/s', 'in', 'ratio >= 0.7'),
				both('CPU per message received', 'ms', 'inCpuMs'),
				figure('a linked device: RSS of each further session', {
					...{ ours: many.ours.rssMb, peer: many.raw.rssMb, goal: 'ours <= 4', unit: 'MB' },
				}),
				figure(`a linked device: ${sessions} sessions back after a cut`, {
					...{ ours: many.ours.backSeconds, peer: many.raw.backSeconds, goal: 'ours <= 10', unit: 's' },
				}),
			];
		} finally {
			await simulator.stop();
		}
	},
};

/** In a process of its own, as a phone is: what it spends is nobody else's. */
async function startSimulator({ dist, folder }) {
	const port = await anyFreePort();
	const pointer = join(folder, 'web-pointer.json');
	const child = fork(join(dist, 'simulator', 'main.js'), ['--port', String(port), '--web-pointer', pointer], {
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	let said = '';
	await new Promise((resolve, reject) => {
		child.on('exit', (code) => reject(new Error(`The simulator ended with code ${code}.\n${said}`)));
		child.stderr.on('data', (chunk) => (said += chunk));
		child.stdout.on('data', (chunk) => {
			said += chunk;
			if (said.includes('listening')) resolve();
		});
	});
	const { SimulatorClient } = createRequire(join(dist, 'simulator', 'client.js'))('./client.js');
	const url = `http://127.0.0.1:${port}`;
	return {
		...{ url, pointer, admin: new SimulatorClient(url) },
		stop: () =>
			new Promise((resolve) => {
				child.removeAllListeners('exit');
				child.once('exit', resolve);
				child.kill('SIGTERM');
			}),
	};
}

/** Runs the job; what its customers and phones are to do is done from here. */
function runHere(input, { admin, pointer }, { dist, profiles }) {
	const child = fork(JOB, {
		execArgv: [
			...['--require', PRELOAD, '--expose-gc'],
			...(profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []),
		],
		env: { ...process.env, WHATSAPP_WEB_POINTER: pointer },
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let complaints = '';
	child.stderr.on('data', (chunk) => (complaints = (complaints + chunk).slice(-4_000)));
	return new Promise((resolve, reject) => {
		let answer;
		const fail = (error) => {
			reject(error);
			child.kill('SIGKILL');
		};
		child.on('message', ({ scan, say, cut, result }) => {
			if (result) answer = result;
			if (scan) admin.web.scan(scan.qr, scan.phone, 'Oficina Aurora').catch(fail);
			if (cut) admin.web.cut(cut).catch(fail);
			if (say) everybodySays(admin, say).catch(fail);
		});
		child.on('error', reject);
		child.on('exit', (code) => {
			if (code === 0 && answer) resolve(answer);
			else reject(new Error(`The job ended with code ${code} and no result.\n${complaints}`));
		});
		child.send({ ...input, dist });
	});
}

/** Customers in turn; each waits for nobody. */
async function everybodySays(admin, { phone, customers, count }) {
	let next = 0;
	const talk = async () => {
		for (let n = next++; n < count; n = next++)
			await admin.web.say(phone, customers[n % customers.length], `Mensagem ${n}`);
	};
	await Promise.all(Array.from({ length: 20 }, talk));
}

function median(all, key) {
	return all.map((each) => each[key]).toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
}

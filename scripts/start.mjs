// npm start: a working desk on this machine, from a bare clone, with no phone and no account.
// Options (after --): --reset start over · --data DIR · --port N · --simulator-port N · --host ADDRESS
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, NODE, projectEnv } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { CommandFailed, startService } from './lib/command.mjs';
import { openDemoFolder, refuseUnloadedPack, storeDemo, untilWebhookAnswers, webhookUrl } from './lib/demo.mjs';
import { shortHash } from './lib/hash.mjs';
import { lockOwner, takeLock } from './lib/lock.mjs';
import { connectToN8n } from './lib/n8n-rest.mjs';
import { DEMO_OWNER, encryptionKeyOf, ensureTemplate, n8nEnv, prepareUserFolder, startN8n } from './lib/n8n.mjs';
import { linkPack, preparePack } from './lib/pack.mjs';
import { ROOT, SHARED_CACHE } from './lib/paths.mjs';
import { freePort } from './lib/ports.mjs';
import { box, Explained, step } from './lib/progress.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { runScript } from './lib/signals.mjs';
import { whereToGo } from './lib/where-to-go.mjs';

await runScript(async () => {
	await bootstrap();
	const options = readOptions();
	refuseSecondStart(options.data);
	await openDemoFolder(options.data, options);
	const runtime = await ensureRuntime();
	const template = await ensureTemplate(runtime);
	await build();
	const pack = await preparePack();
	const userFolder = join(options.data, 'n8n');
	await prepareUserFolder(userFolder, template);
	await linkPack(pack.nodes, userFolder);

	const ports = await choosePorts(options);
	const n8nUrl = `http://127.0.0.1:${ports.n8n}`;
	const simulatorUrl = `http://127.0.0.1:${ports.simulator}`;
	const simulator = startSimulator(options, ports.simulator, webhookUrl(n8nUrl));
	const n8nLog = join(options.data, 'logs', 'n8n.log');
	const n8n = await step('Starting n8n', async () =>
		startN8n({
			runtime,
			log: n8nLog,
			env: n8nEnv({
				runtime,
				userFolder,
				port: ports.n8n,
				brokerPort: ports.broker,
				host: options.host,
				encryptionKey: await encryptionKeyOf(userFolder),
				webPointer: webPointerIn(options.data),
			}),
		}),
	);
	await step('Publishing the workflows', async () => {
		const rest = await connectToN8n(n8nUrl, DEMO_OWNER);
		await refuseUnloadedPack(rest, n8nLog);
		await storeDemo({ rest, folder: options.data, simulatorUrl, packHash: pack.hash });
		await untilWebhookAnswers(n8nUrl);
	});
	console.log(`\n${box(whereToGo(ports))}\n`);
	await firstToEnd([n8n, simulator]);
});

function readOptions() {
	const string = { type: 'string' };
	const boolean = { type: 'boolean' };
	try {
		const { values } = parseArgs({
			options: { reset: boolean, data: string, port: string, 'simulator-port': string, host: string },
		});
		return {
			reset: values.reset ?? false,
			data: resolve(values.data ?? join(ROOT, '.demo')),
			port: Number(values.port ?? 5678),
			simulatorPort: Number(values['simulator-port'] ?? 5700),
			host: values.host ?? '127.0.0.1',
		};
	} catch (error) {
		throw new Explained(
			`${error.message}\nUsage: npm start -- [--reset] [--data DIR] [--port N] [--simulator-port N] [--host ADDRESS]`,
		);
	}
}

/** Two n8n on one database would answer every customer twice. */
function refuseSecondStart(data) {
	const lock = join(SHARED_CACHE, 'running', `${shortHash(data)}.lock`);
	if (takeLock(lock)) return;
	throw new Explained(
		`The demonstration in ${data} is already running (process ${lockOwner(lock)}). Stop it with Ctrl-C first, or choose another folder with --data.`,
	);
}

async function choosePorts({ port, simulatorPort }) {
	const taken = new Set();
	const choose = async (preferred, what) => {
		const chosen = await freePort(preferred, taken);
		taken.add(chosen);
		if (what && chosen !== preferred) console.log(`  Port ${preferred} is taken: ${what} uses ${chosen}`);
		return chosen;
	};
	return {
		n8n: await choose(port, 'n8n'),
		simulator: await choose(simulatorPort, 'the simulator'),
		broker: await choose(port + 1),
	};
}

function startSimulator(options, port, callback) {
	const main = join(ROOT, 'dist', 'simulator', 'main.js');
	const args = [main, '--port', String(port), '--callback', callback, '--host', options.host];
	args.push('--web-pointer', webPointerIn(options.data));
	return startService('The simulator', NODE, args, {
		cwd: options.data,
		env: projectEnv(),
		log: join(options.data, 'logs', 'simulator.log'),
	});
}

/** How linked devices find the simulator instead of WhatsApp. */
function webPointerIn(data) {
	return join(data, 'whatsapp-web.json');
}

async function firstToEnd(services) {
	const { service, reason } = await Promise.race(
		services.map((service) => service.ended.then((reason) => ({ service, reason }))),
	);
	throw new CommandFailed(`${service.name} stopped unexpectedly: ${reason}`, {
		log: service.log,
		tail: service.tail(),
	});
}

// Starts the pinned n8n without anyone at the keyboard: owner account, settings and ports all come from the environment.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CommandFailed, startService } from './command.mjs';
import { withLock } from './lock.mjs';
import { anyFreePort } from './ports.mjs';
import { step } from './progress.mjs';

const READY_MS = 180_000;

/** @typedef {{ email: string, password: string, firstName: string, lastName: string }} Owner */

/** The account of the demonstration and of the tests. Local use only: it is published in the README. */
export const DEMO_OWNER = {
	email: 'demo@whatsapp-desk.example',
	password: 'WhatsAppDesk1',
	firstName: 'Supervisora',
	lastName: 'Demo',
};

/**
 * Environment for an n8n that asks nobody anything and talks to nobody outside.
 * @param {{ runtime: string, userFolder: string, port: number, brokerPort: number, encryptionKey: string, owner?: Owner, host?: string, webPointer?: string }} options
 *   webPointer: the file in which a simulator tells linked devices how to find it; without one they are not pointed anywhere
 */
export function n8nEnv({
	runtime,
	userFolder,
	port,
	brokerPort,
	encryptionKey,
	owner = DEMO_OWNER,
	host = '127.0.0.1',
	webPointer,
}) {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: encryptionKey,
		N8N_LISTEN_ADDRESS: host,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: `http://localhost:${port}/`,
		WEBHOOK_URL: `http://localhost:${port}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: owner.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: owner.firstName,
		N8N_INSTANCE_OWNER_LAST_NAME: owner.lastName,
		N8N_INSTANCE_OWNER_PASSWORD_HASH: runtimeRequire(runtime, 'bcryptjs').hashSync(owner.password, 10),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		GENERIC_TIMEZONE: 'America/Sao_Paulo',
		NODE_COMPILE_CACHE: join(dirname(runtime), 'compiled'),
		...(webPointer ? pointedAt(webPointer) : {}),
	};
}

/** Environment that leads Baileys to a simulator (point-baileys.cjs), in n8n and in what it starts. */
function pointedAt(webPointer) {
	const preload = join(import.meta.dirname, 'point-baileys.cjs');
	return { NODE_OPTIONS: `--require "${preload}"`, WHATSAPP_WEB_POINTER: webPointer };
}

/**
 * Starts n8n and waits until it answers.
 * @param {{ runtime: string, env: Record<string, string | undefined>, log: string, onSpawn?: (pid: number) => void }} options env as from n8nEnv, with additions
 * @throws {CommandFailed} with n8n's last log lines when it ends or does not get ready
 */
export async function startN8n({ runtime, env, log, onSpawn }) {
	const service = launch(runtime, 'start', env, log);
	onSpawn?.(service.pid);
	await untilReady(service, `http://127.0.0.1:${env.N8N_PORT}`);
	return service;
}

/**
 * Starts one more process of an n8n in queue mode: it runs executions, and serves no pages and no triggers.
 * @param {{ runtime: string, env: Record<string, string | undefined>, healthPort: number, log: string, onSpawn?: (pid: number) => void }} options
 *   env of the main process, with a user folder and a broker port of its own
 */
export async function startWorker({ runtime, env, healthPort, log, onSpawn }) {
	const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(healthPort) };
	const service = launch(runtime, 'worker', { ...env, ...health }, log);
	onSpawn?.(service.pid);
	await untilReady(service, `http://127.0.0.1:${healthPort}`);
	return service;
}

/**
 * A user folder whose database is already migrated and has its owner, made once per runtime:
 * a start from a copy of it takes a few seconds instead of half a minute.
 * @returns {Promise<string>} folder to copy; holds .n8n/database.sqlite and the encryption key it was made with
 */
export async function ensureTemplate(runtime) {
	const template = `${runtime}-template`;
	if (existsSync(template)) return template;
	await withLock(`${template}.lock`, async () => {
		if (!existsSync(template))
			await step('Preparing the database of n8n (once)', () => makeTemplate(runtime, template));
	});
	return template;
}

/** Fills an empty user folder from the template; a folder already in use is left alone. */
export async function prepareUserFolder(userFolder, template) {
	if (existsSync(join(userFolder, '.n8n'))) return;
	await cp(template, userFolder, { recursive: true });
}

/** The key that n8n encrypts its secrets with; written down on first use and the same ever after. */
export async function encryptionKeyOf(userFolder) {
	const file = join(userFolder, 'encryption-key');
	if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return (await readFile(file, 'utf8')).trim();
}

/** Loads a library that ships with n8n. */
export function runtimeRequire(runtime, name) {
	return createRequire(join(runtime, 'node_modules', 'n8n', 'package.json'))(name);
}

/** @param {string} runtime @param {'start' | 'worker'} command @param {Record<string, string | undefined>} env @param {string} log */
function launch(runtime, command, env, log) {
	const bin = join(runtime, 'node_modules', 'n8n', 'bin', 'n8n');
	// n8n starts helpers by the name "node": they must get this one too.
	const path = `${dirname(process.execPath)}:${process.env.PATH}`;
	const name = command === 'start' ? 'n8n' : `n8n ${command}`;
	return startService(name, process.execPath, [bin, command], {
		cwd: env.N8N_USER_FOLDER,
		env: { ...withoutN8nSettings(process.env), ...env, PATH: path },
		log,
	});
}

async function makeTemplate(runtime, template) {
	const folder = await mkdtemp(`${template}.partial-`);
	const [port, brokerPort] = [await anyFreePort(), await anyFreePort()];
	const encryptionKey = await encryptionKeyOf(folder);
	const env = n8nEnv({ runtime, userFolder: folder, port, brokerPort, encryptionKey });
	const service = await startN8n({ runtime, env, log: `${template}.log` });
	await service.stop();
	await rm(join(folder, '.n8n', 'n8nEventLog.log'), { force: true });
	await foldInWriteAheadLog(join(folder, '.n8n', 'database.sqlite'));
	await rename(folder, template);
}

async function untilReady(service, url) {
	const deadline = Date.now() + READY_MS;
	while (service.isRunning() && Date.now() < deadline) {
		const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		if (answer?.ok) return;
		await wait(150);
	}
	const reason = service.isRunning() ? 'did not get ready in time' : await service.ended;
	await service.stop();
	throw new CommandFailed(`n8n ${reason}`, { log: service.log, tail: service.tail() });
}

/** Leaves the database as one file, quick to copy. */
async function foldInWriteAheadLog(file) {
	const { DatabaseSync } = await import('node:sqlite'); // not on Node 20, from where these scripts may be loaded
	const database = new DatabaseSync(file);
	database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	database.close();
}

/** Settings for some other n8n of this user must not reach ours. */
function withoutN8nSettings(env) {
	const foreign = /^(N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_URL|WHATSAPP_DESK_|npm_|NODE_OPTIONS$|NODE_ENV$)/;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

// A real n8n with the pack installed as users get it, in a folder of its own.
// Run through `npm test e2e`, which prepares the runtime and the pack and says by environment where they are.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectToN8n } from '../../scripts/lib/n8n-rest.mjs';
import {
	DEMO_OWNER,
	encryptionKeyOf,
	n8nEnv,
	prepareUserFolder,
	startN8n as launch,
	startWorker,
} from '../../scripts/lib/n8n.mjs';
import { linkPack } from '../../scripts/lib/pack.mjs';
import { anyFreePort } from '../../scripts/lib/ports.mjs';
import { importAndPublish } from '../../scripts/lib/workflows.mjs';
import type { Pointer } from '../../simulator/whatsapp-web/whatsapp-web';

type Json = Record<string, any>;
export type N8nClient = Awaited<ReturnType<typeof connectToN8n>>;

export interface RealN8nOptions {
	/** { name, type, data }; nodes that accept the type are linked to it, or by name where they name one. */
	credentials?: Json[];
	/** Exported workflow JSON; with an `id` it keeps it. */
	workflows?: Json[];
	/** Publish all given workflows after the import (default true). */
	publish?: boolean;
	database?: 'sqlite' | { postgresUrl: string };
	/** Queue mode: executions run in a worker of their own. Needs PostgreSQL. */
	redisUrl?: string;
	/** Folder of an earlier instance to go on with; a fresh one otherwise. */
	userFolder?: string;
	env?: Record<string, string>;
	/** The simulator that linked devices find instead of WhatsApp; the file is written here. */
	webPointer?: Pointer;
}

export interface RealN8n {
	url: string;
	webhookUrl: string;
	userFolder: string;
	owner: { email: string; password: string };
	/** The given workflows as n8n stored them, in the same order. */
	workflows: Json[];
	readonly pid: number;
	readonly rest: N8nClient;
	/** Everything n8n printed since its last start. */
	logs(): string;
	/** Everything its worker printed; nothing where there is none. */
	workerLogs(): string;
	/** Ends the process and its children without warning; returns once they are gone. */
	kill9(): Promise<void>;
	/** Starts again on the same folder, database and port. */
	restart(): Promise<void>;
	/** Ends n8n and deletes its folder unless it was given from outside. */
	stop(): Promise<void>;
}

/** Starts n8n, imports and publishes; resolves when it answers. Takes 5 to 10 seconds. */
export async function startN8n(options: RealN8nOptions = {}): Promise<RealN8n> {
	const runtime = prepared('DESK_E2E_RUNTIME');
	const userFolder = options.userFolder ?? mkdtempSync(join(prepared('DESK_E2E_RUN_FOLDER'), 'n8n-'));
	await prepareUserFolder(userFolder, prepared('DESK_E2E_TEMPLATE'));
	await linkPack(prepared('DESK_E2E_NODES'), userFolder);
	const port = await anyFreePort();
	const url = `http://127.0.0.1:${port}`;
	const encryptionKey = await encryptionKeyOf(userFolder);
	const webPointer = options.webPointer && join(userFolder, 'whatsapp-web.json');
	if (webPointer) writeFileSync(webPointer, JSON.stringify(options.webPointer));
	const env = {
		...n8nEnv({ runtime, userFolder, port, brokerPort: await anyFreePort(), encryptionKey, webPointer }),
		...databaseEnv(options.database ?? 'sqlite'),
		...(options.redisUrl ? queueEnv(options.redisUrl) : {}),
		...options.env,
	};
	const log = join(userFolder, 'n8n.log');
	const workerLog = join(userFolder, 'worker.log');
	// If the test run is cut short, `npm test` ends what is listed in its run folder.
	const onSpawn = (pid: number) => writeFileSync(join(prepared('DESK_E2E_RUN_FOLDER'), `${pid}.pid`), String(pid));
	const start = async () => {
		const service = await launch({ runtime, env, log, onSpawn });
		const worker = options.redisUrl ? await startWorkerBeside() : null;
		return { service, worker, rest: await connectToN8n(url, DEMO_OWNER) };
	};
	const startWorkerBeside = async () =>
		startWorker({
			runtime,
			env: { ...env, N8N_RUNNERS_BROKER_PORT: String(await anyFreePort()) },
			healthPort: await anyFreePort(),
			log: workerLog,
			onSpawn,
		});
	const end = async () => {
		await current.worker?.stop();
		await current.service.stop();
	};

	let current = await start();
	const content = { credentials: options.credentials, workflows: options.workflows ?? [], publish: options.publish };
	const workflows = await importAndPublish(current.rest, content).catch(async (error) => {
		await end();
		throw error;
	});
	return {
		url,
		webhookUrl: `${url}/webhook`,
		userFolder,
		owner: DEMO_OWNER,
		workflows,
		get pid() {
			return current.service.pid;
		},
		get rest() {
			return current.rest;
		},
		logs: () => readFileSync(log, 'utf8'),
		workerLogs: () => (options.redisUrl ? readFileSync(workerLog, 'utf8') : ''),
		kill9: async () => {
			await Promise.all([current.service.kill9(), current.worker?.kill9()]);
		},
		restart: async () => {
			await end();
			current = await start();
		},
		stop: async () => {
			await end();
			if (!options.userFolder) rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

function databaseEnv(database: 'sqlite' | { postgresUrl: string }): Record<string, string> {
	if (database === 'sqlite') return { DB_TYPE: 'sqlite' };
	const { hostname, port, pathname, username, password } = new URL(database.postgresUrl);
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: hostname,
		DB_POSTGRESDB_PORT: port || '5432',
		DB_POSTGRESDB_DATABASE: decodeURIComponent(pathname.slice(1)),
		DB_POSTGRESDB_USER: decodeURIComponent(username),
		DB_POSTGRESDB_PASSWORD: decodeURIComponent(password),
	};
}

function queueEnv(redisUrl: string): Record<string, string> {
	const { hostname, port, password } = new URL(redisUrl);
	const prefix = `n8n-${randomBytes(5).toString('hex')}`;
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: hostname,
		QUEUE_BULL_REDIS_PORT: port || '6379',
		QUEUE_BULL_REDIS_PASSWORD: decodeURIComponent(password),
		// Several of them may share the server.
		QUEUE_BULL_PREFIX: prefix,
		// Else n8n would know the webhooks of the others.
		N8N_REDIS_KEY_PREFIX: prefix,
	};
}

function prepared(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set. Run these tests through: npm test e2e`);
	return value;
}

// A PostgreSQL server for the tests: a throw-away cluster on a free port, gone when the tests are over.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installSystemPackages } from './apt.mjs';
import { CommandFailed, run, startService } from './command.mjs';
import { anyFreePort } from './ports.mjs';
import { Explained } from './progress.mjs';

const READY_MS = 30_000;

/** @returns {Promise<string>} folder with initdb and postgres */
export async function ensurePostgres() {
	if (!findPrograms()) {
		const elsewhere =
			'macOS: brew install postgresql@17. Or set TEST_POSTGRES_URL to a server where databases may be created.';
		await installSystemPackages('a PostgreSQL server', ['postgresql'], elsewhere);
	}
	const programs = findPrograms();
	if (!programs)
		throw new Explained('PostgreSQL was installed but initdb and postgres cannot be found. Put their folder on PATH.');
	return programs;
}

/**
 * Starts a server that is as durable as a real one (fsync on), reachable from this machine only, with a password of its own.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` of its superuser
 */
export async function startPostgres(programs, log) {
	const folder = await mkdtemp(join(tmpdir(), 'desk-postgres-'));
	const owner = await accountFor(folder);
	const password = randomBytes(12).toString('hex');
	const data = join(folder, 'data');
	const passwordFile = join(folder, 'password');
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (owner.uid !== undefined) await chown(passwordFile, owner.uid, owner.gid);
	const options = { ...owner, cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } };
	const initdb = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
	await run(join(programs, 'initdb'), [...initdb, '--locale=C'], {
		...options,
		log,
		what: 'Creating a PostgreSQL cluster (initdb)',
	});
	const port = await anyFreePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		max_connections: 200,
		fsync: 'on',
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const service = startService('PostgreSQL', join(programs, 'postgres'), ['-D', data, ...flags], { ...options, log });
	await untilReady(service, log);
	return {
		url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
		stop: async () => {
			await service.stop('SIGINT'); // fast shutdown: does not wait for clients
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The server refuses to run as root: there it runs as the system's postgres account. */
async function accountFor(folder) {
	if (process.getuid?.() !== 0) return {};
	const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]).catch(() => {
		throw new Explained(
			'PostgreSQL does not run as root and there is no system account "postgres". Run the tests as another user.',
		);
	});
	await chown(folder, Number(uid), Number(gid));
	return { uid: Number(uid), gid: Number(gid) };
}

async function untilReady(service, log) {
	const deadline = Date.now() + READY_MS;
	while (service.isRunning() && Date.now() < deadline) {
		if (service.tail().includes('ready to accept connections')) return;
		await wait(50);
	}
	throw new CommandFailed('PostgreSQL did not start', { log, tail: service.tail() });
}

function findPrograms() {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
	const brew = ['/opt/homebrew/opt', '/usr/local/opt'].flatMap((folder) =>
		['postgresql@18', 'postgresql@17', 'postgresql@16', 'postgresql@15', 'postgresql'].map((name) =>
			join(folder, name, 'bin'),
		),
	);
	const candidates = [
		...versions.map((version) => join(debian, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter),
		...brew,
	];
	return candidates.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../errors';

/** Where the desk keeps its data (D2): it follows n8n, nothing to fill in. */
export type StoreSettings =
	{ type: 'sqlite'; path: string } | { type: 'postgres'; poolSize: number; connection: PostgresConnection };

export type PostgresConnection =
	| { connectionString: string }
	| {
			host: string;
			port: number;
			database: string;
			user: string;
			password: string;
			ssl?: { ca?: string; cert?: string; key?: string; rejectUnauthorized: boolean };
	  };

type Environment = Record<string, string | undefined>;

const DEFAULT_POOL = 6;

/**
 * Reads n8n's own settings: WHATSAPP_DESK_DATABASE_URL, else DB_TYPE=postgresdb with DB_POSTGRESDB_* (and `_FILE` variants),
 * else a SQLite file in n8n's folder. Throws ConfigurationError for queue mode on SQLite: workers could not share it.
 */
export function storeSettings(env: Environment, n8nFolder: string): StoreSettings {
	const url = setting(env, 'WHATSAPP_DESK_DATABASE_URL');
	if (url) return fromUrl(env, url, n8nFolder);
	if (setting(env, 'DB_TYPE') === 'postgresdb') return fromN8n(env);
	refuseSharedSqlite(env);
	return { type: 'sqlite', path: join(n8nFolder, 'whatsapp-desk.sqlite') };
}

function fromUrl(env: Environment, url: string, n8nFolder: string): StoreSettings {
	if (/^postgres(ql)?:\/\//.test(url)) {
		return { type: 'postgres', poolSize: poolSize(env), connection: { connectionString: url } };
	}
	const file = /^sqlite:(?:\/\/)?(.+)$/.exec(url)?.[1];
	if (file) {
		refuseSharedSqlite(env);
		return { type: 'sqlite', path: file.startsWith('/') || file === ':memory:' ? file : join(n8nFolder, file) };
	}
	throw new ConfigurationError(
		'WHATSAPP_DESK_DATABASE_URL is neither a PostgreSQL nor a SQLite address.',
		'Write it as postgresql://user:password@host:5432/database or sqlite:/path/to/file.sqlite, or remove it to use n8n’s own database.',
		'WHATSAPP_DESK_DATABASE_URL',
	);
}

function fromN8n(env: Environment): StoreSettings {
	const ca = setting(env, 'DB_POSTGRESDB_SSL_CA');
	const cert = setting(env, 'DB_POSTGRESDB_SSL_CERT');
	const key = setting(env, 'DB_POSTGRESDB_SSL_KEY');
	const rejectUnauthorized = flag(env, 'DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED', true);
	const ssl = flag(env, 'DB_POSTGRESDB_SSL_ENABLED', false) || ca || cert || key || !rejectUnauthorized;
	return {
		type: 'postgres',
		poolSize: poolSize(env),
		connection: {
			host: setting(env, 'DB_POSTGRESDB_HOST') ?? 'localhost',
			port: port(env),
			database: setting(env, 'DB_POSTGRESDB_DATABASE') ?? 'n8n',
			user: setting(env, 'DB_POSTGRESDB_USER') ?? 'postgres',
			password: setting(env, 'DB_POSTGRESDB_PASSWORD') ?? '',
			...(ssl ? { ssl: { ca, cert, key, rejectUnauthorized } } : {}),
		},
	};
}

function poolSize(env: Environment): number {
	const size = Number(setting(env, 'WHATSAPP_DESK_POOL_SIZE') ?? DEFAULT_POOL);
	return Number.isInteger(size) && size > 0 ? size : DEFAULT_POOL;
}

function refuseSharedSqlite(env: Environment): void {
	if (setting(env, 'EXECUTIONS_MODE') !== 'queue') return;
	throw new ConfigurationError(
		'WhatsApp Desk cannot use SQLite while n8n runs in queue mode: the workers could not see its data.',
		'Set DB_TYPE=postgresdb with the DB_POSTGRESDB_* settings for n8n, or WHATSAPP_DESK_DATABASE_URL=postgresql://… for the desk alone, in every n8n process.',
		'EXECUTIONS_MODE',
	);
}

function port(env: Environment): number {
	const given = setting(env, 'DB_POSTGRESDB_PORT') ?? '5432';
	const number = Number(given);
	if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
	throw new ConfigurationError(
		`DB_POSTGRESDB_PORT is "${given}", which is not a port.`,
		'Give a number from 1 to 65535; PostgreSQL usually listens on 5432.',
		'DB_POSTGRESDB_PORT',
	);
}

/** n8n reads true, 1, false and 0, whatever their case; anything else leaves the default. */
function flag(env: Environment, name: string, fallback: boolean): boolean {
	const value = setting(env, name)?.toLowerCase();
	if (value === 'true' || value === '1') return true;
	if (value === 'false' || value === '0') return false;
	return fallback;
}

/** n8n accepts NAME or NAME_FILE (a path whose content is the value). */
function setting(env: Environment, name: string): string | undefined {
	const value = env[name];
	if (value !== undefined && value !== '') return value;
	const file = env[`${name}_FILE`];
	if (!file) return undefined;
	try {
		return readFileSync(file, 'utf8').trim();
	} catch (error) {
		throw new ConfigurationError(
			`${name}_FILE names "${file}", which cannot be read (${(error as { code?: string }).code}).`,
			'Check the path and that the account n8n runs under may read it.',
			`${name}_FILE`,
		);
	}
}

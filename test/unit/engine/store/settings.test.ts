import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../../../engine/errors';
import { storeSettings } from '../../../../engine/store/settings';

const FOLDER = '/home/node/.n8n';
const settings = (env: Record<string, string | undefined>) => storeSettings(env, FOLDER);
const N8N = { DB_TYPE: 'postgresdb' };

const refusal = (env: Record<string, string | undefined>) => {
	try {
		settings(env);
	} catch (error) {
		return error as ConfigurationError;
	}
	throw new Error('nothing was refused');
};

describe('where the desk keeps its data (D2)', () => {
	it("is a file of its own in n8n's folder when n8n uses SQLite", () => {
		const file = { type: 'sqlite', path: '/home/node/.n8n/whatsapp-desk.sqlite' };
		expect(settings({})).toEqual(file);
		expect(settings({ DB_TYPE: 'sqlite' })).toEqual(file);
		expect(settings({ WHATSAPP_DESK_DATABASE_URL: '' })).toEqual(file);
	});

	it("is n8n's own PostgreSQL when n8n uses that", () => {
		const env = {
			...N8N,
			DB_POSTGRESDB_HOST: 'db.local',
			DB_POSTGRESDB_PORT: '6432',
			DB_POSTGRESDB_DATABASE: 'automation',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'secret',
		};
		expect(settings(env)).toEqual({
			type: 'postgres',
			poolSize: 6,
			connection: { host: 'db.local', port: 6432, database: 'automation', user: 'n8n', password: 'secret' },
		});
	});

	it("takes n8n's defaults for what is not set", () => {
		expect(settings(N8N)).toEqual({
			type: 'postgres',
			poolSize: 6,
			connection: { host: 'localhost', port: 5432, database: 'n8n', user: 'postgres', password: '' },
		});
	});

	describe('from files, as n8n does', () => {
		let folder: string;
		beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'desk-settings-'))));
		afterEach(() => rmSync(folder, { recursive: true }));
		const file = (content: string) => {
			const path = join(folder, 'value');
			writeFileSync(path, content);
			return path;
		};

		it('reads NAME_FILE where NAME is not set', () => {
			const read = settings({ ...N8N, DB_POSTGRESDB_PASSWORD_FILE: file('from a file\n') });
			expect(read).toMatchObject({ connection: { password: 'from a file' } });
		});

		it('prefers NAME to NAME_FILE', () => {
			const env = { ...N8N, DB_POSTGRESDB_PASSWORD: 'plain', DB_POSTGRESDB_PASSWORD_FILE: file('from a file') };
			expect(settings(env)).toMatchObject({ connection: { password: 'plain' } });
		});

		it('reads DB_TYPE and its own address that way too', () => {
			expect(settings({ DB_TYPE_FILE: file('postgresdb') }).type).toBe('postgres');
			expect(settings({ WHATSAPP_DESK_DATABASE_URL_FILE: file('postgres://a@b/c') }).type).toBe('postgres');
		});

		it('names the file that cannot be read', () => {
			const error = refusal({ ...N8N, DB_POSTGRESDB_HOST_FILE: join(folder, 'missing') });
			expect(error).toBeInstanceOf(ConfigurationError);
			expect(error.message).toMatch(/^DB_POSTGRESDB_HOST_FILE names ".*missing", which cannot be read \(ENOENT\)\.$/);
			expect(error.field).toBe('DB_POSTGRESDB_HOST_FILE');
		});
	});

	it.each([
		[{ DB_POSTGRESDB_SSL_ENABLED: 'true' }, { rejectUnauthorized: true }],
		[{ DB_POSTGRESDB_SSL_ENABLED: 'TRUE' }, { rejectUnauthorized: true }],
		[{ DB_POSTGRESDB_SSL_ENABLED: '1' }, { rejectUnauthorized: true }],
		[{ DB_POSTGRESDB_SSL_CA: 'CA' }, { ca: 'CA', rejectUnauthorized: true }],
		[
			{ DB_POSTGRESDB_SSL_CERT: 'CERT', DB_POSTGRESDB_SSL_KEY: 'KEY' },
			{ cert: 'CERT', key: 'KEY', rejectUnauthorized: true },
		],
		[{ DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED: 'false' }, { rejectUnauthorized: false }],
		[{ DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED: '0' }, { rejectUnauthorized: false }],
	])('switches TLS on for %j, as n8n does', (env, ssl) => {
		expect(settings({ ...N8N, ...env })).toMatchObject({ connection: { ssl } });
	});

	it.each([{}, { DB_POSTGRESDB_SSL_ENABLED: 'false' }, { DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED: 'true' }])(
		'leaves TLS off for %j',
		(env) => {
			expect(settings({ ...N8N, ...env })).not.toHaveProperty('connection.ssl');
		},
	);

	it.each(['0', '65536', 'db', '5432.5', '-1'])('refuses the port %j and names the setting', (port) => {
		const error = refusal({ ...N8N, DB_POSTGRESDB_PORT: port });
		expect(error.message).toBe(`DB_POSTGRESDB_PORT is "${port}", which is not a port.`);
		expect(error.field).toBe('DB_POSTGRESDB_PORT');
	});

	it.each([
		[
			'postgres://u:p@h:5433/d',
			{ type: 'postgres', poolSize: 6, connection: { connectionString: 'postgres://u:p@h:5433/d' } },
		],
		['postgresql://u@h/d', { type: 'postgres', poolSize: 6, connection: { connectionString: 'postgresql://u@h/d' } }],
		['sqlite:/data/desk.sqlite', { type: 'sqlite', path: '/data/desk.sqlite' }],
		['sqlite:///data/desk.sqlite', { type: 'sqlite', path: '/data/desk.sqlite' }],
		['sqlite:desk.sqlite', { type: 'sqlite', path: '/home/node/.n8n/desk.sqlite' }],
		['sqlite::memory:', { type: 'sqlite', path: ':memory:' }],
	])('follows WHATSAPP_DESK_DATABASE_URL=%s whatever n8n uses', (url, expected) => {
		expect(settings({ ...N8N, WHATSAPP_DESK_DATABASE_URL: url })).toEqual(expected);
		expect(settings({ WHATSAPP_DESK_DATABASE_URL: url })).toEqual(expected);
	});

	it.each(['mysql://h/d', 'desk.sqlite', 'sqlite:'])('refuses the address %j and shows how to write one', (url) => {
		const error = refusal({ WHATSAPP_DESK_DATABASE_URL: url });
		expect(error.message).toBe('WHATSAPP_DESK_DATABASE_URL is neither a PostgreSQL nor a SQLite address.');
		expect(error.hint).toContain('postgresql://user:password@host:5432/database');
		expect(error.field).toBe('WHATSAPP_DESK_DATABASE_URL');
	});

	it.each([{}, { WHATSAPP_DESK_DATABASE_URL: 'sqlite:/shared/desk.sqlite' }])(
		'refuses queue mode on SQLite with what to set instead (%j)',
		(env) => {
			const error = refusal({ ...env, EXECUTIONS_MODE: 'queue' });
			expect(error.message).toMatch(/queue mode/);
			expect(error.hint).toMatch(/DB_TYPE=postgresdb.*WHATSAPP_DESK_DATABASE_URL=postgresql:/);
			expect(error.field).toBe('EXECUTIONS_MODE');
		},
	);

	it('takes queue mode on PostgreSQL', () => {
		expect(settings({ ...N8N, EXECUTIONS_MODE: 'queue' }).type).toBe('postgres');
	});

	it.each([
		['3', 3],
		['0', 6],
		['many', 6],
		['2.5', 6],
	])('opens WHATSAPP_DESK_POOL_SIZE=%s as %i connections', (given, poolSize) => {
		expect(settings({ ...N8N, WHATSAPP_DESK_POOL_SIZE: given })).toMatchObject({ poolSize });
	});
});

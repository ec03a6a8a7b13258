// A database of one's own on the PostgreSQL server that `npm test` starts (or that TEST_POSTGRES_URL names).
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface FreshDatabase {
	url: string;
	name: string;
	/** Drops the database, cutting off whoever is still connected. */
	drop(): Promise<void>;
}

/** False when there is no server to test on; in CI that is a failure, not a reason to skip. */
export function hasPostgres(): boolean {
	if (process.env.TEST_POSTGRES_URL) return true;
	if (process.env.CI) throw new Error('TEST_POSTGRES_URL is not set. Run these tests through: npm test integration');
	return false;
}

/** Creates an empty database: one per test file keeps files independent of each other. */
export async function freshDatabase(label = 'desk'): Promise<FreshDatabase> {
	const server = serverUrl();
	const name = `${label}_${randomBytes(5).toString('hex')}`;
	await onServer(server, `CREATE DATABASE "${name}"`);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return {
		url: url.href,
		name,
		drop: () => onServer(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
	};
}

function serverUrl(): string {
	const url = process.env.TEST_POSTGRES_URL;
	if (!url) throw new Error('TEST_POSTGRES_URL is not set. Run these tests through: npm test integration');
	return url;
}

async function onServer(url: string, statement: string): Promise<void> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

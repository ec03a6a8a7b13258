// An outbox with a past, written in bulk: every message was sent and read, ten to each contact.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const CHANNEL = 'cloudApi:109876543210987';
const DAY_MS = 86_400_000;

/** @param {{ dist: string, path: string, finished: number, now: number }} options */
export async function fillOutbox({ dist, path, finished, now }) {
	const { openDesk } = createRequire(join(dist, 'engine', 'index.js'))('./index.js');
	await (await openDesk({ store: { type: 'sqlite', path } })).close(); // makes the tables
	const db = new DatabaseSync(path);
	db.exec('pragma synchronous = off; pragma cache_size = -200000');
	db.prepare(
		`with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ?)
		insert into outbox (id, channel_id, contact_id, address, content, origin, dedupe_key, status, attempts, not_before,
			created_at, finished_at, provider_message_id, delivery, delivery_at, priority, category, started_at)
		select printf('out_%010d', i), ?, printf('cnt_%08d', i / 10), printf('55119%08d', i / 10),
			'{"type":"text","text":"Sua fatura vence amanhã."}', 'bot', printf('old|%d', i), 'sent', 1, 0,
			? + i, ? + i, printf('wamid.old%d', i), 'read', ? + i, 2, 'utility', ? + i
		from n`,
	).run(finished, CHANNEL, ...Array(4).fill(now - 60 * DAY_MS));
	db.exec('pragma wal_checkpoint(truncate)');
	db.close();
}

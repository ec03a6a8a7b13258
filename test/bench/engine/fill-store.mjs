// A store with a past, written in bulk: every contact was served once, weeks ago.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const CHANNEL = 'cloudApi:109876543210987';
const DAY_MS = 86_400_000;

export const waIdOf = (index) => `55119${String(index).padStart(8, '0')}`;

/** @param {{ dist: string, path: string, contacts: number, now: number }} options */
export async function fillStore({ dist, path, contacts, now }) {
	const { openDesk } = createRequire(join(dist, 'engine', 'index.js'))('./index.js');
	await (await openDesk({ store: { type: 'sqlite', path } })).close(); // makes the tables
	const db = new DatabaseSync(path);
	db.exec('pragma synchronous = off; pragma cache_size = -200000');
	const insert = (table, row) => {
		const columns = Object.keys(row(0));
		const statement = db.prepare(
			`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
		);
		db.exec('begin');
		for (let i = 0; i < contacts; i++) statement.run(...Object.values(row(i)));
		db.exec('commit');
	};
	const at = (i) => now - 60 * DAY_MS + Math.floor((30 * DAY_MS * i) / contacts);
	const id = (prefix, i) => `${prefix}_${(at(i) * 1000 + (i % 1000)).toString(36)}${i.toString(36).padStart(6, '0')}`;
	insert('contact', (i) => ({
		id: id('cnt', i),
		name: `Cliente ${i}`,
		phone: `+${waIdOf(i)}`,
		created_at: at(i),
		updated_at: at(i),
	}));
	insert('contact_address', (i) => ({ kind: 'phone', value: `+${waIdOf(i)}`, contact_id: id('cnt', i) }));
	insert('contact_address', (i) => ({
		kind: 'bsuid',
		value: `BR.${waIdOf(i).padStart(16, '1')}`,
		contact_id: id('cnt', i),
	}));
	insert('conversation', (i) => ({
		id: id('cnv', i),
		channel_id: CHANNEL,
		contact_id: id('cnt', i),
		address: waIdOf(i),
		state: 'resolved',
		queue: 'suporte',
		agent: 'bia',
		protocol_number: `260101-${i.toString(36).padStart(5, '0')}`,
		opened_at: at(i),
		updated_at: at(i),
		resolved_at: at(i),
		grace_until: at(i),
		last_inbound_at: at(i),
		machine_version: 1,
		data: '{}',
	}));
	insert('inbound', (i) => ({
		id: id('msg', i),
		claim: `${CHANNEL}|m|wamid.old${i}`,
		kind: 'message',
		channel_id: CHANNEL,
		contact_id: id('cnt', i),
		conversation_id: id('cnv', i),
		provider_message_id: `wamid.old${i}`,
		address: waIdOf(i),
		sent_at: at(i),
		received_at: at(i),
		content: '{"type":"text","text":"Oi"}',
	}));
	insert('outbox', (i) => ({
		id: id('out', i),
		channel_id: CHANNEL,
		contact_id: id('cnt', i),
		conversation_id: id('cnv', i),
		address: waIdOf(i),
		content: '{"type":"text","text":"Olá! Digite o número do departamento desejado."}',
		origin: 'bot',
		purpose: 'welcome',
		dedupe_key: `old|${i}`,
		status: 'sent',
		attempts: 1,
		not_before: 0,
		created_at: at(i),
		finished_at: at(i),
		provider_message_id: `wamid.sent${i}`,
		delivery: 'read',
		delivery_at: at(i),
	}));
	insert('timeline', (i) => ({
		id: id('tl', i),
		at: at(i),
		event: 'resolved',
		channel_id: CHANNEL,
		contact_id: id('cnt', i),
		conversation_id: id('cnv', i),
		text: 'Atendimento encerrado.',
		data: '{}',
	}));
	db.exec('pragma wal_checkpoint(truncate)');
	db.close();
}

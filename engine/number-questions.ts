/**
 * Is a number on WhatsApp, asked from any process (V-10)? Only the process with the connection can ask WhatsApp: others write their
 * question down and wait for its answer. WhatsApp bans who asks much, so that answers are kept and a day has so many questions.
 */
import { isFresh } from './channel/linked-device/numbers';
import type { NumberPresence } from './channel/port';
import type { Desk } from './desk';
import type { Instant } from './model';
import { formatPhone, normalizePhone, phoneVariants } from './phone';
import type { Db } from './store/open-store';

export interface PresenceCheck {
	status: 'confirmed' | 'notOnWhatsApp' | 'unknown' | 'noPhone';
	/** E.164, and as people write it; null when there is no usable phone. */
	phone: string | null;
	formatted: string | null;
	/** What WhatsApp knows the number by. */
	address: string | null;
	/** Portuguese. */
	explanation: string;
}

const QUESTIONS_A_DAY = 100;
const DAY_MS = 24 * 3_600_000;
const LOOK_EVERY_MS = 200;

/** @param waitMs how long another process may take to answer */
export async function checkPresence(
	desk: Desk,
	channelId: string,
	phone: string,
	waitMs: number,
): Promise<PresenceCheck> {
	const given = normalizePhone(phone, { source: 'register' });
	if (!given.ok) {
		const explanation = given.message;
		return { status: 'noPhone', phone: null, formatted: null, address: null, explanation };
	}
	const { e164 } = given;
	const found = await ask(desk, channelId, e164.slice(1), waitMs);
	return { phone: e164, formatted: formatPhone(e164), ...inWords(found) };
}

/** What other processes ask of the connections that are open here. Called every second. */
export async function answerQuestions(desk: Pick<Desk, 'store' | 'clock' | 'channels'>): Promise<void> {
	const open = desk.channels.ids().filter((id) => desk.channels.get(id)?.checkNumber);
	if (open.length === 0) return;
	const asked = await desk.store.read((db) =>
		db
			.selectFrom('linked_number')
			.select(['channel_id', 'phone'])
			.where('channel_id', 'in', open)
			.where('asked_at', 'is not', null)
			.limit(5)
			.execute(),
	);
	for (const { channel_id: channelId, phone } of asked) {
		await desk.channels.get(channelId)?.checkNumber?.(phone);
		await desk.store.transaction((tx) =>
			tx
				.updateTable('linked_number')
				.set({ asked_at: null })
				.where('channel_id', '=', channelId)
				.where('phone', '=', phone)
				.execute(),
		);
	}
}

async function ask(desk: Desk, channelId: string, digits: string, waitMs: number): Promise<NumberPresence> {
	const { store, clock } = desk;
	const known = await store.read((db) => fresh(db, channelId, digits, clock.now()));
	if (known) return known;
	if ((await questionsToday(desk, channelId)) >= QUESTIONS_A_DAY) {
		return {
			type: 'unclear',
			reason: `o número já fez as ${QUESTIONS_A_DAY} consultas do dia, e perguntar demais o põe em risco`,
		};
	}
	const here = desk.channels.get(channelId);
	if (here?.checkNumber) return await here.checkNumber(digits);
	const row = { channel_id: channelId, phone: digits, jid: null, lid: null, at: 0, asked_at: clock.now() };
	await store.transaction((tx) =>
		tx
			.insertInto('linked_number')
			.values(row)
			.onConflict((c) => c.columns(['channel_id', 'phone']).doUpdateSet({ asked_at: row.asked_at }))
			.execute(),
	);
	const deadline = performance.now() + waitMs;
	do {
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
		const answer = await store.read((db) => fresh(db, channelId, digits, clock.now()));
		if (answer) return answer;
	} while (performance.now() < deadline);
	return { type: 'unclear', reason: 'o aparelho não está conectado, ou não respondeu a tempo' };
}

async function fresh(db: Db, channelId: string, digits: string, now: Instant): Promise<NumberPresence | null> {
	const row = await db
		.selectFrom('linked_number')
		.select(['jid', 'lid', 'at'])
		.where('channel_id', '=', channelId)
		.where('phone', 'in', [...new Set([digits, ...phoneVariants(`+${digits}`)])])
		.orderBy('at', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!row || !isFresh({ jid: row.jid, at: Number(row.at) }, now)) return null;
	return row.jid === null ? { type: 'notOnWhatsApp' } : { type: 'onWhatsApp', jid: row.jid, lid: row.lid };
}

async function questionsToday({ store, clock }: Desk, channelId: string): Promise<number> {
	const { asked } = await store.read((db) =>
		db
			.selectFrom('linked_number')
			.select((e) => e.fn.countAll().as('asked'))
			.where('channel_id', '=', channelId)
			.where('at', '>', clock.now() - DAY_MS)
			.executeTakeFirstOrThrow(),
	);
	// Both forms of a Brazilian mobile are kept.
	return Math.floor(Number(asked) / 2);
}

function inWords(found: NumberPresence): Pick<PresenceCheck, 'status' | 'address' | 'explanation'> {
	switch (found.type) {
		case 'onWhatsApp':
			return { status: 'confirmed', address: found.jid, explanation: 'Confirmado: o número tem WhatsApp.' };
		case 'notOnWhatsApp':
			return {
				status: 'notOnWhatsApp',
				address: null,
				explanation: 'O número não tem WhatsApp. Confirme o telefone do contato.',
			};
		case 'unclear':
			return { status: 'unknown', address: null, explanation: `Não foi possível saber: ${found.reason}.` };
	}
}

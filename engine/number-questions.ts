/**
 * Is a number on WhatsApp, asked from any process (V-10)? Only the process with the connection can ask WhatsApp: others write their
 * question down and wait for its answer. WhatsApp bans who asks much, so that answers are kept and a day has so many questions.
 */
import type { ExpressionBuilder } from 'kysely';
import { isFresh } from './channel/linked-device/numbers';
import type { NumberPresence } from './channel/port';
import type { Desk } from './desk';
import type { Instant } from './model';
import { formatPhone, normalizePhone, phoneVariants } from './phone';
import type { Db } from './store/open-store';
import type { Database } from './store/schema';

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
/** Nobody waits longer for an answer. */
const ASKED_FOR_MS = 30_000;
const NO_ANSWER = { type: 'unclear', reason: 'o aparelho não está conectado, ou não respondeu a tempo' } as const;
const TOO_MANY = {
	type: 'unclear',
	reason: `o número já fez as ${QUESTIONS_A_DAY} consultas do dia, e perguntar demais o põe em risco`,
} as const;

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

/**
 * What other processes ask of the connections that are open here. Called every second. A question that nobody waits for any more,
 * or that is one too many, is only crossed out: whoever waits sees that, and why.
 */
export async function answerQuestions(desk: Pick<Desk, 'store' | 'clock' | 'channels'>): Promise<void> {
	const open = desk.channels.ids().filter((id) => desk.channels.get(id)?.checkNumber);
	if (open.length === 0) return;
	await crossOutOld(desk, open);
	const asked = await desk.store.read((db) =>
		db
			.selectFrom('linked_number')
			.select(['channel_id', 'phone', 'asked_at'])
			.where('channel_id', 'in', open)
			.where('asked_at', 'is not', null)
			.orderBy('asked_at')
			.limit(5)
			.execute(),
	);
	for (const { channel_id: channelId, phone, asked_at: askedAt } of asked) {
		const isAwaited = Math.abs(desk.clock.now() - Number(askedAt)) < ASKED_FOR_MS;
		if (isAwaited && (await questionsToday(desk, channelId, 'answered')) < QUESTIONS_A_DAY) {
			await desk.channels.get(channelId)?.checkNumber?.(phone);
		}
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
	const { known } = await store.read((db) => answerOf(db, channelId, digits, clock.now()));
	if (known) return known;
	if ((await questionsToday(desk, channelId, 'pendingToo')) >= QUESTIONS_A_DAY) return TOO_MANY;
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
		const { known: answer, isPending } = await store.read((db) => answerOf(db, channelId, digits, clock.now()));
		if (answer) return answer;
		if (isPending) continue;
		const isOver = (await questionsToday(desk, channelId, 'answered')) >= QUESTIONS_A_DAY;
		return isOver ? TOO_MANY : NO_ANSWER;
	} while (performance.now() < deadline);
	return NO_ANSWER;
}

/** @returns `isPending`: this very form of the number was asked about, and nobody has crossed it out */
async function answerOf(
	db: Db,
	channelId: string,
	digits: string,
	now: Instant,
): Promise<{ known: NumberPresence | null; isPending: boolean }> {
	const rows = await db
		.selectFrom('linked_number')
		.select(['phone', 'jid', 'lid', 'at', 'asked_at'])
		.where('channel_id', '=', channelId)
		.where('phone', 'in', [...new Set([digits, ...phoneVariants(`+${digits}`)])])
		.orderBy('at', 'desc')
		.execute();
	const isPending = rows.some((row) => row.phone === digits && row.asked_at !== null);
	const [row] = rows;
	if (!row || !isFresh({ jid: row.jid, at: Number(row.at) }, now)) return { known: null, isPending };
	const { jid, lid } = row;
	return { known: jid === null ? { type: 'notOnWhatsApp' } : { type: 'onWhatsApp', jid, lid }, isPending };
}

/** What WhatsApp was asked within a day; with what waits for its answer, for that will be asked as well. */
async function questionsToday(
	{ store, clock }: Pick<Desk, 'store' | 'clock'>,
	channelId: string,
	which: 'answered' | 'pendingToo',
): Promise<number> {
	const now = clock.now();
	const { answered, pending } = await store.read((db) =>
		db
			.selectFrom('linked_number')
			.select((e) => [
				e.fn
					.countAll()
					.filterWhere('at', '>', now - DAY_MS)
					.as('answered'),
				e.fn
					.countAll()
					.filterWhere('at', '<=', now - DAY_MS)
					.as('pending'),
			])
			.where('channel_id', '=', channelId)
			.where((e) => e.or([e('at', '>', now - DAY_MS), e('asked_at', '>', now - ASKED_FOR_MS)]))
			.executeTakeFirstOrThrow(),
	);
	// Both forms of a Brazilian mobile are kept.
	return Math.floor(Number(answered) / 2) + (which === 'pendingToo' ? Number(pending) : 0);
}

async function crossOutOld({ store, clock }: Pick<Desk, 'store' | 'clock'>, channelIds: readonly string[]) {
	const now = clock.now();
	const isOld = (e: ExpressionBuilder<Database, 'linked_number'>) =>
		e.and([
			e('channel_id', 'in', channelIds),
			e('asked_at', 'is not', null),
			e.or([e('asked_at', '<=', now - ASKED_FOR_MS), e('asked_at', '>=', now + ASKED_FOR_MS)]),
		]);
	// Nothing is written every second for nothing.
	const one = await store.read((db) =>
		db.selectFrom('linked_number').select('phone').where(isOld).limit(1).executeTakeFirst(),
	);
	if (!one) return;
	await store.transaction((tx) => tx.updateTable('linked_number').set({ asked_at: null }).where(isOld).execute());
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

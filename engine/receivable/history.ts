/**
 * What does the desk know about the payers who are being planned? Read for thousands of invoices in a few statements: a ladder looks
 * at a hundred thousand of them every day, of which it has told most nothing lately.
 */
import { sql } from 'kysely';
import type { PayerHistory } from '../dunning/types';
import { NO_HISTORY } from '../dunning/types';
import type { Instant } from '../model';
import type { ReceivableRecord } from '../model-receivable';
import { isReleased } from '../outbox/released';
import { normalizePhone } from '../phone';
import type { Db, Tx } from '../store/open-store';
import { isPostgres, oneOf, tableOf } from '../store/sql';
import { newRecord, recordOf } from './rows';
import { loadWrongPersons, wrongKey } from './wrong-person';

/** A payer with those of their receivables that are being planned. */
export interface PlannedPayer {
	key: string;
	creditor: string;
	/** As typed. */
	phone: string | null;
	invoices: readonly string[];
}

/**
 * By payer key; every payer gets an answer. Reminders that were refused before they could reach anybody count as never told.
 * @param since reminders of this moment or later are listed; earlier steps are known all the same
 */
export async function loadHistories(
	db: Db | Tx,
	payers: readonly PlannedPayer[],
	since: Instant,
): Promise<Map<string, PayerHistory>> {
	const histories = new Map<string, PayerHistory>(payers.map(({ key }) => [key, NO_HISTORY]));
	const drafts = new Map<string, Draft>();
	const draftOf = (key: string): Draft => {
		let draft = drafts.get(key);
		if (!draft) {
			draft = { ...NO_HISTORY };
			drafts.set(key, draft);
			histories.set(key, draft);
		}
		return draft;
	};
	await readInvoices(db, payers, draftOf);
	await readMessages(db, payers, since, draftOf);
	await readContacts(db, payers, draftOf);
	return histories;
}

/** Lists are made when there is something to put in: most payers have little. */
type Draft = { -readonly [Part in keyof PayerHistory]: PayerHistory[Part] };

type DraftOf = (payer: string) => Draft;

async function readInvoices(db: Db | Tx, payers: readonly PlannedPayer[], draftOf: DraftOf): Promise<void> {
	const byCreditor = new Map<string, Map<string, string>>();
	for (const { key, creditor, invoices } of payers) {
		let payerOf = byCreditor.get(creditor);
		if (!payerOf) byCreditor.set(creditor, (payerOf = new Map()));
		for (const invoice of invoices) payerOf.set(invoice, key);
	}
	for (const [creditor, payerOf] of byCreditor) {
		const invoices = [...payerOf.keys()];
		const records = await db
			.selectFrom('receivable')
			.selectAll()
			.where('creditor', '=', creditor)
			.where(oneOf(db, 'invoice', invoices))
			// What was only reminded of is open, as if it were not there.
			.where(sql<boolean>`(state <> 'open' or promises > 0)`)
			.execute();
		for (const row of records) noteRecord(draftOf(payerOf.get(row.invoice)!), recordOf(row));

		// A row per invoice: making one for each of its steps costs more than finding them.
		const told = await sql<{ invoice: string; told: string }>`
			select s.invoice, ${joined(db)} as told
			from ${tableOf(db, 'dunning_step')} s ${orRefused(db, 's')}
			where s.creditor = ${creditor} and ${oneOf(db, 's.invoice', invoices)}
			group by s.invoice`.execute(db);
		for (const row of told.rows) {
			const steps = readSteps(row.told);
			if (steps.length > 0) noteSteps(draftOf(payerOf.get(row.invoice)!), row.invoice, steps);
		}
	}
}

// What separates steps, and the parts of one: nobody types them.
const [BETWEEN, WITHIN] = ['\u001e', '\u001f'];

/** The steps of an invoice as one text: key and moment, and the refusal of its message when there was one. */
function joined(db: Db | Tx) {
	const part = sql.lit(WITHIN);
	const refusal = sql`${part} || o.error_code || ${part} || coalesce(o.delivery, '')`;
	const one = sql`s.step || ${part} || s.at || case when o.error_code is null then '' else ${refusal} end`;
	return isPostgres(db) ? sql`string_agg(${one}, ${sql.lit(BETWEEN)})` : sql`group_concat(${one}, ${sql.lit(BETWEEN)})`;
}

function readSteps(text: string): Told[] {
	const steps: Told[] = [];
	for (const one of text.split(BETWEEN)) {
		const at = one.indexOf(WITHIN);
		const after = one.indexOf(WITHIN, at + 1);
		if (after < 0) steps.push({ step: one.slice(0, at), at: Number(one.slice(at + 1)) });
		else {
			const [error, delivery] = one.slice(after + 1).split(WITHIN) as [string, string];
			const told = { step: one.slice(0, at), at: Number(one.slice(at + 1, after)) };
			if (!isFree({ error_code: error, delivery: delivery || null })) steps.push(told);
		}
	}
	return steps;
}

function noteRecord(draft: Draft, record: ReceivableRecord): void {
	if (draft.receivables === NO_HISTORY.receivables) draft.receivables = new Map();
	(draft.receivables as Map<string, ReceivableRecord>).set(record.invoice, record);
}

type Told = { step: string; at: Instant };

function noteSteps(draft: Draft, invoice: string, told: Told[]): void {
	if (draft.steps === NO_HISTORY.steps) draft.steps = new Map();
	(draft.steps as Map<string, Told[]>).set(invoice, told);
}

async function readMessages(
	db: Db | Tx,
	payers: readonly PlannedPayer[],
	since: Instant,
	draftOf: DraftOf,
): Promise<void> {
	const keys = payers.map(({ key }) => key);
	const { rows } = await sql<Refusal & { payer: string; day: string; at: number; after_due: number }>`
		select m.payer, m.day, m.at, m.after_due, o.error_code, o.delivery
		from ${tableOf(db, 'dunning_message')} m ${orRefused(db, 'm')}
		where ${oneOf(db, 'm.payer', keys)} and m.at >= ${since}`.execute(db);
	for (const row of rows) {
		if (isFree(row)) continue;
		const draft = draftOf(row.payer);
		const message = { day: row.day, at: Number(row.at), afterDue: Number(row.after_due) === 1 };
		draft.messages = draft.messages.length === 0 ? [message] : [...draft.messages, message];
	}
}

interface Refusal {
	error_code: string | null;
	delivery: string | null;
}

/**
 * The refusal of the message that told something; null for all others, which are nearly all. The index of refused reminders is
 * small enough to stay in memory; SQLite would rather look each message up among all that was ever sent.
 */
function orRefused(db: Db | Tx, alias: 's' | 'm') {
	const hint = isPostgres(db) ? sql`` : sql`indexed by outbox_refused_reminder`;
	return sql`left join ${tableOf(db, 'outbox')} as o ${hint}
		on o.id = ${sql.ref(`${alias}.outbox_id`)} and o.purpose = 'reminder' and o.status = 'refused'`;
}

function isFree({ error_code, delivery }: Refusal): boolean {
	return error_code !== null && isReleased({ status: 'refused', errorCode: error_code, delivery });
}

/** What is known of whoever has the payer's phone: when they wrote, what they refused, and whether they are somebody else. */
async function readContacts(db: Db | Tx, payers: readonly PlannedPayer[], draftOf: DraftOf): Promise<void> {
	const withPhone = payers.flatMap((payer) => {
		const e164 = payer.phone === null ? null : e164Of(payer.phone);
		return e164 === null ? [] : [{ payer, e164 }];
	});
	if (withPhone.length === 0) return;
	const phones = withPhone.map(({ e164 }) => e164);
	const table = (name: 'contact_address' | 'conversation' | 'consent' | 'wrong_person') => tableOf(db, name);
	// In one statement, and only those of whom there is something to know: most phones belong to nobody who ever said anything.
	const { rows } = await sql<Person>`
		select * from (
			select a.value as phone, a.contact_id,
				(select max(c.last_inbound_at) from ${table('conversation')} c where c.contact_id = a.contact_id) as wrote_at,
				(select o.opted_out_at from ${table('consent')} o where o.contact_id = a.contact_id) as refused_at,
				(select max(w.at) from ${table('wrong_person')} w where w.contact_id = a.contact_id) as wrong_at
			from ${table('contact_address')} a where a.kind = 'phone' and ${oneOf(db, 'a.value', phones)}
		) people where wrote_at is not null or refused_at is not null or wrong_at is not null`.execute(db);
	if (rows.length === 0) return;
	const wrong = await loadWrongPersons(
		db,
		rows.filter(({ wrong_at }) => wrong_at !== null).map(({ contact_id }) => contact_id),
	);
	const personOf = new Map(rows.map((row) => [row.phone, row]));
	for (const { payer, e164 } of withPhone) {
		const person = personOf.get(e164);
		if (!person) continue;
		const draft = draftOf(payer.key);
		if (person.wrote_at !== null) draft.lastInboundAt = Number(person.wrote_at);
		if (person.refused_at !== null) draft.optedOutAt = Number(person.refused_at);
		const contactId = person.contact_id;
		if (wrong.has(wrongKey({ contactId, payer: payer.key }))) noteWrongPerson(payer, contactId, draft);
	}
}

interface Person {
	phone: string;
	contact_id: string;
	wrote_at: number | null;
	refused_at: number | null;
	wrong_at: number | null;
}

/** Nearly all ERPs that write the country code write it like this; those digits need no cleaning. */
function e164Of(phone: string): string | null {
	const isPlain = /^\+55\d{10,11}$/.test(phone);
	const read = isPlain
		? normalizePhone(phone.slice(1), { source: 'waId' })
		: normalizePhone(phone, { source: 'register' });
	return read.ok ? read.e164 : null;
}

/** Invoices nobody has spoken of yet are not to be told to that number either. */
function noteWrongPerson({ creditor, invoices }: PlannedPayer, contactId: string, draft: Draft): void {
	for (const invoice of invoices) {
		const known = draft.receivables.get(invoice) ?? newRecord({ creditor, invoice }, 0);
		if (known.state === 'open') noteRecord(draft, { ...known, contactId, state: 'wrongPerson' });
	}
}

/**
 * What does the desk know about the payers who are being planned? Read for thousands of invoices in a few statements: a ladder looks
 * at a hundred thousand of them every day, of which it has told most nothing lately.
 */
import { sql } from 'kysely';
import type { PayerHistory } from '../dunning/types';
import { NO_HISTORY } from '../dunning/types';
import type { Instant } from '../model';
import type { ReceivableRecord } from '../model-receivable';
import { normalizePhone } from '../phone';
import type { Db, Tx } from '../store/open-store';
import { rowsPerValue, tableOf } from '../store/sql';
import { loadReceivables, newRecord } from './rows';
import { readTold, type ToldStep } from './told-steps';
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
 * @param released see `loadReleased`
 */
export async function loadHistories(
	db: Db | Tx,
	payers: readonly PlannedPayer[],
	since: Instant,
	released: ReadonlySet<string>,
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
	await Promise.all([
		readInvoices(db, payers, released, draftOf),
		readMessages(db, payers, since, released, draftOf),
		readContacts(db, payers, draftOf),
	]);
	return histories;
}

/** Lists are made when there is something to put in: most payers have little. */
type Draft = { -readonly [Part in keyof PayerHistory]: PayerHistory[Part] };

type DraftOf = (payer: string) => Draft;

async function readInvoices(
	db: Db | Tx,
	payers: readonly PlannedPayer[],
	released: ReadonlySet<string>,
	draftOf: DraftOf,
): Promise<void> {
	for (const [creditor, { owners, invoices }] of byCreditor(payers)) {
		const eventful: number[] = [];
		for (const { place, told, quiet } of await readTouched(db, creditor, invoices)) {
			if (told !== null) {
				const steps = readTold(told, released);
				if (steps.length > 0) noteSteps(draftOf(owners[place]!), invoices[place]!, steps);
			}
			if (quiet === 0) eventful.push(place);
		}
		if (eventful.length === 0) continue;
		const ownerOf = new Map(eventful.map((place) => [invoices[place]!, owners[place]!]));
		const keys = [...ownerOf.keys()].map((invoice) => ({ creditor, invoice }));
		for (const record of (await loadReceivables(db, keys)).values()) {
			noteRecord(draftOf(ownerOf.get(record.invoice)!), record);
		}
	}
}

/** The invoices of each creditor, and whose they are. */
function byCreditor(payers: readonly PlannedPayer[]): Map<string, { owners: string[]; invoices: string[] }> {
	const found = new Map<string, { owners: string[]; invoices: string[] }>();
	for (const { key, creditor, invoices } of payers) {
		let lists = found.get(creditor);
		if (!lists) found.set(creditor, (lists = { owners: [], invoices: [] }));
		for (const invoice of invoices) {
			lists.owners.push(key);
			lists.invoices.push(invoice);
		}
	}
	return found;
}

interface Touched {
	/** Of the invoice in the list. */
	place: number;
	told: string | null;
	/** 1 = it was only reminded of: open, as if it were not there. */
	quiet: number;
}

async function readTouched(db: Db | Tx, creditor: string, invoices: readonly string[]): Promise<Touched[]> {
	const { rows } = await rowsPerValue<Touched>(db, invoices, {
		table: 'receivable',
		columns: sql`t.told, case when t.state = 'open' and t.promises = 0 then 1 else 0 end as quiet`,
		where: sql`t.creditor = ${creditor} and t.invoice = v.value`,
	}).execute(db);
	return rows;
}

function noteRecord(draft: Draft, record: ReceivableRecord): void {
	if (draft.receivables === NO_HISTORY.receivables) draft.receivables = new Map();
	(draft.receivables as Map<string, ReceivableRecord>).set(record.invoice, record);
}

function noteSteps(draft: Draft, invoice: string, told: ToldStep[]): void {
	if (draft.steps === NO_HISTORY.steps) draft.steps = new Map();
	(draft.steps as Map<string, ToldStep[]>).set(invoice, told);
}

async function readMessages(
	db: Db | Tx,
	payers: readonly PlannedPayer[],
	since: Instant,
	released: ReadonlySet<string>,
	draftOf: DraftOf,
): Promise<void> {
	const keys = payers.map(({ key }) => key);
	const { rows } = await rowsPerValue<{ outbox_id: string; day: string; at: number; after_due: number }>(db, keys, {
		table: 'dunning_message',
		columns: sql`t.outbox_id, t.day, t.at, t.after_due`,
		where: sql`t.payer = v.value and t.at >= ${since}`,
	}).execute(db);
	for (const { place, outbox_id, day, at, after_due } of rows) {
		if (released.has(outbox_id)) continue;
		const draft = draftOf(keys[place]!);
		const message = { day, at: Number(at), afterDue: Number(after_due) === 1 };
		draft.messages = draft.messages.length === 0 ? [message] : [...draft.messages, message];
	}
}

/** What is known of whoever has the payer's phone: when they wrote, what they refused, and whether they are somebody else. */
async function readContacts(db: Db | Tx, payers: readonly PlannedPayer[], draftOf: DraftOf): Promise<void> {
	const withPhone = payers.flatMap((payer) => {
		const e164 = payer.phone === null ? null : e164Of(payer.phone);
		return e164 === null ? [] : [{ payer, e164 }];
	});
	if (withPhone.length === 0) return;
	const phones = withPhone.map(({ e164 }) => e164);
	const table = (name: 'conversation' | 'consent' | 'wrong_person') => tableOf(db, name);
	const people = rowsPerValue<Person>(db, phones, {
		table: 'contact_address',
		columns: sql`t.contact_id,
			(select max(c.last_inbound_at) from ${table('conversation')} c where c.contact_id = t.contact_id) as wrote_at,
			(select o.opted_out_at from ${table('consent')} o where o.contact_id = t.contact_id) as refused_at,
			(select max(w.at) from ${table('wrong_person')} w where w.contact_id = t.contact_id) as wrong_at`,
		where: sql`t.kind = 'phone' and t.value = v.value`,
	});
	// Only those of whom there is something to know: most phones belong to nobody who ever said anything.
	const { rows } = await sql<Person & { place: number }>`
		select * from (${people}) people
		where wrote_at is not null or refused_at is not null or wrong_at is not null`.execute(db);
	if (rows.length === 0) return;
	const wrong = await loadWrongPersons(
		db,
		rows.filter(({ wrong_at }) => wrong_at !== null).map(({ contact_id }) => contact_id),
	);
	for (const { place, ...person } of rows) {
		const { payer } = withPhone[place]!;
		const draft = draftOf(payer.key);
		if (person.wrote_at !== null) draft.lastInboundAt = Number(person.wrote_at);
		if (person.refused_at !== null) draft.optedOutAt = Number(person.refused_at);
		const contactId = person.contact_id;
		if (wrong.has(wrongKey({ contactId, payer: payer.key }))) noteWrongPerson(payer, contactId, draft);
	}
}

interface Person {
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

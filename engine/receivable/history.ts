/**
 * What does the desk know about the payers who are being planned? Read for thousands of invoices in a few statements: a ladder looks
 * at a hundred thousand of them every day, of which it has told most nothing lately.
 */
import { sql } from 'kysely';
import type { PayerHistory } from '../dunning/types';
import { NO_HISTORY } from '../dunning/types';
import type { Instant } from '../model';
import type { ReceivableRecord } from '../model-receivable';
import type { Db, Tx } from '../store/open-store';
import { oneOf, rowsPerValue, tableOf } from '../store/sql';
import { loadReceivables, newRecord } from './rows';
import { furthestTold, type ToldStep } from './told-steps';
import { loadWrongPersons, wrongKey } from './wrong-person';

export type PositionOf = (step: string) => number | undefined;

/** A payer with those of their receivables that are being planned. */
export interface PlannedPayer {
	key: string;
	creditor: string;
	/** E.164; null = none that can be written to. */
	phone: string | null;
	invoices: readonly string[];
}

/**
 * By payer key; every payer gets an answer. Reminders that were refused before they could reach anybody count as never told.
 * @param since reminders of this moment or later are listed; earlier steps are known all the same
 * @param released see `loadReleased`
 * @param positionOf of a step in the ladder that is planned by: of each invoice only the furthest told step is listed
 */
export async function loadHistories(
	db: Db | Tx,
	payers: readonly PlannedPayer[],
	since: Instant,
	released: ReadonlySet<string>,
	positionOf: PositionOf,
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
	const [people] = await Promise.all([
		readPeople(db, payers, since),
		readInvoices(db, payers, (told) => furthestTold(told, released, positionOf), draftOf),
		readMessages(db, payers, since, released, draftOf),
	]);
	// Once the invoices are known: who is somebody else is not told of the open ones.
	await notePeople(db, people, draftOf);
	await noteOtherMessages(db, people, since, released, draftOf);
	return histories;
}

/** Lists are made when there is something to put in: most payers have little. */
type Draft = { -readonly [Part in keyof PayerHistory]: PayerHistory[Part] };

type DraftOf = (payer: string) => Draft;

async function readInvoices(
	db: Db | Tx,
	payers: readonly PlannedPayer[],
	readTold: (text: string) => ToldStep | null,
	draftOf: DraftOf,
): Promise<void> {
	for (const [creditor, { owners, invoices }] of byCreditor(payers)) {
		const eventful: number[] = [];
		// One list for all payers of a creditor: looked up by invoice, and thousands of small ones cost more than reading.
		const known = new Map<string, ToldStep[]>();
		for (const { place, told, quiet } of await readTouched(db, creditor, invoices)) {
			if (told !== null) {
				const furthest = readTold(told);
				if (furthest) {
					known.set(invoices[place]!, [furthest]);
					draftOf(owners[place]!).steps = known;
				}
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
	/** 1 = it was only reminded of: open, never anything else, as if it were not there. */
	quiet: number;
}

async function readTouched(db: Db | Tx, creditor: string, invoices: readonly string[]): Promise<Touched[]> {
	const { rows } = await rowsPerValue<Touched>(db, invoices, {
		table: 'receivable',
		columns: sql`t.told, case when t.state = 'open' and t.promises = 0 and t.reason is null then 1 else 0 end as quiet`,
		where: sql`t.creditor = ${creditor} and t.invoice = v.value`,
	}).execute(db);
	return rows;
}

function noteRecord(draft: Draft, record: ReceivableRecord): void {
	if (draft.receivables === NO_HISTORY.receivables) draft.receivables = new Map();
	(draft.receivables as Map<string, ReceivableRecord>).set(record.invoice, record);
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
		noteMessage(draftOf(keys[place]!), { day, at: Number(at), afterDue: Number(after_due) === 1 });
	}
}

/** What the person behind a payer's phone was told as another payer: they are one reader (by CPF here, by phone there). */
async function noteOtherMessages(
	db: Db | Tx,
	people: ReadonlyArray<Person & { payer: PlannedPayer }>,
	since: Instant,
	released: ReadonlySet<string>,
	draftOf: DraftOf,
): Promise<void> {
	const reminded = people.filter(({ reminded_on }) => reminded_on !== null);
	if (reminded.length === 0) return;
	const ids = [...new Set(reminded.map(({ contact_id }) => contact_id))];
	const rows = await db
		.selectFrom('dunning_message')
		.select(['contact_id', 'payer', 'outbox_id', 'day', 'at', 'after_due'])
		.where(oneOf(db, 'contact_id', ids))
		.where('at', '>=', since)
		.execute();
	const told = new Map<string, typeof rows>();
	for (const row of rows) {
		if (released.has(row.outbox_id)) continue;
		const others = told.get(row.contact_id);
		if (others) others.push(row);
		else told.set(row.contact_id, [row]);
	}
	for (const { payer, contact_id } of reminded) {
		for (const { payer: key, day, at, after_due } of told.get(contact_id) ?? []) {
			if (key === payer.key) continue;
			noteMessage(draftOf(payer.key), { day, at: Number(at), afterDue: after_due === 1, asOther: true });
		}
	}
}

function noteMessage(draft: Draft, message: PayerHistory['messages'][number]): void {
	draft.messages = draft.messages.length === 0 ? [message] : [...draft.messages, message];
}

/** Whoever has a payer's phone, if there is something to know: most phones belong to nobody who ever said anything. */
async function readPeople(
	db: Db | Tx,
	payers: readonly PlannedPayer[],
	since: Instant,
): Promise<Array<Person & { payer: PlannedPayer }>> {
	const withPhone = payers.filter(({ phone }) => phone !== null);
	if (withPhone.length === 0) return [];
	const phones = withPhone.map(({ phone }) => phone!);
	const table = (name: 'conversation' | 'consent' | 'wrong_person' | 'dunning_message') => tableOf(db, name);
	const people = rowsPerValue<Person>(db, phones, {
		table: 'contact_address',
		columns: sql`t.contact_id,
			(select max(c.last_inbound_at) from ${table('conversation')} c where c.contact_id = t.contact_id) as wrote_at,
			(select o.opted_out_at from ${table('consent')} o where o.contact_id = t.contact_id) as refused_at,
			(select max(w.at) from ${table('wrong_person')} w where w.contact_id = t.contact_id) as wrong_at,
			(select max(m.day) from ${table('dunning_message')} m
				where m.contact_id = t.contact_id and m.day >= ${dayBefore(since)}) as reminded_on`,
		where: sql`t.kind = 'phone' and t.value = v.value`,
	});
	const { rows } = await sql<Person & { place: number }>`
		select * from (${people}) people
		where wrote_at is not null or refused_at is not null or wrong_at is not null or reminded_on is not null`.execute(db);
	return rows.map((row) => ({ ...row, payer: withPhone[row.place]! }));
}

/** When they wrote, what they refused, and whether they are somebody else. */
async function notePeople(
	db: Db | Tx,
	people: ReadonlyArray<Person & { payer: PlannedPayer }>,
	draftOf: DraftOf,
): Promise<void> {
	const suspects = people.filter(({ wrong_at }) => wrong_at !== null);
	const wrong = await loadWrongPersons(
		db,
		suspects.map(({ contact_id }) => contact_id),
	);
	for (const { payer, contact_id: contactId, wrote_at, refused_at, wrong_at } of people) {
		// Whoever was only reminded has nothing else to be noted.
		if (wrote_at === null && refused_at === null && wrong_at === null) continue;
		const draft = draftOf(payer.key);
		if (wrote_at !== null) draft.lastInboundAt = Number(wrote_at);
		if (refused_at !== null) draft.optedOutAt = Number(refused_at);
		if (wrong.has(wrongKey({ contactId, payer: payer.key }))) noteWrongPerson(payer, contactId, draft);
	}
}

interface Person {
	contact_id: string;
	wrote_at: number | null;
	refused_at: number | null;
	wrong_at: number | null;
	/** The last day on which they were reminded, of late. */
	reminded_on: string | null;
}

/** Earlier than the date of the moment in any zone. */
const dayBefore = (at: Instant) => new Date(at - 24 * 3_600_000).toISOString().slice(0, 10);

/** Invoices nobody has spoken of yet are not to be told to that number either. */
function noteWrongPerson({ creditor, invoices }: PlannedPayer, contactId: string, draft: Draft): void {
	for (const invoice of invoices) {
		const known = draft.receivables.get(invoice) ?? newRecord({ creditor, invoice }, 0);
		if (known.state === 'open') noteRecord(draft, { ...known, contactId, state: 'wrongPerson' });
	}
}

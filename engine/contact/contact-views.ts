/** Contacts as pages, nodes and reports show them: who, where, and what they agreed to. */
import { sql } from 'kysely';
import { consentOf, NO_CONSENT, type Consent } from '../consent/consent';
import { NotFound } from '../errors';
import type { Contact, Instant } from '../model';
import { normalizePhone } from '../phone';
import type { Db, Store } from '../store/open-store';
import { oneOf } from '../store/sql';
import { addressOfJid, type Address } from './addresses';
import { readName, shownName } from './given-names';
import { lastInboundOf, reachabilityOf, type Reachability } from './reachability';

export interface ContactView extends Contact {
	createdAt: Instant;
	/** Every name WhatsApp or the company has for the contact, e.g. { kind: 'bsuid', value: 'BR.150…' }; documents are masked. */
	addresses: Array<{ kind: string; value: string }>;
	consent: Consent;
	reachability: Reachability;
	/** When the contact last wrote, to whichever number of the company; null = never. */
	lastInboundAt: Instant | null;
}

export interface ContactFilter {
	/** Opted out of everything, or of marketing at least, or of nothing. */
	consent?: 'optedOut' | 'marketingStopped' | 'mayReceive';
	/** Whether a phone is known. */
	hasPhone?: boolean;
	/** Part of the name, or of the phone when there are three digits or more. */
	search?: string;
	/** Newest first. */
	limit: number;
}

/** @param idOrPhone see findContact. @throws NotFound when there is no such contact */
export async function getContact(store: Store, idOrPhone: string): Promise<ContactView> {
	const found = await lookUpContact(store, idOrPhone);
	if (found === null) throw unknownContact(idOrPhone);
	return found;
}

/** The same; null when there is no such contact. */
export async function lookUpContact(store: Store, idOrPhone: string): Promise<ContactView | null> {
	return store.read(async (db) => {
		const id = await findContact(db, idOrPhone);
		return id === null ? null : (await viewsOf(db, [id]))[0]!;
	});
}

export async function listContacts(store: Store, filter: ContactFilter): Promise<ContactView[]> {
	return store.read(async (db) => {
		let query = db.selectFrom('contact as c').select('c.id').orderBy('c.id', 'desc').limit(filter.limit);
		if (filter.hasPhone !== undefined) query = query.where('c.phone', filter.hasPhone ? 'is not' : 'is', null);
		if (filter.consent) {
			const { consent } = filter;
			query = query.leftJoin('consent as s', 's.contact_id', 'c.id').where((e) => {
				if (consent === 'optedOut') return e('s.opted_out_at', 'is not', null);
				const anything = e.or([e('s.opted_out_at', 'is not', null), e('s.marketing_out_at', 'is not', null)]);
				return consent === 'marketingStopped' ? anything : e.not(anything);
			});
		}
		const wanted = filter.search?.trim() ?? '';
		if (wanted !== '') {
			const digits = wanted.replace(/\D/g, '');
			query = query.where((e) =>
				e.or([
					sql<boolean>`lower(${e.ref('c.name')}) like ${containing(wanted.toLowerCase())} escape '\\'`,
					...(digits.length >= 3 ? [e('c.phone', 'like', containing(digits))] : []),
				]),
			);
		}
		return viewsOf(
			db,
			(await query.execute()).map((row) => row.id),
		);
	});
}

/**
 * The contact with this id, phone, ERP id (erp:omie:123), document (CPF or CNPJ) or address on a linked device (…@lid), however
 * it is written; null when there is none. Bare digits that may be both a phone and a CPF are a phone first.
 */
export async function findContact(db: Db, idOrPhone: string): Promise<string | null> {
	const wanted = idOrPhone.trim();
	const byId = await db.selectFrom('contact').select('id').where('id', '=', wanted).executeTakeFirst();
	if (byId) return byId.id;
	const jid = addressOfJid(wanted);
	if (jid) return ownerOf(db, jid);
	const name = readName(wanted);
	if (name?.surely) return ownerOf(db, name.address);
	const phone = normalizePhone(wanted, { source: 'register' });
	const byPhone = phone.ok ? await ownerOf(db, { kind: 'phone', value: phone.e164 }) : null;
	return byPhone ?? (name ? ownerOf(db, name.address) : null);
}

async function ownerOf(db: Db, { kind, value }: Address): Promise<string | null> {
	const row = await db
		.selectFrom('contact_address')
		.select('contact_id')
		.where('kind', '=', kind)
		.where('value', '=', value)
		.executeTakeFirst();
	return row?.contact_id ?? null;
}

export function unknownContact(idOrPhone: string): NotFound {
	return new NotFound(
		`There is no contact "${idOrPhone}".`,
		'Use the contact id of a trigger item, a phone with DDD, an ERP ID such as erp:omie:123 or a CPF/CNPJ, or save the contact first with Contact: Create or Update.',
		'contact',
	);
}

/** In the order of `ids`. */
export async function viewsOf(db: Db, ids: readonly string[]): Promise<ContactView[]> {
	if (ids.length === 0) return [];
	const contacts = await db
		.selectFrom('contact')
		.select(['id', 'name', 'phone', 'created_at'])
		.where(oneOf(db, 'id', ids))
		.execute();
	const addresses = await db
		.selectFrom('contact_address')
		.selectAll()
		.where(oneOf(db, 'contact_id', ids))
		.orderBy('kind')
		.orderBy('value')
		.execute();
	const consents = await consentOf(db, ids);
	const reachability = await reachabilityOf(db, ids);
	const wrote = await lastInboundOf(db, ids);
	const byId = new Map(contacts.map((row) => [row.id, row]));
	return ids.flatMap((id) => {
		const row = byId.get(id);
		if (!row) return [];
		return [
			{
				id,
				name: row.name,
				phone: row.phone,
				createdAt: Number(row.created_at),
				addresses: addresses
					.filter((each) => each.contact_id === id)
					.map(({ kind, value }) => ({ kind, value: shownName({ kind, value }) })),
				consent: consents.get(id) ?? NO_CONSENT,
				reachability: reachability.get(id)!,
				lastInboundAt: wrote.get(id) ?? null,
			},
		];
	});
}

function containing(text: string): string {
	return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Who is it about, who signs, when? What the wildcards of a document take their values from. */
import { DateTime } from 'luxon';
import { readTaxId, withLostZeros } from '../brazil/tax-id';
import type { DateText } from '../business-hours/dates';
import type { Instant } from '../model';
import type { DocumentContent, DocumentKind } from './content';
import type { DocumentData } from './data';
import { reckon, type Figures } from './figures';
import { inOneLine, type DataProblem } from './problems';

export interface Party {
	name: string;
	/** "CPF 529.982.247-25"; null when not known. */
	document: string | null;
	/** The same with the outer digits hidden; a CNPJ is public and stays. */
	maskedDocument: string | null;
	/** Without punctuation. */
	documentKey: string | null;
	address: string | null;
	phone: string | null;
	email: string | null;
}

export interface DocumentFacts extends Figures {
	kind: DocumentKind;
	number: string | null;
	issuedOn: DateText;
	place: string | null;
	creditor: Party & { document: string; documentKey: string; address: string };
	debtor: Party;
	signedBy: string | null;
	/** Of the titles, by contract. */
	charges: { finePercent: number; monthlyInterestPercent: number } | null;
	acceptance: { messageId: string; text: string; at: Instant } | null;
	/** Under their names as written. */
	fields: Record<string, string>;
	now: Instant;
	zone: string;
}

export type RefusalCode =
	| 'creditorIncomplete'
	| 'documentDataInvalid'
	| 'documentAmountsDisagree'
	| 'documentWildcardUnknown'
	| 'documentValuesMissing';

export interface DocumentRefusal {
	ok: false;
	code: RefusalCode;
	/** Portuguese: what happened and what to do. */
	explanation: string;
	problems: DataProblem[];
}

export interface Moment {
	now: Instant;
	/** IANA name. */
	zone: string;
}

/** @returns the facts, or why no document can be made of this data */
export function gatherFacts(
	kind: DocumentKind,
	data: DocumentData,
	defaults: Pick<DocumentContent, 'signedBy' | 'creditor'>,
	{ now, zone }: Moment,
): { ok: true; facts: DocumentFacts } | DocumentRefusal {
	const creditor = creditorOf({ ...defaults.creditor, ...given(data.creditor) });
	if (!creditor.ok) return creditor;
	const debtor = debtorOf(kind, data);
	if (!debtor.ok) return debtor;
	if (kind === 'agreement' && !data.agreement) {
		return invalid([{ field: 'agreement', explanation: 'faltam as condições do acordo' }]);
	}
	const today = DateTime.fromMillis(now, { zone }).toFormat('yyyy-MM-dd');
	const reckoned = reckon(data, data.asOf ?? today);
	if (!reckoned.ok)
		return reckoned.code === 'documentDataInvalid' ? invalid(reckoned.problems) : disagree(reckoned.problems);
	const { charges, acceptance } = data;
	const facts: DocumentFacts = {
		...reckoned.figures,
		...{ kind, number: data.number, issuedOn: data.issuedOn ?? today, place: data.place },
		...{ creditor: creditor.party, debtor: debtor.party },
		signedBy: data.signedBy ?? (defaults.signedBy.trim() || null),
		charges: charges && (charges.finePercent > 0 || charges.monthlyInterestPercent > 0) ? charges : null,
		acceptance: acceptance ?? null,
		fields: data.fields ?? {},
		...{ now, zone },
	};
	return { ok: true, facts };
}

export function invalid(problems: DataProblem[]): DocumentRefusal {
	const explanation = `Os dados do documento não servem (${inOneLine(problems)}). Corrija e tente de novo.`;
	return { ok: false, code: 'documentDataInvalid', explanation, problems };
}

function disagree(problems: DataProblem[]): DocumentRefusal {
	const explanation = `Os valores não fecham: ${inOneLine(problems)}. Confira os valores no sistema de origem.`;
	return { ok: false, code: 'documentAmountsDisagree', explanation, problems };
}

/** CDC art. 42-A: the supplier's name, address and CPF or CNPJ are on every collection document. */
function creditorOf(creditor: Partial<DocumentData['creditor']>) {
	const { name = '', address = '', phone = null, email = null } = creditor;
	const id = readTaxId(creditor.document ?? '');
	const missing: DataProblem[] = [];
	if (name === '') missing.push({ field: 'creditor.name', explanation: 'falta o nome' });
	if (!id.ok) missing.push({ field: 'creditor.document', explanation: lower(id.reason) });
	if (address === '') missing.push({ field: 'creditor.address', explanation: 'falta o endereço' });
	if (!id.ok || missing.length > 0) {
		const explanation = `Falta identificar o credor (${inOneLine(missing)}). Todo documento de cobrança traz nome, CNPJ ou CPF e endereço do credor (CDC, art. 42-A): complete e tente de novo.`;
		return { ok: false as const, code: 'creditorIncomplete' as const, explanation, problems: missing };
	}
	// A person who is owed is identified too, with the whole CPF: the law asks for it.
	const document = `${id.kind.toUpperCase()} ${id.formatted}`;
	const party = { name, document, maskedDocument: document, documentKey: id.digits, address, phone, email };
	return { ok: true as const, party };
}

/** An agreement binds: it names its debtor with the whole document. */
function debtorOf(kind: DocumentKind, { debtor }: DocumentData) {
	const { name, phone, email } = debtor;
	const problems: DataProblem[] = [];
	if (name === '') problems.push({ field: 'debtor.name', explanation: 'falta o nome de quem deve' });
	const id = debtor.document === '' ? null : readTaxId(withLostZeros(debtor.document));
	if (id && !id.ok) problems.push({ field: 'debtor.document', explanation: lower(id.reason) });
	if (!id && kind === 'agreement') {
		problems.push({ field: 'debtor.document', explanation: 'falta o CPF ou CNPJ de quem deve' });
	}
	if (problems.length > 0) return invalid(problems);
	const party: Party = {
		name,
		document: null,
		maskedDocument: null,
		documentKey: null,
		address: debtor.address || null,
		phone,
		email,
	};
	if (id?.ok) {
		const label = id.kind.toUpperCase();
		party.document = `${label} ${id.formatted}`;
		party.maskedDocument = id.kind === 'cpf' ? `${label} ${id.masked}` : party.document;
		party.documentKey = id.digits;
	}
	return { ok: true as const, party };
}

/** What is not given does not hide what the template knows. */
function given<T extends object>(values: T): Partial<T> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Partial<T>;
}

function lower(reason: string): string {
	return reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, '');
}

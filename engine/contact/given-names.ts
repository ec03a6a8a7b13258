/**
 * Which names does a company have for a person: ids in its ERPs, a CPF or CNPJ? Reading only; whose they are is in the
 * identity index. Documents are identities, so a number whose check digits are wrong is not kept: it may stand for many people.
 */
import { readTaxId } from '../brazil/tax-id';
import { ConfigurationError } from '../errors';
import type { Address } from './addresses';

export interface GivenNames {
	/** `<system>:<id>`, e.g. omie:6289226831. */
	erpIds?: readonly string[];
	/** CPF or CNPJ, with or without punctuation. */
	document?: string | null;
}

/** How a text says whom it means; `surely`: it cannot be a phone. */
export interface NameRead {
	address: Address;
	surely: boolean;
}

/**
 * Names that can be looked up, and what was left out and why (pt-BR).
 * @throws ConfigurationError for an ERP id without its system
 */
export function readGivenNames({ erpIds = [], document }: GivenNames): { names: Address[]; warnings: string[] } {
	const names = new Map<string, Address>();
	const warnings: string[] = [];
	for (const given of erpIds.map((id) => id.trim()).filter(Boolean)) {
		const [, system, id] = ERP_ID.exec(given) ?? [];
		if (system === undefined || id === undefined) throw noSystem(given);
		if (isNobody(id)) warnings.push(`O ID "${given}" não diz de quem é e não foi guardado.`);
		else names.set(`erp ${system} ${id}`, erpAddress(system, id));
	}
	if (document?.trim()) {
		const read = readTaxId(document);
		if (read.ok) names.set('document', { kind: 'document', value: read.digits });
		else warnings.push(`CPF/CNPJ não guardado: ${read.reason}`);
	}
	return { names: [...names.values()], warnings };
}

/** Reads "erp:omie:123", "omie:123", "CPF 529.982.247-25", "document:529…" or bare digits; null when it is none of them. */
export function readName(text: string): NameRead | null {
	const wanted = text.trim();
	const [, digits] = /^(?:document|CPF|CNPJ)\b(.*)$/is.exec(wanted) ?? [];
	// Before documents: the letters of a system and ten digits may look like a CNPJ.
	const [, system, id] = digits === undefined ? (ERP_ID.exec(wanted) ?? []) : [];
	if (system !== undefined && id !== undefined) {
		return { address: erpAddress(system, id), surely: /^erp:/i.test(wanted) };
	}
	const document = readTaxId(digits ?? wanted);
	if (!document.ok) return null;
	const surely = digits !== undefined || wanted === document.formatted || /[A-Z]/i.test(wanted);
	return { address: { kind: 'document', value: document.digits }, surely };
}

/** An id or a name of ours: what nobody is known by is unknown, and no phone. */
export function isReference(text: string): boolean {
	return /^(cnt_|erp:|(document|CPF|CNPJ)\b)/i.test(text.trim()) || readName(text)?.surely === true;
}

/** As people may see it: documents are masked (LGPD). */
export function shownName({ kind, value }: { kind: string; value: string }): string {
	if (kind !== 'document') return value;
	const read = readTaxId(value);
	return read.ok ? read.masked : `${'*'.repeat(Math.max(0, value.length - 4))}${value.slice(-4)}`;
}

/** pt-BR: "ID omie:123", "CPF ***.982.247-**". */
export function describeName(address: Address): string {
	if (address.kind !== 'document') return `ID ${address.value}`;
	return `${address.value.length === 11 ? 'CPF' : 'CNPJ'} ${shownName(address)}`;
}

const ERP_ID = /^(?:erp:)?([a-z][\w-]*):(.*)$/is;

const erpAddress = (system: string, id: string): Address => ({
	kind: 'erp',
	value: `${system.toLowerCase()}:${id.trim()}`,
});

/** What an expression leaves behind when the field was empty, and the ids that ERPs give to "nobody". */
function isNobody(id: string): boolean {
	return /^(|0+|null|undefined|\[object \w+\])$/i.test(id.trim());
}

function noSystem(given: string): ConfigurationError {
	return new ConfigurationError(
		`The ERP ID "${given}" does not say which system it belongs to.`,
		'Write it as system:id, e.g. omie:6289226831.',
		'erpIds',
	);
}

/**
 * What document comes of these data? Words from the template that applies, numbers reckoned here, a PDF at the end, or one
 * reason in Portuguese why not (C-01…C-05).
 */
import { fold } from '../text';
import type { DocumentContent, DocumentKind } from './content';
import { readDocumentData } from './data';
import { gatherFacts, invalid, type DocumentFacts, type DocumentRefusal, type Moment } from './facts';
import { fillContent } from './fill';
import { makePdf } from './pdf';

export interface RenderedDocument {
	ok: true;
	kind: DocumentKind;
	bytes: Buffer;
	mimeType: 'application/pdf';
	/** e.g. "termo-de-acordo-1234.pdf" */
	fileName: string;
	pages: number;
	/** Portuguese; null = everything could be printed. */
	hint: string | null;
	facts: DocumentFacts;
}

export type RenderResult = RenderedDocument | DocumentRefusal;

/** @param given see DocumentDataInput */
export async function renderContent(
	kind: DocumentKind,
	content: DocumentContent,
	given: unknown,
	moment: Moment,
): Promise<RenderResult> {
	const read = readDocumentData(given);
	if (!read.ok) return invalid(read.problems);
	const gathered = gatherFacts(kind, read.data, content, moment);
	if (!gathered.ok) return gathered;
	const { facts } = gathered;
	const filled = fillContent(content, facts);
	if (!filled.ok) return unfilled(filled);
	const { bytes, pages, lost } = await makePdf(filled.document, facts);
	const hint = lost.length > 0 ? `Estas letras não puderam ser impressas e saíram como "?": ${lost.join(' ')}` : null;
	return { ok: true, kind, bytes, mimeType: 'application/pdf', fileName: fileNameOf(facts), pages, hint, facts };
}

function unfilled({ unknown, missing }: { unknown: string[]; missing: string[] }): DocumentRefusal {
	if (unknown.length > 0) {
		const problems = unknown.map((field) => ({ field, explanation: 'não existe' }));
		const explanation = `O modelo do documento usa ${listed(unknown)}, que não existe${unknown.length > 1 ? 'm' : ''}. Corrija o modelo, ou informe o valor em "fields".`;
		return { ok: false, code: 'documentWildcardUnknown', explanation, problems };
	}
	const problems = missing.map((field) => ({ field, explanation: 'está sem valor' }));
	const explanation = `Falta o valor de ${listed(missing)}. Informe nos dados, ou tire do modelo do documento.`;
	return { ok: false, code: 'documentValuesMissing', explanation, problems };
}

function listed(names: readonly string[]): string {
	return names.join(', ');
}

const NAMES: Record<DocumentKind, string> = {
	agreement: 'termo-de-acordo',
	debtStatement: 'demonstrativo-de-debito',
};

/** Letters, digits and hyphens only: it becomes the name of a file on a customer's phone. */
function fileNameOf({ kind, number, asOf }: DocumentFacts): string {
	const end = fold(number ?? '')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	return `${NAMES[kind]}-${end || asOf}.pdf`;
}

/** One document for one debtor: the template that applies to the creditor, filled and printed (C-01…C-05). */
import type { Store } from '../store/open-store';
import type { DocumentKind } from './content';
import { findDocumentTemplate, type AppliedTemplate } from './document-templates';
import type { DocumentRefusal, Moment } from './facts';
import { renderContent, type RenderedDocument } from './render';

export interface DocumentRequest {
	kind: DocumentKind;
	/** Key of the creditor; '' = the CNPJ or CPF of `data.creditor`, else the account's. */
	creditor: string;
	/** See DocumentDataInput (data.ts). */
	data: unknown;
}

export type RenderedFor = (RenderedDocument & { template: AppliedTemplate['from'] }) | DocumentRefusal;

export async function renderDocument(store: Store, request: DocumentRequest, moment: Moment): Promise<RenderedFor> {
	const { kind, data } = request;
	const template = await findDocumentTemplate(store, kind, request.creditor || creditorIn(data));
	const result = await renderContent(kind, template.content, data, moment);
	return result.ok ? { ...result, template: template.from } : result;
}

function creditorIn(data: unknown): string {
	const creditor = isObject(data) ? data.creditor : undefined;
	const document = isObject(creditor) ? creditor.document : undefined;
	return typeof document === 'string' ? document : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

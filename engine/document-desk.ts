/** Documents and their templates, for the nodes. */
import type { Desk } from './desk';
import type { DocumentKind } from './document/content';
import * as documentTemplates from './document/document-templates';
import * as documents from './document/documents';

/** A PDF for one debtor (C-01…C-05); `zone` says which day it is. See engine/document/data.ts for the data. */
export const renderDocument = (desk: Desk, request: documents.DocumentRequest, zone: string) =>
	documents.renderDocument(desk.store, request, { now: desk.clock.now(), zone });
/** The words that apply to a creditor; '' = the account's. */
export const findDocumentTemplate = (desk: Desk, kind: DocumentKind, creditor: string) =>
	documentTemplates.findDocumentTemplate(desk.store, kind, creditor);
export const setDocumentTemplate = (
	desk: Desk,
	template: { kind: DocumentKind; creditor: string; content: unknown },
	zone: string,
) => documentTemplates.setDocumentTemplate(desk.store, template, { now: desk.clock.now(), zone });
export const deleteDocumentTemplate = (desk: Desk, kind: DocumentKind, creditor: string) =>
	documentTemplates.deleteDocumentTemplate(desk.store, kind, creditor);

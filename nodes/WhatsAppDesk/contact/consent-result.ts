import type { IDataObject } from 'n8n-workflow';
import type { ConsentResult } from '../../../engine/index';
import { contactJson } from './fields';

/** The contact as it stands now, with what was written down. */
export function consentResultJson({ result, contact, explanation }: ConsentResult): IDataObject {
	return { result, explanation, ...(contact && contactJson(contact)) };
}

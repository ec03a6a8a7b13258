import type { IDataObject } from 'n8n-workflow';
import type { QueueRow } from '../../../engine/model';

export function queueJson({ createdAt, ...queue }: QueueRow): IDataObject {
	return { ...queue, createdAt: new Date(createdAt).toISOString() };
}

import type { ITriggerFunctions } from 'n8n-workflow';

export interface FileOptions {
	/** The binary field of the item. */
	field: string;
	/** How long a run waits for files that are not there yet. */
	waitMs: number;
}

export interface TriggerOptions {
	events: Set<string>;
	batchSize: number;
	mergeWindowMs: number;
	lateAfterMs: number;
	raw: boolean;
	markRead: 'no' | 'read' | 'typing';
	testNumbers: string[];
	/** Whether files of messages are put into the items, and how; null = they are not. */
	files: FileOptions | null;
}

export function readTriggerOptions(context: ITriggerFunctions): TriggerOptions {
	const options = context.getNodeParameter('options', {}) as {
		batchSize?: number;
		mergeWindowSeconds?: number;
		lateAfterMinutes?: number;
		raw?: boolean;
		markRead?: TriggerOptions['markRead'];
		testNumbers?: string;
		downloadMedia?: boolean;
		fileField?: string;
		fileWaitSeconds?: number;
	};
	return {
		events: new Set(context.getNodeParameter('events', ['message']) as string[]),
		batchSize: options.batchSize ?? 50,
		mergeWindowMs: (options.mergeWindowSeconds ?? 0) * 1_000,
		lateAfterMs: (options.lateAfterMinutes ?? 15) * 60_000,
		raw: options.raw ?? false,
		markRead: options.markRead ?? 'no',
		files: options.downloadMedia
			? { field: options.fileField?.trim() || 'data', waitMs: (options.fileWaitSeconds ?? 20) * 1_000 }
			: null,
		testNumbers: (options.testNumbers ?? '')
			.split(/[,;\n]/)
			.map((n) => n.trim())
			.filter(Boolean),
	};
}

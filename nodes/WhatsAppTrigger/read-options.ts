import type { ITriggerFunctions } from 'n8n-workflow';

export interface TriggerOptions {
	events: Set<string>;
	batchSize: number;
	mergeWindowMs: number;
	lateAfterMs: number;
	raw: boolean;
	markRead: 'no' | 'read' | 'typing';
	testNumbers: string[];
}

export function readTriggerOptions(context: ITriggerFunctions): TriggerOptions {
	const options = context.getNodeParameter('options', {}) as {
		batchSize?: number;
		mergeWindowSeconds?: number;
		lateAfterMinutes?: number;
		raw?: boolean;
		markRead?: TriggerOptions['markRead'];
		testNumbers?: string;
	};
	return {
		events: new Set(context.getNodeParameter('events', ['message']) as string[]),
		batchSize: options.batchSize ?? 50,
		mergeWindowMs: (options.mergeWindowSeconds ?? 0) * 1_000,
		lateAfterMs: (options.lateAfterMinutes ?? 15) * 60_000,
		raw: options.raw ?? false,
		markRead: options.markRead ?? 'no',
		testNumbers: (options.testNumbers ?? '')
			.split(/[,;\n]/)
			.map((n) => n.trim())
			.filter(Boolean),
	};
}

import type { ErpKind, ErpReadOptions, ErpSystem } from '../../engine/index';

/** webhook() and trigger() both have it. */
export interface ParameterContext {
	getNodeParameter(name: string, fallback: unknown): unknown;
	getWorkflow(): { id?: string };
	getNode(): { id: string };
}

export interface Reception {
	system: ErpSystem;
	/** Whether the sender has to prove who it is. */
	checked: boolean;
	/** null = every kind. */
	kinds: ReadonlySet<ErpKind> | null;
	options: ErpReadOptions;
}

export interface Running {
	batchSize: number;
	raw: boolean;
	runForIgnored: boolean;
}

interface Options {
	batchSize?: number;
	raw?: boolean;
	runForIgnored?: boolean;
	closedStages?: string;
	cancelledStages?: string;
}

/** What is received by this node and what it runs for; the node's id survives renames and moves. */
export function sourceOf(context: ParameterContext): string {
	return `${String(context.getWorkflow().id)}/${context.getNode().id}`;
}

export function readReception(context: ParameterContext): Reception {
	const system = context.getNodeParameter('system', 'omie') as ErpSystem;
	const kinds = context.getNodeParameter('events', []) as ErpKind[];
	const { closedStages, cancelledStages } = context.getNodeParameter('options', {}) as Options;
	return {
		system,
		checked: context.getNodeParameter('authentication', 'credential') !== 'none',
		kinds: kinds.length === 0 ? null : new Set(kinds),
		options: {
			...(system === 'generic' ? readMapper(context) : {}),
			...stages('closedStages', closedStages),
			...stages('cancelledStages', cancelledStages),
		},
	};
}

export function readRunning(context: ParameterContext): Running {
	const { batchSize = 50, raw = false, runForIgnored = true } = context.getNodeParameter('options', {}) as Options;
	return { batchSize: Math.max(1, Math.floor(batchSize) || 50), raw, runForIgnored };
}

function readMapper(context: ParameterContext): Pick<ErpReadOptions, 'paths' | 'kinds'> {
	const { path = [] } = context.getNodeParameter('paths', {}) as { path?: Array<{ field: string; path: string }> };
	const { kind = [] } = context.getNodeParameter('kinds', {}) as { kind?: Array<{ word: string; kind: ErpKind }> };
	return {
		paths: Object.fromEntries(path.filter((row) => row.path.trim()).map((row) => [row.field, row.path.trim()])),
		kinds: Object.fromEntries(kind.filter((row) => row.word.trim()).map((row) => [row.word.trim(), row.kind])),
	};
}

/** Presets have stages of their own where a company names none. */
function stages(name: 'closedStages' | 'cancelledStages', text: string | undefined): Partial<ErpReadOptions> {
	const words = (text ?? '')
		.split(',')
		.map((word) => word.trim().toLowerCase())
		.filter(Boolean);
	return words.length === 0 ? {} : { [name]: words };
}

/**
 * Which customer message does this item belong to? A WhatsApp Trigger's item says so itself; further down the workflow,
 * where other nodes have replaced the data, the item is followed back to the trigger.
 */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** The part of the trigger's item that other nodes rely on. */
export interface RunMessage {
	messageId: string;
	providerMessageId: string | null;
	contact: { id: string; address: string; name: string | null; phone: string | null } | null;
	conversation: { id: string } | null;
}

export type ReadRunMessage = (item: INodeExecutionData, index: number) => RunMessage | null;

export function runMessageReader(context: IExecuteFunctions): ReadRunMessage {
	let triggers: string[] | undefined;
	return (item, index) => {
		if (isRunMessage(item.json)) return item.json;
		triggers ??= context
			.getParentNodes(context.getNode().name)
			.filter(({ type }) => type.endsWith('.whatsAppTrigger'))
			.map(({ name }) => name);
		for (const name of triggers) {
			const found = triggerItem(context, name, index);
			if (isRunMessage(found)) return found;
		}
		return null;
	};
}

/**
 * A key for the n-th time this node handles a message: the same when the run is repeated after a crash, so that nothing
 * is done twice (D4). Undefined without a message, and in manual runs, where repeating is the point.
 */
export type StepKey = (messageId: string | undefined) => string | undefined;

export function stepKeys(context: IExecuteFunctions): StepKey {
	if (context.getMode() === 'manual') return () => undefined;
	const place = `${context.getWorkflow().id}|${context.getNode().id}`;
	const counts = new Map<string, number>();
	let runIndex: string | undefined;
	return (messageId) => {
		if (!messageId) return undefined;
		// In a loop every pass is a run of its own.
		runIndex ??= String(context.evaluateExpression('{{ $runIndex }}', 0));
		const count = counts.get(messageId) ?? 0;
		counts.set(messageId, count + 1);
		return `${messageId}|${place}|${runIndex}.${count}`;
	};
}

function triggerItem(context: IExecuteFunctions, name: string, index: number): unknown {
	try {
		return context.evaluateExpression(`{{ $(${JSON.stringify(name)}).item.json }}`, index);
	} catch {
		// The trigger did not run in this execution, or a node in between lost the link between items.
		return null;
	}
}

function isRunMessage(value: unknown): value is RunMessage {
	if (typeof value !== 'object' || value === null) return false;
	const { messageId, contact } = value as Partial<RunMessage>;
	return typeof messageId === 'string' && (contact === null || typeof contact?.id === 'string');
}

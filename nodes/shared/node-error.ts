/**
 * How does a failure reach the person at the n8n editor? The one place that turns engine and foreign errors into n8n's.
 */
import { ExpressionError, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';
import type { DeskError } from '../../engine/errors';

export type NodeFailure = NodeOperationError | NodeApiError | ExpressionError;

/** The item's own n8n error: what happened as the message, what to do as the description. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeFailure {
	if (error instanceof NodeOperationError || error instanceof NodeApiError || error instanceof ExpressionError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (isDeskError(error)) {
		return new NodeOperationError(node, error.message, { itemIndex, description: error.hint || undefined });
	}
	if (isHttpFailure(error)) return new NodeApiError(node, error as unknown as JsonObject, { itemIndex });
	return new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
}

/** The error as an item's data. n8n routes an item to the error output only when it has no keys but these. */
export function errorJson(error: NodeFailure): { error: string; details?: string } {
	return error.description ? { error: error.message, details: error.description } : { error: error.message };
}

/**
 * By shape, not by class: after a package update the process keeps the old engine while nodes are loaded afresh,
 * so its errors are instances of a class this module has never seen.
 */
export function isDeskError(error: unknown): error is DeskError {
	return error instanceof Error && typeof (error as Partial<DeskError>).hint === 'string';
}

function isHttpFailure(error: unknown): error is Error {
	if (!(error instanceof Error)) return false;
	const seen = error as { response?: unknown; httpCode?: unknown; isAxiosError?: unknown };
	return seen.response !== undefined || seen.httpCode !== undefined || seen.isAxiosError === true;
}

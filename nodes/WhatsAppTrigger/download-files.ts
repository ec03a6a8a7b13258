/** Puts the files of received messages into the items, without making anybody wait for long. */
import type { IBinaryKeyData, IDataObject, INodeExecutionData, ITriggerFunctions } from 'n8n-workflow';
import { readInboundMedia } from '../../engine/index';
import type { Desk, MessageItem } from '../../engine/index';
import type { FileOptions } from './read-options';

/** One n8n item for each message; one that goes without its file says why in `media.error`. */
export async function withFiles(
	context: ITriggerFunctions,
	desk: Desk,
	items: readonly MessageItem[],
	{ field, waitMs }: FileOptions,
): Promise<INodeExecutionData[]> {
	const deadline = performance.now() + waitMs;
	const complete: INodeExecutionData[] = [];
	// All are being fetched at the same time; one after the other they are only taken over, to hold one in memory at a time.
	for (const item of items) complete.push(await withFile(context, desk, item, field, deadline));
	return complete;
}

async function withFile(
	context: ITriggerFunctions,
	desk: Desk,
	item: MessageItem,
	field: string,
	deadline: number,
): Promise<INodeExecutionData> {
	if (!item.media) return { json: asJson(item) };
	try {
		const left = Math.max(0, deadline - performance.now());
		const file = await readInboundMedia(desk, item.messageId, { waitMs: left });
		if (file.type === 'missing') return without(item, file.reason);
		const { bytes, fileName, mimeType, size, sha256 } = file;
		const binary: IBinaryKeyData = { [field]: await context.helpers.prepareBinaryData(bytes, fileName, mimeType) };
		return { json: asJson({ ...item, media: { ...item.media, fileName, mimeType, size, sha256 } }), binary };
	} catch (error) {
		return without(item, `O arquivo não pôde ser entregue ao fluxo: ${String(error)}`);
	}
}

function without(item: MessageItem, error: string): INodeExecutionData {
	return { json: asJson({ ...item, media: { ...item.media!, error } }) };
}

function asJson(item: MessageItem): IDataObject {
	return item as unknown as IDataObject;
}

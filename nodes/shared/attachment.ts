/** Which file goes out: one of the item, or one that WhatsApp fetches from a link? */
import { UserError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { storeAttachment } from '../../engine/index';
import type { Desk } from '../../engine/index';
import type { MediaSource } from '../../engine/model';

export interface Attachment {
	source: MediaSource;
	mimeType?: string;
	fileName?: string;
}

/** A file of the item, kept by the desk. @throws UserError when the item has no such file */
export async function attached(
	call: { desk: Desk; item: INodeExecutionData; index: number; context: IExecuteFunctions },
	field: string,
): Promise<Attachment> {
	const { desk, context, item, index } = call;
	const binary = item.binary?.[field];
	if (!binary) {
		const there = Object.keys(item.binary ?? {}).join(', ');
		throw new UserError(`The item has no file in the field "${field}".`, {
			description: there
				? `Files of this item: ${there}. Enter one of these names.`
				: 'No earlier node gave this item a file. Download or read one first, for example with HTTP Request.',
		});
	}
	const { mimeType, fileName: name } = binary;
	const kept = keptIn(context);
	const key = JSON.stringify([binary.id ?? binary.data, mimeType, name]);
	let blobId = kept.get(key);
	if (blobId === undefined) {
		const bytes = await context.helpers.getBinaryDataBuffer(index, field);
		blobId = await storeAttachment(desk, { bytes, mimeType, fileName: name ?? null });
		kept.set(key, blobId);
	}
	return { source: { blobId }, mimeType, fileName: name };
}

/** One image for a thousand items is kept, and uploaded, once. */
const keptByRun = new WeakMap<IExecuteFunctions, Map<string, string>>();

function keptIn(context: IExecuteFunctions): Map<string, string> {
	const kept = keptByRun.get(context) ?? new Map<string, string>();
	keptByRun.set(context, kept);
	return kept;
}

/** @throws UserError when it is no link */
export function linked(link: string): Attachment {
	if (isLink(link)) return { source: { link } };
	throw new UserError(`"${link}" is not a link.`, { description: 'Enter an address that starts with https://.' });
}

export function isLink(text: string): boolean {
	return /^https?:\/\/\S+$/i.test(text);
}

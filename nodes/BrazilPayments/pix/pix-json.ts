/** What does an item learn about a Pix code? The same fields whether it was made here or read. */
import type { IDataObject } from 'n8n-workflow';
import { formatReais } from '../../../engine';
import type { PixCode } from '../../../engine';
import { inReais } from '../money-json';

export function pixJson({ ok: valid, amountCents, ...rest }: PixCode, warnings: string[] = []): IDataObject {
	const amountText = amountCents === null ? null : formatReais(amountCents);
	return { valid, ...rest, amountCents, amount: inReais(amountCents), amountText, warnings };
}

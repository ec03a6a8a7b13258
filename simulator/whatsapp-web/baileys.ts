/**
 * The client's own vocabulary: protobufs, binary nodes and curve functions come from Baileys, so that both sides
 * speak the same dialect. It takes a third of a second to load, so only a simulator that serves WhatsApp Web does.
 */
export type { BinaryNode, proto } from '@whiskeysockets/baileys';

type Baileys = typeof import('@whiskeysockets/baileys');

let loaded: Baileys | null = null;

/** To be awaited once before anything else in this folder is used. */
export async function loadBaileys(): Promise<void> {
	loaded ??= await import('@whiskeysockets/baileys');
}

export function baileys(): Baileys {
	if (!loaded) throw new Error('Call loadBaileys() first.');
	return loaded;
}

/** Which words do sealed edits bring? They are read with the secret that came with the message they change, where that was stored. */
import type { proto } from '@whiskeysockets/baileys';
import type { EchoEvent, MessageEvent } from '../../model';
import type { Db, Tx } from '../../store/open-store';
import { oneOf } from '../../store/sql';
import { phoneJid, personJid, type OwnNames } from './jids';
import { readContent, sealedEditOf } from './read-content';
import { openEdit, secretOf, type SealedEdit } from './sealed-edit';

export interface EditFacts {
	channelId: string;
	own: OwnNames;
	decode(bytes: Uint8Array): Promise<proto.IMessage>;
}

/** One message as it came, and what was read of it. */
export interface Spoken {
	message: unknown;
	event: MessageEvent | EchoEvent;
}

/**
 * @param skipped told of what could be opened and makes no sense
 * @returns for each edit that could be opened, its text
 */
export async function textsOfEdits(
	db: Db | Tx,
	spoken: readonly Spoken[],
	{ channelId, own, decode }: EditFacts,
	skipped: (error: unknown) => void,
): Promise<Map<MessageEvent | EchoEvent, string>> {
	const edits = spoken.flatMap(({ message, event }) => {
		const sealed = sealedEditOf(message);
		return sealed ? [{ event, sealed }] : [];
	});
	const texts = new Map<MessageEvent | EchoEvent, string>();
	if (edits.length === 0) return texts;
	const secrets = await secretsOf(db, channelId, spoken, edits);
	for (const { event, sealed } of edits) {
		const secret = secrets.get(sealed.originalId);
		try {
			const opened = secret && openEdit(sealed, secret, namesOf(event, own));
			if (opened) texts.set(event, textIn(await decode(opened)));
		} catch (error) {
			skipped(error);
		}
	}
	return texts;
}

/** By the id of the message: of those stored, and of those that came just now. */
async function secretsOf(
	db: Db | Tx,
	channelId: string,
	spoken: readonly Spoken[],
	edits: ReadonlyArray<{ sealed: SealedEdit }>,
): Promise<Map<string, Buffer>> {
	const claims = new Map(edits.map(({ sealed }) => [`${channelId}|m|${sealed.originalId}`, sealed.originalId]));
	const rows = await db
		.selectFrom('inbound')
		.select(['claim', 'raw'])
		.where(oneOf(db, 'claim', [...claims.keys()]))
		.execute();
	const raws: Array<[string, unknown]> = [
		...spoken.map(({ event }): [string, unknown] => [event.providerMessageId, event.raw]),
		...rows.map(({ claim, raw }): [string, unknown] => [claims.get(claim)!, raw === null ? null : JSON.parse(raw)]),
	];
	return new Map(
		raws.flatMap(([id, raw]) => {
			const secret = secretOf(raw);
			return secret ? [[id, secret] as const] : [];
		}),
	);
}

/** Everything the author may be called in it: people are sealed for by number or by LID. */
function namesOf(event: MessageEvent | EchoEvent, own: OwnNames): string[] {
	const { address, lid, waId } =
		event.type === 'message' ? event.sender : { address: own.jid, lid: own.lid, waId: null };
	const names = [personJid(address), personJid(lid), waId === null ? null : phoneJid(waId)];
	return [...new Set(names.filter((name) => name !== null))];
}

const NOWHERE = { remoteJid: '', id: '', fromMe: false };

/** The new message, or the edit that the older apps would have sent. */
function textIn(message: proto.IMessage): string {
	return readContent(message, NOWHERE)?.content.text ?? '';
}

/**
 * The door to Baileys: what this channel uses of it, loaded when a session first needs it. Processes that hold no session (workers,
 * most tests) never pay for it.
 */
import type { AnyMessageContent, proto, UserFacingSocketConfig, WASocket } from '@whiskeysockets/baileys';
import type { DownloadableMessage, SignalKeyStoreWithTransaction, WAMessage } from '@whiskeysockets/baileys';
import type { MediaType } from '../../model';
import { inOrder } from './in-order';
import type { OpenedMessage, OpenedMessages } from './opened-messages';
import type { WebVersion } from './web-version';

type Log = NonNullable<UserFacingSocketConfig['logger']>;

/** A socket as this channel uses it. */
export type Socket = Pick<
	WASocket,
	| 'ev'
	| 'ws'
	| 'user'
	| 'end'
	| 'logout'
	| 'requestPairingCode'
	| 'onWhatsApp'
	| 'relayMessage'
	| 'readMessages'
	| 'sendPresenceUpdate'
	| 'waUploadToServer'
	| 'updateMediaMessage'
	| 'userDevicesCache'
	| 'refreshMediaConn'
	| 'fetchAccountReachoutTimelock'
>;

export interface Composing {
	messageId: string;
	ownJid: string;
	/** Of the very socket that will send it: media are uploaded while composing. */
	socket: Socket;
	quoted?: { remoteJid: string; id: string; fromMe: boolean; message: proto.IMessage };
}

export interface Baileys {
	/** @param opened keeps what is opened until it is stored */
	connect(config: UserFacingSocketConfig, opened: OpenedMessages): Socket;
	/** The message it was, as the socket that opened it has told it. */
	reopen(message: OpenedMessage, own: { id: string; lid?: string }): Promise<WAMessage>;
	/** The protobuf of a message; uploads its file, if it has one. */
	compose(jid: string, content: AnyMessageContent, options: Composing): Promise<proto.IMessage>;
	encode(message: proto.IMessage): Uint8Array;
	decode(bytes: Uint8Array): proto.IMessage;
	/** The bytes of a file on WhatsApp's media servers, decrypted. */
	download(file: DownloadableMessage, type: MediaType): Promise<AsyncIterable<Uint8Array>>;
}

/** @param version of WhatsApp Web to speak as; default that of Baileys */
export async function loadBaileys(version?: WebVersion): Promise<Baileys> {
	const baileys = await import('@whiskeysockets/baileys');
	const { Message } = baileys.proto;
	return {
		connect: (config, opened) => {
			const { makeSignalRepository: make } = baileys.DEFAULT_CONNECTION_CONFIG;
			return baileys.makeWASocket({
				...config,
				...(version && { version }),
				makeSignalRepository: (auth, ...rest) =>
					inOrder(opened.keep(make(auth, ...rest), auth.keys as SignalKeyStoreWithTransaction)),
			});
		},
		async reopen({ attrs, sealAttrs, plain }, { id, lid = '' }) {
			const stanza = { tag: 'message', attrs, content: [{ tag: 'enc', attrs: sealAttrs, content: plain }] };
			const repository = { decryptMessage: () => Promise.resolve(plain), lidMapping: NO_MAPPING };
			type Repository = Parameters<typeof baileys.decryptMessageNode>[3];
			const { fullMessage, decrypt } = baileys.decryptMessageNode(
				stanza,
				id,
				lid,
				repository as unknown as Repository,
				QUIET,
			);
			await decrypt();
			baileys.cleanMessage(fullMessage, id, lid);
			return fullMessage;
		},
		async compose(jid, content, { messageId, ownJid, socket, quoted }) {
			const { message } = await baileys.generateWAMessage(jid, content, {
				userJid: ownJid,
				messageId,
				upload: socket.waUploadToServer,
				logger: QUIET,
				...(quoted && {
					quoted: {
						key: { remoteJid: quoted.remoteJid, id: quoted.id, fromMe: quoted.fromMe },
						message: quoted.message,
					},
				}),
			});
			return message!;
		},
		encode: (message) => Message.encode(Message.fromObject(message)).finish(),
		decode: (bytes) => Message.decode(bytes),
		download: (file, type) => baileys.downloadContentFromMessage(file, type),
	};
}

/** Who is who was learnt when it was opened. */
const NO_MAPPING = { getLIDForPN: () => Promise.resolve(null), storeLIDPNMappings: () => Promise.resolve() };

const nothing = () => undefined;

/** What goes wrong is told by events and answers; Baileys' own log is thousands of lines of JSON, with numbers and names in them. */
export const QUIET: Log = {
	level: 'silent',
	child: () => QUIET,
	trace: nothing,
	debug: nothing,
	info: nothing,
	warn: nothing,
	error: nothing,
};

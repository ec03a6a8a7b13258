import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { baileys, type proto } from './baileys';
import type { LinkedDevice } from './company';
import { lidJid, pnJid } from './jids';
import { chatJid } from './people';
import type { Web } from './web';
import { newId, writeToDevices } from './write-message';

/** What the phone tells a device after its first login: a key, who it chats with, and that this was all. */
export function sendFirstSync(web: Web, device: LinkedDevice): void {
	device.synced = true;
	const { HistorySyncType } = baileys().proto.HistorySync;
	const tell = (message: proto.Message.IProtocolMessage) => {
		const { company } = device;
		writeToDevices(web, company, {
			id: newId(),
			from: company.signal,
			head: { from: pnJid(company.phone), category: 'peer' },
			message: { protocolMessage: message },
			at: web.simulation.clock.now(),
			duplicates: 0,
			damaged: 0,
		});
	};
	tell(keyShare());
	tell(history({ ...chatsOf(web, device), syncType: HistorySyncType.INITIAL_BOOTSTRAP }));
	tell(history({ pushnames: [], syncType: HistorySyncType.PUSH_NAME }));
	tell(history({ conversations: [], syncType: HistorySyncType.RECENT, progress: 100 }));
}

function keyShare(): proto.Message.IProtocolMessage {
	const timestamp = Math.floor(Date.now() / 1000);
	const keyData = {
		keyData: randomBytes(32),
		fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0] },
		timestamp,
	};
	return {
		type: baileys().proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE,
		appStateSyncKeyShare: { keys: [{ keyId: { keyId: randomBytes(6) }, keyData }] },
	};
}

function history(sync: proto.IHistorySync & { syncType: number }): proto.Message.IProtocolMessage {
	const bytes = baileys().proto.HistorySync.encode(sync).finish();
	return {
		type: baileys().proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
		historySyncNotification: {
			syncType: sync.syncType,
			progress: sync.progress,
			chunkOrder: 1,
			initialHistBootstrapInlinePayload: deflateSync(bytes),
		},
	};
}

/** The chats there are, without their messages: they were held before the device was there. */
function chatsOf(web: Web, { company }: LinkedDevice): proto.IHistorySync {
	const chats = [...web.simulation.world.chats.values()].filter((chat) => chat.number === company.number);
	const people = chats.map((chat) => web.people.of(chat.contact));
	return {
		conversations: people.map((person) => ({ id: chatJid(person), name: person.contact.name })),
		phoneNumberToLidMappings: people
			.filter((person) => !person.contact.hidePhone)
			.map((person) => ({ pnJid: pnJid(person.contact.waId), lidJid: lidJid(person.lid) })),
	};
}

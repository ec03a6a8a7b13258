/** A connection with the secrets it was opened with, and what belongs to it for as long as it lasts. */
import type { Clock } from '../../clock';
import type { InboundEvent } from '../../model';
import type { LinkedDeviceCredentials } from '../../model-linked-device';
import type { Store } from '../../store/open-store';
import type { Channel } from '../port';
import { openAuthState, type OpenedAuth } from './auth-state';
import type { Baileys } from './baileys';
import { Connection, type ConnectionNews, type ConnectionPace } from './connection';
import { isSameNumber } from './decide';
import { toEvents, type Heard } from './heard';
import { Inbox } from './inbox';
import { phoneDigitsOf, type OwnNames } from './jids';
import { knownIds } from './known-ids';
import { loadSent } from './sent-messages';
import type { SessionRow } from './session-rows';

export type Auth = Extract<OpenedAuth, { type: 'ok' }>;

export interface Link {
	connection: Connection;
	auth: Auth;
	baileys: Baileys;
	/** It links by a code that is typed. */
	byCode: boolean;
	showsCodes: boolean;
	/** By a clock that nobody sets. */
	openSince: number | null;
	/** While it is open. */
	channel: Channel | null;
	/** Digits of the number that is linked where another one is wanted: nothing of it is heard, and it is unlinked (B-17). */
	refused: string | null;
}

export interface LinkOptions {
	store: Store;
	clock: Clock;
	channelId: string;
	baileys: Baileys;
	inbox: LinkInbox;
	tell(link: Link, news: ConnectionNews): void;
	log(message: string, details: Record<string, unknown>): void;
	pace?: Partial<ConnectionPace>;
}

export type LinkInbox = Inbox<Heard & { own: OwnNames }>;

/** Secrets that were half used for a link are of no use for another: they are made anew. */
export async function openAuth(
	{ store, channelId }: Pick<LinkOptions, 'store' | 'channelId'>,
	{ sessionKey: current, previousSessionKey: previous }: LinkedDeviceCredentials,
	fence: () => number | null,
	troubles: Parameters<typeof openAuthState>[4],
): Promise<OpenedAuth> {
	const open = () => openAuthState(store, channelId, { current, previous }, fence, troubles);
	const auth = await open();
	if (auth.type !== 'ok' || auth.isLinked || !auth.state.creds.me) return auth;
	await auth.clear();
	return await open();
}

export function openLink(row: SessionRow, auth: Auth, options: LinkOptions): Link {
	const { store, baileys, inbox, tell, log, pace } = options;
	const linkedPhone = auth.isLinked ? phoneDigitsOf(auth.state.creds.me?.id) : null;
	const isOther = linkedPhone !== null && row.phone !== null && !isSameNumber(linkedPhone, row.phone);
	const byCode = !auth.isLinked && row.pairingWanted && row.phone !== null;
	const link: Omit<Link, 'connection'> & { connection?: Connection } = {
		...{ auth, baileys, byCode, showsCodes: false, openSince: null, channel: null },
		refused: isOther ? linkedPhone : null,
	};
	link.connection = new Connection({
		...{ baileys, auth, byCode, pace, log, clock: options.clock },
		getMessage: async (id) => {
			const bytes = await store.read((db) => loadSent(db, options.channelId, id));
			return bytes ? baileys.decode(bytes) : undefined;
		},
		tell: (news) => tell(link as Link, news),
		known: (ids) => store.read((db) => knownIds(db, options.channelId, ids)),
		hear: (heard) => {
			const { id, lid } = auth.state.creds.me ?? {};
			if (link.refused !== null || !id) return;
			inbox.push(heard.map((each) => ({ ...each, own: { jid: id, lid: lid ?? null } })));
		},
	});
	return link as Link;
}

/** Makes durable what the links of a session hear; outlives each of them. */
export function openInbox(
	{
		store,
		clock,
		channelId,
		log,
		baileys,
	}: Pick<LinkOptions, 'store' | 'clock' | 'channelId' | 'log'> & { baileys(): Promise<Baileys> },
	receive: (events: readonly InboundEvent[]) => Promise<void>,
): LinkInbox {
	const skipped = (error: unknown) =>
		log('Something that WhatsApp told could not be read; it is left out.', { channelId, cause: String(error) });
	const decode = async (bytes: Uint8Array) => (await baileys()).decode(bytes);
	return new Inbox({
		log,
		restMs: 25,
		async store(heard) {
			const facts = { channelId, own: heard.at(-1)!.own, now: clock.now(), decode };
			const events = await store.read((db) => toEvents(db, heard, facts, skipped));
			if (events.length > 0) await receive(events);
		},
	});
}

/** What a session needs of the process it runs in, and how patient it is. */
import type { Clock } from '../../clock';
import type { InboundEvent } from '../../model';
import type { Store } from '../../store/open-store';
import type { Channel } from '../port';
import type { Baileys } from './baileys';
import type { ConnectionPace } from './connection';
import type { SessionRecordOptions } from './session-record';

export interface SessionOptions extends Pick<SessionRecordOptions, 'tell' | 'told'> {
	store: Store;
	clock: Clock;
	channelId: string;
	/** The name of this process. */
	me: string;
	/** Whether that process is known to have died. */
	isGone?(owner: string): boolean;
	/** Loaded once for all sessions. */
	baileys(): Promise<Baileys>;
	/** Makes events durable; what it rejects is handed over again. */
	receive(events: readonly InboundEvent[]): Promise<void>;
	opened(channel: Channel): void;
	closed(channel: Channel): void;
	/** Something may be to do: look at it again. */
	nudge(): void;
	log(message: string, details: Record<string, unknown>): void;
	/** In [0, 1); default Math.random. */
	random?: () => number;
	pace?: Partial<SessionPace>;
}

export interface SessionPace extends ConnectionPace {
	/** How long it is kept after its last holder let go: a workflow that is published again does not reconnect. */
	graceMs: number;
	/** How long the line may be down before people are told. */
	alarmMs: number;
	/** The line was good when it was open for so long. */
	goodMs: number;
	/** How long the server may take to answer to a message. */
	ackMs: number;
	/** A restriction whose end WhatsApp does not say is asked about again after so long. */
	lookAgainMs: number;
}

export const PACE = { graceMs: 10_000, alarmMs: 120_000, goodMs: 60_000 };
